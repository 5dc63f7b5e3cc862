//! The foot of the list: how many, and which page.

use domain::list::ListQuery;
use domain::number::grouped;
use domain::paging::{Neighbours, PAGE_SIZES, Paging};
use domain::view::Page;
use leptos::prelude::*;
use lucide_leptos::{ChevronFirst, ChevronLast, ChevronLeft, ChevronRight};
use web_sys::HtmlSelectElement;

use super::{ListRow, Listed, Listing};
use crate::browser::dom::by_id;
use crate::components::command_form::HiddenPairs;
use crate::components::icon::Icon;
use crate::place::Place;

/// The id of **Items per page**.
const SIZE_ID: &str = "per-page";

/// What **Items per page** holds.
pub fn chosen_size() -> u32 {
    by_id::<HtmlSelectElement>(SIZE_ID)
        .and_then(|select| select.value().parse().ok())
        .unwrap_or_else(|| Paging::default().per_page)
}

/// Which rows are shown: "1 – 50 of 1,234".
fn range<Row>(page: &Page<Row>, noun: &str) -> String {
    if page.total == 0 {
        return format!("No {noun}");
    }
    format!(
        "{} – {} of {}",
        grouped(page.before + 1),
        grouped(page.before + page.rows.len() as u64),
        grouped(page.total)
    )
}

/// The foot of a list of what `noun` names.
#[component]
pub fn Foot<Q: ListQuery, Row: ListRow>(listing: Listing<Q, Row>, noun: &'static str) -> impl IntoView {
    let place = listing.place;
    let resize = move || {
        let address = place.address.get_untracked();
        let resized = address.query.clone().at(Paging::first(chosen_size()));
        place.leaving.jump(address.with_query(resized).href(), false);
    };
    // What was chosen before hydration is acted on with the filters; later the address leads.
    Effect::new(move |first: Option<()>| {
        let per_page = place.query.with(|query| query.paging().per_page);
        if let (Some(()), Some(select)) = (first, by_id::<HtmlSelectElement>(SIZE_ID)) {
            select.set_value(&per_page.to_string());
        }
    });
    let listed = move || listing.answer.get()?.ok();
    let around = move || {
        let Listed { query, page } = listed()?;
        Some(page.neighbours(query.paging().per_page))
    };
    let initial = place.query.with_untracked(|query| query.paging().per_page);
    let path = place.address.with_untracked(|address| address.section.path);
    view! {
        <footer class="list-foot">
            <form
                method="get"
                action=path
                on:submit=move |event| {
                    event.prevent_default();
                    resize();
                }
            >
                <HiddenPairs pairs=move || {
                    let mut pairs = place.address.with(|address| address.target().pairs);
                    pairs.retain(|(name, _)| !matches!(*name, "per_page" | "page" | "after" | "before"));
                    pairs
                } />
                <label for=SIZE_ID>"Items per page"</label>
                <span class="select">
                    <select
                        id=SIZE_ID
                        name="per_page"
                        autocomplete="off"
                        on:change=move |_| resize()
                    >
                        {PAGE_SIZES
                            .map(|size| {
                                view! {
                                    <option value=size selected=size == initial>
                                        {size}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </span>
                <button type="submit" class="button without-scripts">
                    "Show Page"
                </button>
            </form>
            <span class="range" role="status">
                <Transition>{move || listed().map(|listed| range(&listed.page, noun))}</Transition>
            </span>
            <Transition>{move || around().map(|around| view! { <Pages place=place around=around /> })}</Transition>
        </footer>
    }
    .into_any()
}

#[component]
fn Pages<Q: ListQuery>(place: Place<Q>, around: Neighbours) -> impl IntoView {
    view! {
        <nav aria-label="Pages" class="pages">
            <PageLink place=place name="First page" page=around.first>
                <ChevronFirst size=18 />
            </PageLink>
            <PageLink place=place name="Previous page" page=around.previous>
                <ChevronLeft size=18 />
            </PageLink>
            <PageLink place=place name="Next page" page=around.next>
                <ChevronRight size=18 />
            </PageLink>
            <PageLink place=place name="Last page" page=around.last>
                <ChevronLast size=18 />
            </PageLink>
        </nav>
    }
}

/// A link to a page; without one it is there but leads nowhere.
#[component]
fn PageLink<Q: ListQuery>(
    place: Place<Q>,
    name: &'static str,
    page: Option<Paging>,
    children: Children,
) -> impl IntoView {
    let missing = page.is_none();
    let href = move || {
        page.clone().map(|paging| {
            let address = place.address.get();
            let query = address.query.clone().at(paging);
            address.with_query(query).without_form().href()
        })
    };
    view! {
        <a
            href=href
            role=missing.then_some("link")
            aria-disabled=missing.then_some("true")
            tabindex=missing.then_some("0")
            aria-label=name
            title=name
            data-noscroll=""
        >
            <Icon>{children()}</Icon>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn says_which_rows_are_shown() {
        let page = |before, rows, total| Page {
            rows: vec![(); rows],
            total,
            before,
            edges: None,
            now: DateTime::UNIX_EPOCH,
        };
        assert_eq!(range(&page(1_050, 10, 1_060), "clients"), "1,051 – 1,060 of 1,060");
        assert_eq!(range(&page(0, 0, 0), "roles"), "No roles");
    }
}
