//! Which clients are listed. Without scripts it is a plain form with a **Show** button.

use std::time::Duration;

use domain::client::ClientKind;
use domain::list::{ClientQuery, StatusFilter};
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::footer::chosen_size;
use super::state::PageState;
use crate::address::{CLIENTS_PATH, ClientsAddress, Pane};
use crate::components::command_form::HiddenPairs;

/// How long typing pauses before the list follows.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The three boxes. They are uncontrolled: what a person chose before hydration stays and is acted on.
#[derive(Clone, Copy)]
struct Boxes {
    kind: NodeRef<html::Select>,
    filter: NodeRef<html::Input>,
    status: NodeRef<html::Select>,
    state: PageState,
    /// The filter that was asked for last: another one in the address comes from elsewhere.
    asked: StoredValue<String>,
    /// Whether something was typed that wasn't asked for yet.
    pending: StoredValue<bool>,
}

impl Boxes {
    fn new(state: PageState) -> Self {
        Self {
            kind: NodeRef::new(),
            filter: NodeRef::new(),
            status: NodeRef::new(),
            state,
            asked: StoredValue::new(state.query.get_untracked().filter),
            pending: StoredValue::new(false),
        }
    }

    /// What the boxes hold, as the first page of a list.
    fn chosen(self) -> ClientQuery {
        let kind = self.kind.get_untracked().map(|select| select.value());
        let filter = self.filter.get_untracked().map(|input| input.value());
        let status = self.status.get_untracked().map(|select| select.value());
        ClientQuery {
            kind: kind
                .and_then(|value| ClientKind::from_value(&value))
                .unwrap_or_default(),
            filter: filter.unwrap_or_default().trim().to_owned(),
            status: StatusFilter::from_value(&status.unwrap_or_default()),
            page: 1,
            per_page: chosen_size(),
            sort: self.state.query.get_untracked().sort,
        }
    }

    /// Goes to the list that is chosen, if it isn't shown already.
    fn follow(self, replace: bool) {
        let address = self.state.address.get_untracked();
        let query = self.chosen();
        let page = address.query.page;
        self.asked.set_value(query.filter.clone());
        self.pending.set_value(false);
        if (ClientQuery { page, ..query.clone() }) == address.query {
            return;
        }
        if query.kind == address.query.kind {
            // The pane stays, so nothing is lost.
            let next = ClientsAddress { query, ..address };
            self.state.jump(next.href(), replace);
        } else {
            let next = ClientsAddress {
                query,
                pane: Pane::Closed,
            };
            self.state.go(next.href());
        }
    }

    /// Shows what the address says, but not under the hands of somebody who types.
    fn show(self, query: &ClientQuery) {
        if let Some(select) = self.kind.get_untracked() {
            select.set_value(query.kind.value());
        }
        if let Some(select) = self.status.get_untracked() {
            select.set_value(query.status.value());
        }
        if let Some(input) = self.filter.get_untracked() {
            let typing = document().active_element().is_some_and(|active| active == **input);
            let elsewhere = !typing || self.asked.with_value(|asked| *asked != query.filter);
            if elsewhere && !self.pending.get_value() {
                input.set_value(&query.filter);
            }
        }
    }
}

/// The boxes **Client Type**, **Filter Clients** and **Status**.
#[component]
pub fn Filters() -> impl IntoView {
    let state = PageState::get();
    let boxes = Boxes::new(state);
    Effect::new(move |first: Option<()>| {
        let query = state.query.get();
        if first.is_none() {
            boxes.follow(true);
        } else {
            boxes.show(&query);
        }
    });
    // Whoever keeps editing sees the list that stays.
    Effect::new(move || {
        if state.wanted.get().is_some() {
            boxes.show(&state.query.get_untracked());
        }
    });
    let mut follow_later = debounce(TYPING_PAUSE, move |()| boxes.follow(true));

    let initial = state.query.get_untracked();
    view! {
        <form
            class="filters"
            method="get"
            action=CLIENTS_PATH
            role="search"
            aria-label="Clients"
            on:submit=move |event| {
                event.prevent_default();
                boxes.follow(false);
            }
        >
            <Choice name="type" label="Client Type" id="client-type" node=boxes.kind boxes=boxes>
                {ClientKind::ALL.map(|kind| option(kind.value(), kind.label(), kind == initial.kind)).collect_view()}
            </Choice>
            <div class="field grow">
                <label for="filter">"Filter Clients"</label>
                <input
                    id="filter"
                    type="search"
                    name="filter"
                    placeholder="Name or id"
                    autocomplete="off"
                    value=initial.filter
                    node_ref=boxes.filter
                    on:input=move |_| {
                        boxes.pending.set_value(true);
                        follow_later(());
                    }
                />
            </div>
            <Choice name="status" label="Status" id="status" node=boxes.status boxes=boxes>
                {StatusFilter::ALL
                    .map(|status| option(status.value(), status.label(), status == initial.status))
                    .collect_view()}
            </Choice>
            <HiddenPairs pairs=Signal::derive(move || {
                let mut pairs = state.query.get().pairs();
                pairs.retain(|(name, _)| matches!(*name, "sort" | "per_page"));
                pairs
            }) />
            <button type="submit" class="button without-scripts">
                "Show"
            </button>
        </form>
    }
    .into_any()
}

/// A select whose change is followed at once.
#[component]
fn Choice(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    node: NodeRef<html::Select>,
    boxes: Boxes,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <span class="select">
                <select id=id name=name autocomplete="off" node_ref=node on:change=move |_| boxes.follow(false)>
                    {children()}
                </select>
            </span>
        </div>
    }
    .into_any()
}

fn option(value: &'static str, label: &'static str, selected: bool) -> impl IntoView {
    view! {
        <option value=value selected=selected>
            {label}
        </option>
    }
}
