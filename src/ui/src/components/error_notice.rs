//! What stands where something could not be loaded.

use leptos::prelude::*;

use crate::browser::dom::focus_if_lost;
use crate::session::Session;

/// Says what failed, and offers to try again.
#[component]
pub fn LoadError(
    what: &'static str,
    #[prop(into)] reason: String,
    /// The name of the button: several things may fail at once, and each has its own.
    again: &'static str,
    /// The id of the element that gets the focus when the button goes.
    focus: &'static str,
    retry: Callback<()>,
) -> impl IntoView {
    let hydrated = Session::get().hydrated;
    let retried = StoredValue::new(false);
    on_cleanup(move || {
        if retried.try_get_value() == Some(true) {
            focus_if_lost(focus.to_owned());
        }
    });
    let retry = move |_| {
        retried.set_value(true);
        retry.run(());
    };
    view! {
        <div class="empty" role="alert">
            <p class="strong">{format!("{what} could not be loaded.")}</p>
            <p>{reason}</p>
            <button type="button" class="button with-scripts" disabled=move || !hydrated.get() on:click=retry>
                {again}
            </button>
        </div>
    }
}
