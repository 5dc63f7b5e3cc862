//! Icons. They say nothing by themselves: the control around them has the name.

use leptos::prelude::*;

/// Wraps an icon of the set, hidden from assistive technology.
#[component]
pub fn Icon(children: Children) -> impl IntoView {
    view! {
        <span class="icon" aria-hidden="true">
            {children()}
        </span>
    }
}
