//! Badges that more than one page has.

use leptos::prelude::*;

/// Whether a client may connect, or a person sign in.
#[component]
pub fn EnabledBadge(enabled: bool) -> impl IntoView {
    if enabled {
        view! { <span class="badge ok">"Enabled"</span> }
    } else {
        view! { <span class="badge">"Disabled"</span> }
    }
}
