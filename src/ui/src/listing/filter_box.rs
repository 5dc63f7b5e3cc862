//! The box in which a part of a name is typed. It is uncontrolled: what a person typed before hydration stays and is acted
//! on.

use std::time::Duration;

use domain::list::{ListQuery, NameQuery};
use domain::paging::Paging;
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use super::foot::chosen_size;
use crate::components::command_form::HiddenPairs;
use crate::place::Place;

/// The id of the box.
pub const FILTER_ID: &str = "filter";

/// How long typing pauses before the list follows.
pub const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The box, and what is known of it.
#[derive(Clone, Copy)]
pub struct FilterBox {
    input: NodeRef<html::Input>,
    /// The filter that was asked for last: another one in the address comes from elsewhere.
    asked: StoredValue<String>,
    /// Whether something was typed that wasn't asked for yet.
    pending: StoredValue<bool>,
}

impl FilterBox {
    /// A box whose list was asked for with this filter.
    pub fn new(asked: String) -> Self {
        Self {
            input: NodeRef::new(),
            asked: StoredValue::new(asked),
            pending: StoredValue::new(false),
        }
    }

    /// What it holds.
    pub fn value(self) -> String {
        let input = self.input.get_untracked();
        input.map(|input| input.value().trim().to_owned()).unwrap_or_default()
    }

    /// Notes that the list is asked for with this filter.
    pub fn asked(self, filter: &str) {
        self.asked.set_value(filter.to_owned());
        self.pending.set_value(false);
    }

    /// Shows what the address says, but not under the hands of somebody who types.
    pub fn show(self, filter: &str) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        let typing = document().active_element().is_some_and(|active| active == **input);
        let elsewhere = !typing || self.asked.with_value(|asked| asked != filter);
        if elsewhere && !self.pending.get_value() {
            input.set_value(filter);
        }
    }
}

/// The labelled box. `follow` goes to the list that is chosen, a moment after the last key.
#[component]
pub fn FilterField(
    filter: FilterBox,
    label: &'static str,
    placeholder: &'static str,
    /// What it holds at first.
    initial: String,
    follow: Callback<()>,
) -> impl IntoView {
    let mut follow_later = debounce(TYPING_PAUSE, move |()| follow.run(()));
    view! {
        <div class="field grow">
            <label for=FILTER_ID>{label}</label>
            <input
                id=FILTER_ID
                type="search"
                name="filter"
                placeholder=placeholder
                autocomplete="off"
                value=initial
                node_ref=filter.input
                on:input=move |_| {
                    filter.pending.set_value(true);
                    follow_later(());
                }
            />
        </div>
    }
    .into_any()
}

/// The filter of a list that has no other. Without scripts it is a plain form with a **Show** button.
#[component]
pub fn NameFilter(place: Place<NameQuery>, label: &'static str, placeholder: &'static str) -> impl IntoView {
    let initial = place.query.get_untracked().filter;
    let filter = FilterBox::new(initial.clone());
    let follow = move |replace: bool| {
        let address = place.address.get_untracked();
        let query = NameQuery {
            filter: filter.value(),
            paging: Paging::first(chosen_size()),
            ..address.query.clone()
        };
        filter.asked(&query.filter);
        if query.clone().at(Paging {
            per_page: query.paging.per_page,
            ..address.query.paging.clone()
        }) != address.query
        {
            place.leaving.jump(address.with_query(query).href(), replace);
        }
    };
    Effect::new(move |first: Option<()>| {
        let query = place.query.get();
        if first.is_none() {
            follow(true);
        } else {
            filter.show(&query.filter);
        }
    });
    view! {
        <form
            class="filters"
            method="get"
            action=place.address.get_untracked().section.path
            role="search"
            aria-label=label
            on:submit=move |event| {
                event.prevent_default();
                follow(false);
            }
        >
            <FilterField
                filter=filter
                label=label
                placeholder=placeholder
                initial=initial
                follow=Callback::new(move |()| follow(true))
            />
            <ShowButton place=place />
        </form>
    }
    .into_any()
}

/// **Show**, for a filter without scripts. The order and the length of the pages go along.
#[component]
pub fn ShowButton<Q: ListQuery>(place: Place<Q>) -> impl IntoView {
    view! {
        <HiddenPairs pairs=move || {
            let mut pairs = place.query.with(ListQuery::pairs);
            pairs.retain(|(name, _)| matches!(*name, "sort" | "per_page"));
            pairs
        } />
        <button type="submit" class="button without-scripts">
            "Show"
        </button>
    }
}
