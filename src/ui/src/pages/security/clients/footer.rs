//! The foot of the list: how many, and which page.

use domain::list::{ClientQuery, PAGE_SIZES};
use leptos::prelude::*;
use lucide_leptos::{ChevronFirst, ChevronLast, ChevronLeft, ChevronRight};
use web_sys::HtmlSelectElement;

use super::state::{Listed, PageState};
use crate::address::CLIENTS_PATH;
use crate::browser::dom::by_id;
use crate::components::command_form::HiddenPairs;
use crate::components::icon::Icon;

/// The id of **Items per page**.
const SIZE_ID: &str = "per-page";

/// What **Items per page** holds.
pub fn chosen_size() -> u32 {
    by_id::<HtmlSelectElement>(SIZE_ID)
        .and_then(|select| select.value().parse().ok())
        .unwrap_or_else(|| ClientQuery::default().per_page)
}

/// The page that is shown and how many there are. Unknown until the list came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Position {
    page: u32,
    pages: u32,
    first: u64,
    last: u64,
    total: u64,
}

fn position(page: u32, per_page: u32, rows: usize, total: u64) -> Position {
    let before = u64::from(page.saturating_sub(1)) * u64::from(per_page);
    Position {
        page,
        pages: u32::try_from(total.div_ceil(u64::from(per_page)).max(1)).unwrap_or(u32::MAX),
        first: before + 1,
        last: before + rows as u64,
        total,
    }
}

impl Position {
    /// "1 – 50 of 1,234".
    fn text(self) -> String {
        if self.total == 0 {
            return "No clients".to_owned();
        }
        format!(
            "{} – {} of {}",
            grouped(self.first),
            grouped(self.last),
            grouped(self.total)
        )
    }
}

/// A count with a comma between thousands.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The foot.
#[component]
pub fn Footer() -> impl IntoView {
    let state = PageState::get();
    let resize = move || {
        let resized = state.address.get_untracked().with_query(|query| {
            query.per_page = chosen_size();
            query.page = 1;
        });
        state.jump(resized.href(), false);
    };
    // What was chosen before hydration is acted on with the filters; later the address leads.
    Effect::new(move |first: Option<()>| {
        let per_page = state.query.get().per_page;
        if let (Some(()), Some(select)) = (first, by_id::<HtmlSelectElement>(SIZE_ID)) {
            select.set_value(&per_page.to_string());
        }
    });
    let at = move || {
        let Listed { query, page } = state.list.get()?.ok()?;
        Some(position(page.page, query.per_page, page.rows.len(), page.total))
    };
    let initial = state.query.get_untracked().per_page;
    view! {
        <footer class="list-foot">
            <form
                method="get"
                action=CLIENTS_PATH
                on:submit=move |event| {
                    event.prevent_default();
                    resize();
                }
            >
                <HiddenPairs pairs=Signal::derive(move || {
                    let mut pairs = state.address.get().pairs();
                    pairs.retain(|(name, _)| !matches!(*name, "per_page" | "page"));
                    pairs
                }) />
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
                <Transition>{move || at().map(Position::text)}</Transition>
            </span>
            <Transition>{move || at().map(|at| view! { <Pages at=at /> })}</Transition>
        </footer>
    }
    .into_any()
}

#[component]
fn Pages(at: Position) -> impl IntoView {
    let before = at.page > 1;
    let after = at.page < at.pages;
    view! {
        <nav aria-label="Pages" class="pages">
            <PageLink name="First page" page=before.then_some(1)>
                <ChevronFirst size=18 />
            </PageLink>
            <PageLink name="Previous page" page=before.then(|| at.page - 1)>
                <ChevronLeft size=18 />
            </PageLink>
            <PageLink name="Next page" page=after.then(|| at.page + 1)>
                <ChevronRight size=18 />
            </PageLink>
            <PageLink name="Last page" page=after.then_some(at.pages)>
                <ChevronLast size=18 />
            </PageLink>
        </nav>
    }
}

/// A link to a page; without one it is there but leads nowhere.
#[component]
fn PageLink(name: &'static str, page: Option<u32>, children: Children) -> impl IntoView {
    let state = PageState::get();
    let href = move || {
        page.map(|page| {
            state
                .address
                .get()
                .with_query(|query| query.page = page)
                .without_form()
                .href()
        })
    };
    view! {
        <a
            href=href
            role=page.is_none().then_some("link")
            aria-disabled=page.is_none().then_some("true")
            tabindex=page.is_none().then_some("0")
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
    use rstest::rstest;

    #[rstest]
    #[case(0, "0")]
    #[case(999, "999")]
    #[case(1_234, "1,234")]
    #[case(50_000, "50,000")]
    #[case(1_234_567, "1,234,567")]
    fn thousands_are_apart(#[case] count: u64, #[case] text: &str) {
        assert_eq!(grouped(count), text);
    }

    #[test]
    fn says_where_it_stands() {
        let last = position(3, 25, 10, 60);
        assert_eq!((last.pages, last.first, last.last), (3, 51, 60));
        assert_eq!(last.text(), "51 – 60 of 60");
        let none = position(1, 25, 0, 0);
        assert_eq!((none.pages, none.text().as_str()), (1, "No clients"));
    }
}
