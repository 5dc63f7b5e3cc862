//! Which of those that can have a role are listed.

use domain::identity_list::IdentityKind;
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::choice::{Choice, FIRST};
use crate::browser::dom;
use crate::listing::filter_box::TYPING_PAUSE;

const TABS: [(IdentityKind, &str, &str); 2] = [
    (IdentityKind::Users, "users-tab", "Users"),
    (IdentityKind::Clients, "clients-tab", "Client-Credentials Clients"),
];

/// People in one tab, clients in the other.
#[component]
pub fn Tabs(choice: Choice) -> impl IntoView {
    // Arrows go from tab to tab, as ARIA asks of tabs.
    let turn = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            let shown = choice.kind.get_untracked();
            if let Some((kind, id, _)) = TABS.into_iter().find(|(kind, ..)| *kind != shown) {
                choice.show(kind);
                dom::focus(id);
            }
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Who can have the role">
            {TABS
                .map(|(kind, id, name)| {
                    view! {
                        <button
                            type="button"
                            role="tab"
                            id=id
                            aria-controls="identities"
                            aria-selected=move || (choice.kind.get() == kind).to_string()
                            tabindex=move || if choice.kind.get() == kind { "0" } else { "-1" }
                            on:click=move |_| choice.show(kind)
                            on:keydown=turn
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </div>
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
