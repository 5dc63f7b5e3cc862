//! Which of those that can have a role are listed.

use domain::identity_list::IdentityKind;
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::choice::{Choice, FIRST};
use crate::components::tabs::{Tab, Tabs};
use crate::listing::filter_box::TYPING_PAUSE;

const KINDS: [IdentityKind; 2] = [IdentityKind::Users, IdentityKind::Clients];
const TABS: [Tab; 2] = [
    Tab {
        id: "users-tab",
        name: "Users",
        panel: "identities",
    },
    Tab {
        id: "clients-tab",
        name: "Client-Credentials Clients",
        panel: "identities",
    },
];

/// People in one tab, clients in the other.
#[component]
pub fn KindTabs(choice: Choice) -> impl IntoView {
    view! {
        <Tabs
            label="Who can have the role"
            tabs=&TABS
            open=move || usize::from(choice.kind.get() == IdentityKind::Clients)
            turn=Callback::new(move |tab: usize| choice.show(KINDS[tab]))
        />
    }
}

/// **Filter Identities** and **Only who has it now**.
#[component]
pub fn Filter(choice: Choice) -> impl IntoView {
    // Enter in a box of a form would save it, while one only looks for somebody.
    let no_save = |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    let mut follow = debounce(TYPING_PAUSE, move |text: String| {
        choice.filter.set(text);
        choice.paging.set(FIRST);
    });
    view! {
        <div class="field">
            <label for="filter-identities">"Filter Identities"</label>
            <input
                id="filter-identities"
                type="search"
                placeholder="Name, e-mail or id"
                autocomplete="off"
                on:keydown=no_save
                on:input=move |event| follow(event_target_value(&event).trim().to_owned())
            />
        </div>
        <div class="check">
            <input
                type="checkbox"
                id="holders-only"
                prop:checked=choice.holders_only
                on:keydown=no_save
                on:change=move |event| {
                    choice.holders_only.set(event_target_checked(&event));
                    choice.paging.set(FIRST);
                }
            />
            <label for="holders-only">"Only who has it now"</label>
        </div>
    }
}
