//! What stands where something could not be loaded.

use leptos::prelude::*;

use crate::session::Session;

/// Says what failed, and offers **Try Again**.
#[component]
pub fn LoadError(what: &'static str, #[prop(into)] reason: String, retry: Callback<()>) -> impl IntoView {
    let hydrated = Session::get().hydrated;
    view! {
        <div class="empty" role="alert">
            <p class="strong">{format!("{what} could not be loaded.")}</p>
            <p>{reason}</p>
            <button type="button" class="button with-scripts" disabled=move || !hydrated.get() on:click=move |_| retry.run(())>
                "Try Again"
            </button>
        </div>
    }
}
