//! A switch.

use leptos::prelude::*;

use crate::session::Session;

/// A switch that asks before it turns: it shows what is so, not what was wanted.
#[component]
pub fn Switch(
    name: &'static str,
    on: bool,
    /// What happens when a person turns it.
    turn: Callback<()>,
) -> impl IntoView {
    let hydrated = Session::get().hydrated;
    view! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked=on.to_string()
            aria-label=name
            title=name
            disabled=move || !hydrated.get()
            on:click=move |_| turn.run(())
        >
            <span class="knob" aria-hidden="true"></span>
        </button>
    }
}
