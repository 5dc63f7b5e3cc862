//! The toolbar: which clients are listed, and the commands. Without scripts it is a plain form with a **Show** button.

use std::time::Duration;

use domain::client::ClientKind;
use domain::list::{ClientQuery, StatusFilter};
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use lucide_leptos::Plus;

use super::state::PageState;
use crate::address::{CLIENTS_PATH, ClientsAddress, Pane};
use crate::components::command_form::CommandForm;
use crate::components::icon::Icon;

/// The id of **Add Client**.
pub const ADD_ID: &str = "add-client";

/// How long typing pauses before the list follows.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The toolbar.
#[component]
pub fn Toolbar() -> impl IntoView {
    let state = PageState::get();
    let kind = NodeRef::<html::Select>::new();
    let filter = NodeRef::<html::Input>::new();
    let status = NodeRef::<html::Select>::new();

    // What the boxes hold, as a list of its first page.
    let chosen = move || ClientsAddress {
        query: ClientQuery {
            kind: kind
                .get_untracked()
                .and_then(|select| ClientKind::from_value(&select.value()))
                .unwrap_or_default(),
            filter: filter.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default(),
            status: status
                .get_untracked()
                .and_then(|select| StatusFilter::ALL.into_iter().find(|status| status.value() == select.value()))
                .unwrap_or_default(),
            page: 1,
            ..state.query.get_untracked()
        },
        pane: Pane::Closed,
    };
    // Another type has other clients; a filter keeps the pane.
    let follow = move |replace: bool| {
        let mut next = chosen();
        let address = state.address.get_untracked();
        let same_kind = next.query.kind == address.query.kind;
        let same_list = ClientQuery { page: address.query.page, ..next.query.clone() } == address.query;
        if same_list {
            return;
        }
        if same_kind {
            next.pane = address.pane;
        }
        if same_kind {
            // The pane stays, so nothing is lost.
            state.jump(next.href(), replace);
        } else {
            state.go(next.href());
        }
    };
    // The boxes follow the address, but not under the hands of somebody who types.
    let show = move |query: &ClientQuery| {
        if let Some(select) = kind.get_untracked() {
            select.set_value(query.kind.value());
        }
        if let Some(select) = status.get_untracked() {
            select.set_value(query.status.value());
        }
        if let Some(input) = filter.get_untracked() {
            let typing = document().active_element().is_some_and(|active| active == **input);
            if !typing && input.value() != query.filter {
                input.set_value(&query.filter);
            }
        }
    };
    Effect::new(move |first: Option<()>| {
        let query = state.query.get();
        // What was chosen before hydration is acted on now; later the address leads.
        if first.is_none() {
            follow(true);
        } else {
            show(&query);
        }
    });
    // Whoever keeps editing sees the list that stays.
    Effect::new(move || {
        if state.wanted.get().is_some() {
            show(&state.query.get_untracked());
        }
    });
    let follow_typing = debounce(TYPING_PAUSE, move |_: leptos::ev::Event| follow(true));

    let initial = state.query.get_untracked();
    view! {
        <div class="toolbar">
            <form
                class="filters"
                method="get"
                action=CLIENTS_PATH
                role="search"
                aria-label="Clients"
                on:submit=move |event| {
                    event.prevent_default();
                    follow(false);
                }
            >
                <div class="field">
                    <label for="client-type">"Client Type"</label>
                    <span class="select">
                        <select
                            id="client-type"
                            name="type"
                            autocomplete="off"
                            node_ref=kind
                            on:change=move |_| follow(false)
                        >
                            {ClientKind::ALL
                                .map(|kind| {
                                    view! {
                                        <option value=kind.value() selected=kind == initial.kind>
                                            {kind.label()}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </span>
                </div>
                <div class="field grow">
                    <label for="filter">"Filter Clients"</label>
                    <input
                        id="filter"
                        type="search"
                        name="filter"
                        placeholder="Name or id"
                        autocomplete="off"
                        value=initial.filter.clone()
                        node_ref=filter
                        on:input=follow_typing
                    />
                </div>
                <div class="field">
                    <label for="status">"Status"</label>
                    <span class="select">
                        <select
                            id="status"
                            name="status"
                            autocomplete="off"
                            node_ref=status
                            on:change=move |_| follow(false)
                        >
                            {StatusFilter::ALL
                                .map(|status| {
                                    view! {
                                        <option value=status.value() selected=status == initial.status>
                                            {status.label()}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </span>
                </div>
                {move || {
                    state
                        .query
                        .get()
                        .pairs()
                        .into_iter()
                        .filter(|(name, _)| matches!(*name, "sort" | "per_page"))
                        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                        .collect_view()
                }}
                <button type="submit" class="button without-scripts">
                    "Show"
                </button>
            </form>
            <Show when=move || state.may_add()>
                <CommandForm
                    path=CLIENTS_PATH
                    pairs=Signal::derive(move || state.address.get().with_pane(Pane::Add).pairs())
                    class="button primary"
                    id=ADD_ID
                    go=Callback::new(move |()| state.go(state.address.get_untracked().with_pane(Pane::Add).href()))
                >
                    <Icon>
                        <Plus size=18 />
                    </Icon>
                    "Add Client"
                </CommandForm>
            </Show>
        </div>
    }
    .into_any()
}
