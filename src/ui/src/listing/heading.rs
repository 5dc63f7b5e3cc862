//! The heading that turns the order round.

use domain::list::{ListQuery, Sort};
use leptos::prelude::*;
use lucide_leptos::{ArrowDown, ArrowUp};

use crate::components::icon::Icon;
use crate::place::Place;

/// **Name**, by which the list is ordered.
#[component]
pub fn NameHeading<Q: ListQuery>(place: Place<Q>) -> impl IntoView {
    let sort = move || place.query.with(ListQuery::sort);
    let href = move || {
        let address = place.address.get();
        let turned = address.query.clone().reversed();
        address.with_query(turned).without_form().href()
    };
    let arrow = move || match sort() {
        Sort::NameAscending => view! { <ArrowUp size=14 /> }.into_any(),
        Sort::NameDescending => view! { <ArrowDown size=14 /> }.into_any(),
    };
    view! {
        <th
            scope="col"
            aria-sort=move || match sort() {
                Sort::NameAscending => "ascending",
                Sort::NameDescending => "descending",
            }
        >
            <a href=href data-noscroll="">
                "Name"
                <Icon>{arrow}</Icon>
            </a>
        </th>
    }
}
