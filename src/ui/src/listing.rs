//! A list: its page of rows, and what all lists of the portal have in common.

pub mod filter_box;
pub mod foot;
pub mod heading;
pub mod no_match;
pub mod row;
pub mod view;

use std::future::Future;

use domain::list::ListQuery;
use domain::view::Page;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::address::Pane;
use crate::functions::error::CallError;
use crate::place::Place;

/// A page of the list and what it was asked for: while another is on its way, the address is ahead of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listed<Q, Row> {
    pub query: Q,
    pub page: Page<Row>,
}

/// A row of a list.
pub trait ListRow: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> ListRow for T {}

/// The list of a page.
pub struct Listing<Q: ListQuery, Row: ListRow> {
    /// Where the page stands.
    pub place: Place<Q>,
    /// The page of the list.
    pub answer: Resource<Result<Listed<Q, Row>, CallError>>,
    /// Counts how often the list was asked for again.
    reload: RwSignal<u32>,
    /// Whether another list is on its way.
    pub loading: RwSignal<bool>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "derived, it would ask its parameters to be Copy"
)]
impl<Q: ListQuery, Row: ListRow> Clone for Listing<Q, Row> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: ListQuery, Row: ListRow> Copy for Listing<Q, Row> {}

impl<Q: ListQuery, Row: ListRow> Listing<Q, Row> {
    /// The list that `fetch` asks the server for.
    pub fn new<F>(place: Place<Q>, fetch: impl Fn(Q) -> F + Copy + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Page<Row>, CallError>> + Send + 'static,
    {
        let reload = RwSignal::new(0);
        Self {
            place,
            answer: Resource::new(
                move || (place.query.get(), reload.get()),
                move |(query, _)| async move {
                    Ok(Listed {
                        page: fetch(query.clone()).await?,
                        query,
                    })
                },
            ),
            reload,
            loading: RwSignal::new(false),
        }
    }

    /// Asks for the list again.
    pub fn refresh(self) {
        self.reload.update(|count| *count += 1);
    }

    /// A form of the page was stored. Whoever still stands in it goes on to another pane.
    pub fn stored(self, stands: bool, then: Pane) {
        self.refresh();
        if stands {
            self.place.leaving.done(untrack(|| self.place.href(then)), true);
        }
    }

    /// A row was removed.
    pub fn removed(self, id: Uuid) {
        self.place.removed(id);
        self.refresh();
    }
}
