//! The list itself, or what stands in its place.

use domain::list::ListQuery;
use domain::view::Page;
use leptos::prelude::*;

use super::filter_box::FILTER_ID;
use super::{ListRow, Listing};
use crate::browser::dom::focus;
use crate::components::error_notice::LoadError;
use crate::components::ready::Ready;

/// The rows. While others are on their way the old ones stay, under a thin bar.
#[component]
pub fn ListView<Q: ListQuery, Row: ListRow>(
    listing: Listing<Q, Row>,
    /// What is listed: "The list of clients".
    what: &'static str,
    /// The table of a page that has rows.
    table: fn(Page<Row>) -> AnyView,
    /// What stands there without rows.
    empty: fn(Q) -> AnyView,
) -> impl IntoView {
    Effect::new(move || {
        listing.answer.track();
        if let Some(id) = listing.place.focus_in_list.try_update_value(Option::take).flatten() {
            focus(id);
        }
    });
    view! {
        <div class="list">
            <div class="progress" class:busy=move || listing.loading.get() aria-hidden="true"></div>
            <Transition set_pending=listing.loading>
                {move || {
                    listing
                        .answer
                        .get()
                        .map(|answer| match answer {
                            Ok(listed) if listed.page.rows.is_empty() => empty(listed.query),
                            Ok(listed) => Ready(move || table(listed.page)).into_any(),
                            Err(error) => {
                                view! {
                                    <LoadError
                                        what=what
                                        reason=error.message()
                                        again="Try Again"
                                        focus=FILTER_ID
                                        retry=Callback::new(move |()| listing.refresh())
                                    />
                                }
                                    .into_any()
                            }
                        })
                }}
            </Transition>
        </div>
    }
    .into_any()
}
