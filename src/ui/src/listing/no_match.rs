//! What stands in place of the rows when the filter finds none.

use domain::list::ListQuery;
use leptos::prelude::*;

use crate::address::{Address, DetailsTab, Pane, Section};

/// Says so, and leads to the list without the filter.
#[component]
pub fn NoMatch<Q: ListQuery>(
    section: &'static Section,
    /// What was asked for.
    query: Q,
    /// What one row is: "role".
    one: &'static str,
    /// What all of them are: "roles".
    all: &'static str,
    /// What to try: "another name".
    instead: &'static str,
) -> impl IntoView {
    let everything = Address {
        section,
        query: query.unfiltered(),
        pane: Pane::Closed,
        tab: DetailsTab::default(),
    };
    view! {
        <div class="empty">
            <p class="strong">{format!("No {one} matches.")}</p>
            <p>{format!("Try {instead}, or ")} <a href=everything.href()>{format!("show all {all}")}</a> "."</p>
        </div>
    }
}
