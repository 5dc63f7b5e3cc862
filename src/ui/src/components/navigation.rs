//! The left pane. On a narrow screen it is a popover that **Menu** opens; both work without scripts.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use lucide_leptos::{ChevronLeft, ChevronRight, Key};
use web_sys::HtmlElement;

use super::icon::Icon;
use crate::address::CLIENTS_PATH;
use crate::browser::cookie;
use crate::browser::dom::by_id;
use crate::preferences::{COLLAPSED, NAVIGATION_COOKIE};
use crate::session::Session;

/// The id of the pane, which **Menu** opens.
pub const NAVIGATION_ID: &str = "navigation";

/// The places of the portal.
#[component]
pub fn Navigation() -> impl IntoView {
    let collapsed = Session::get().collapsed;
    let pathname = use_location().pathname;
    let current = move || (pathname.get() == CLIENTS_PATH).then_some("page");
    let toggle = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        collapsed.update(|collapsed| *collapsed = !*collapsed);
        cookie::keep(NAVIGATION_COOKIE, collapsed.get_untracked().then_some(COLLAPSED));
    };
    // On a narrow screen the pane goes once a place is chosen.
    let close = move |_| {
        if let Some(pane) = by_id::<HtmlElement>(NAVIGATION_ID) {
            let _ = pane.hide_popover();
        }
    };
    let label = move || if collapsed.get() { "Expand" } else { "Collapse" };
    view! {
        <nav id=NAVIGATION_ID class="navigation" aria-label="Main" popover="auto">
            <h2>
                <a href=CLIENTS_PATH on:click=close>
                    "Security"
                </a>
            </h2>
            <ul>
                <li>
                    <a href=CLIENTS_PATH aria-current=current title="Clients" on:click=close>
                        <Icon>
                            <Key size=18 />
                        </Icon>
                        <span class="words">"Clients"</span>
                    </a>
                </li>
            </ul>
            <form method="post" action="/preferences" on:submit=toggle>
                <input type="hidden" name="navigation" value=move || if collapsed.get() { "open" } else { COLLAPSED } />
                <button type="submit" class="collapse" aria-label=label title=label>
                    <Icon>
                        <span class="when-open">
                            <ChevronLeft size=18 />
                        </span>
                        <span class="when-collapsed">
                            <ChevronRight size=18 />
                        </span>
                    </Icon>
                    <span class="words">{label}</span>
                </button>
            </form>
        </nav>
    }
    .into_any()
}
