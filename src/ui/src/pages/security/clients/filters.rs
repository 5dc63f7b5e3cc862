//! Which clients are listed. Without scripts it is a plain form with a **Show** button.

use domain::client::ClientKind;
use domain::list::{ClientQuery, ListQuery, StatusFilter};
use domain::paging::Paging;
use leptos::html;
use leptos::prelude::*;

use super::state::ClientsState;
use crate::address::{CLIENTS, Pane};
use crate::listing::filter_box::{FilterBox, FilterField, ShowButton};
use crate::listing::foot::chosen_size;
use crate::place::Place;

/// The three boxes. They are uncontrolled: what a person chose before hydration stays and is acted on.
#[derive(Clone, Copy)]
struct Boxes {
    kind: NodeRef<html::Select>,
    filter: FilterBox,
    status: NodeRef<html::Select>,
    place: Place<ClientQuery>,
}

impl Boxes {
    fn new(place: Place<ClientQuery>) -> Self {
        Self {
            kind: NodeRef::new(),
            filter: FilterBox::new(place.query.get_untracked().filter),
            status: NodeRef::new(),
            place,
        }
    }

    /// What the boxes hold, as the first page of a list.
    fn chosen(self) -> ClientQuery {
        let kind = self.kind.get_untracked().map(|select| select.value());
        let status = self.status.get_untracked().map(|select| select.value());
        ClientQuery {
            kind: kind
                .and_then(|value| ClientKind::from_value(&value))
                .unwrap_or_default(),
            filter: self.filter.value(),
            status: StatusFilter::from_value(&status.unwrap_or_default()),
            sort: self.place.query.get_untracked().sort,
            paging: Paging::first(chosen_size()),
        }
    }

    /// Goes to the list that is chosen, if it isn't shown already.
    fn follow(self, replace: bool) {
        let address = self.place.address.get_untracked();
        let query = self.chosen();
        self.filter.asked(&query.filter);
        if query.clone().at(Paging {
            per_page: query.paging.per_page,
            ..address.query.paging.clone()
        }) == address.query
        {
            return;
        }
        let leaving = self.place.leaving;
        if query.kind == address.query.kind {
            // The pane stays, so nothing is lost.
            leaving.jump(address.with_query(query).href(), replace);
        } else {
            leaving.go(address.with_query(query).with_pane(Pane::Closed).href());
        }
    }

    /// Shows what the address says.
    fn show(self, query: &ClientQuery) {
        if let Some(select) = self.kind.get_untracked() {
            select.set_value(query.kind.value());
        }
        if let Some(select) = self.status.get_untracked() {
            select.set_value(query.status.value());
        }
        self.filter.show(&query.filter);
    }
}

/// The boxes **Client Type**, **Filter Clients** and **Status**.
#[component]
pub fn Filters() -> impl IntoView {
    let place = ClientsState::get().place;
    let boxes = Boxes::new(place);
    Effect::new(move |first: Option<()>| {
        let query = place.query.get();
        if first.is_none() {
            boxes.follow(true);
        } else {
            boxes.show(&query);
        }
    });
    // Whoever can't leave sees the list that stays.
    Effect::new(move || {
        if place.leaving.was_held_back() {
            boxes.show(&place.query.get_untracked());
        }
    });
    let initial = place.query.get_untracked();
    view! {
        <form
            class="filters"
            method="get"
            action=CLIENTS.path
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
            <FilterField
                filter=boxes.filter
                label="Filter Clients"
                placeholder="Name or id"
                initial=initial.filter
                follow=Callback::new(move |()| boxes.follow(true))
            />
            <Choice name="status" label="Status" id="status" node=boxes.status boxes=boxes>
                {StatusFilter::ALL
                    .map(|status| option(status.value(), status.label(), status == initial.status))
                    .collect_view()}
            </Choice>
            <ShowButton place=place />
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
