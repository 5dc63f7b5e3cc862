//! The left pane. On a narrow screen it is a popover that **Menu** opens; both work without scripts.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use lucide_leptos::{ChevronLeft, ChevronRight, Key, Shield, Users};
use web_sys::HtmlElement;

use super::icon::Icon;
use crate::address::{CLIENTS, ROLES, Section, USERS};
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
    let toggle = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        collapsed.update(|collapsed| *collapsed = !*collapsed);
        cookie::keep(NAVIGATION_COOKIE, collapsed.get_untracked().then_some(COLLAPSED));
    };
    let label = move || if collapsed.get() { "Expand" } else { "Collapse" };
    view! {
        <nav id=NAVIGATION_ID class="navigation" aria-label="Main" popover="auto">
            <h2>
                <a href=CLIENTS.path on:click=|_| close()>
                    "Security"
                </a>
            </h2>
            <ul>
                <Place section=&CLIENTS name="Clients">
                    <Key size=18 />
                </Place>
                <Place section=&ROLES name="Roles">
                    <Shield size=18 />
                </Place>
                <Place section=&USERS name="Users">
                    <Users size=18 />
                </Place>
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

/// A link to a page.
#[component]
fn Place(section: &'static Section, name: &'static str, children: Children) -> impl IntoView {
    let pathname = use_location().pathname;
    let current = move || (pathname.get() == section.path).then_some("page");
    view! {
        <li>
            <a href=section.path aria-current=current title=name on:click=|_| close()>
                <Icon>{children()}</Icon>
                <span class="words">{name}</span>
            </a>
        </li>
    }
}

/// On a narrow screen the pane goes once a place is chosen.
fn close() {
    if let Some(pane) = by_id::<HtmlElement>(NAVIGATION_ID) {
        let _ = pane.hide_popover();
    }
}
