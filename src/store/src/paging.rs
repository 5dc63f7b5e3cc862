//! Cutting a list into pages: which rows to read, in which order, and where they stand in the list.

use chrono::{DateTime, Utc};
use domain::list::Sort;
use domain::paging::{Paging, RowKey, Start};
use domain::view::Page;
use uuid::Uuid;

use crate::StoreError;

/// Rows that follow each other, to be read from the database.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// The order in which they are read.
    pub order: Sort,
    /// The row before them.
    from: Option<RowKey>,
    /// How many rows are left out after that.
    skip: u64,
    /// How many are read at most.
    rows: u32,
}

impl Span {
    /// The place after which they stand. Without a row it is before the first or after the last there can be: a name has at
    /// most 128 characters.
    pub fn from(&self) -> RowKey {
        let outside = || RowKey {
            name: match self.order {
                Sort::NameAscending => String::new(),
                Sort::NameDescending => "\u{10ffff}".repeat(129),
            },
            id: Uuid::nil(),
        };
        self.from.clone().unwrap_or_else(outside)
    }

    /// As SQL has it.
    pub fn offset(&self) -> i64 {
        i64::try_from(self.skip).unwrap_or(i64::MAX)
    }

    /// As SQL has it.
    pub fn limit(&self) -> i64 {
        i64::from(self.rows)
    }
}

/// A count, as SQL answers it.
pub(crate) fn number_of(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|error| StoreError::inconsistent("the length of a list", error))
}

/// A list that is read piece by piece.
pub(crate) trait List: Sync {
    /// What a row shows.
    type Row: Send;

    /// Reads rows, each with its place.
    fn read(&self, span: Span) -> impl Future<Output = Result<Vec<(RowKey, Self::Row)>, StoreError>> + Send;

    /// Counts all rows, which may take long.
    fn count(&self) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

/// Cuts the page that `paging` asks for out of a list in `order`; where there is none, the nearest.
pub(crate) async fn cut<L: List>(
    list: &L,
    paging: &Paging,
    order: Sort,
    now: DateTime<Utc>,
) -> Result<Page<L::Row>, StoreError> {
    let paging = paging.clone().offered();
    let (size, counted) = (u64::from(paging.per_page), paging.rows_before());
    let span = |order, from: Option<&RowKey>, skip, rows| Span {
        order,
        from: from.cloned(),
        skip,
        rows,
    };
    let forward = |from, skip, rows| span(order, from, skip, rows);
    let backward = |from, rows| span(order.reversed(), from, 0, rows);
    match &paging.start {
        Start::Number => {
            let rows = list.read(forward(None, counted, paging.per_page)).await?;
            let end = counted + rows.len() as u64;
            if rows.len() as u64 == size {
                return Ok(page(rows, counted, end.max(list.count().await?), now));
            }
            if !rows.is_empty() || counted == 0 {
                return Ok(page(rows, counted, end, now));
            }
        }
        Start::After(row) => {
            let rows = list.read(forward(Some(row), 0, paging.per_page)).await?;
            if let Some((last, _)) = rows.last() {
                let full = rows.len() as u64 == size;
                let more = full && !list.read(forward(Some(last), 0, 1)).await?.is_empty();
                let end = rows.len() as u64 + u64::from(more);
                let total = list.count().await?.max(end);
                let before = if more { counted.min(total - end) } else { total - end };
                return Ok(page(rows, before, total, now));
            }
        }
        Start::Before(row) => {
            let mut rows = list.read(backward(Some(row), paging.per_page)).await?;
            let Some((first, _)) = rows.last() else {
                let rows = list.read(forward(None, 0, paging.per_page)).await?;
                let total = list.count().await?.max(rows.len() as u64);
                return Ok(page(rows, 0, total, now));
            };
            let full = rows.len() as u64 == size;
            let more = full && !list.read(backward(Some(first), 1)).await?.is_empty();
            let before = if more { counted.max(1) } else { 0 };
            rows.reverse();
            let total = list.count().await?.max(rows.len() as u64);
            let before = before.min(total - rows.len() as u64);
            return Ok(page(rows, before, total, now));
        }
        Start::Last => {}
    }
    let total = list.count().await?;
    // As long as it would be, had all pages been turned.
    let rest = u32::try_from(total % size).unwrap_or_default();
    let rows = if rest == 0 { paging.per_page } else { rest };
    let mut rows = list.read(backward(None, rows)).await?;
    rows.reverse();
    let total = total.max(rows.len() as u64);
    let before = total - rows.len() as u64;
    Ok(page(rows, before, total, now))
}

fn page<Row>(rows: Vec<(RowKey, Row)>, before: u64, total: u64, now: DateTime<Utc>) -> Page<Row> {
    let edges = rows.first().zip(rows.last());
    Page {
        edges: edges.map(|((first, _), (last, _))| (first.clone(), last.clone())),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        total,
        before,
        now,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    use proptest::prelude::*;
    use tokio::runtime::Builder;

    use super::*;

    /// A list that changes while it is read.
    struct Numbers(Mutex<BTreeSet<u32>>);

    fn key(n: u32) -> RowKey {
        RowKey {
            name: format!("{n:04}"),
            id: Uuid::from_u128(u128::from(n)),
        }
    }

    impl List for Numbers {
        type Row = u32;

        async fn read(&self, span: Span) -> Result<Vec<(RowKey, u32)>, StoreError> {
            let from = span.from();
            let later = |n: &u32| match span.order {
                Sort::NameAscending => key(*n).name > from.name,
                Sort::NameDescending => key(*n).name < from.name,
            };
            let mut rows: Vec<u32> = self.0.lock().unwrap().iter().copied().filter(later).collect();
            if span.order == Sort::NameDescending {
                rows.reverse();
            }
            let (skip, rows_at_most) = (usize::try_from(span.skip).unwrap(), span.rows as usize);
            Ok(rows
                .into_iter()
                .skip(skip)
                .take(rows_at_most)
                .map(|n| (key(n), n))
                .collect())
        }

        async fn count(&self) -> Result<u64, StoreError> {
            Ok(self.0.lock().unwrap().len() as u64)
        }
    }

    impl Numbers {
        fn page(&self, paging: &Paging) -> Page<u32> {
            let page = cut(self, paging, Sort::NameAscending, DateTime::UNIX_EPOCH);
            let page = Builder::new_current_thread().build().unwrap().block_on(page).unwrap();
            // Whatever happens, what is said of a page fits together.
            assert!(page.before + page.rows.len() as u64 <= page.total);
            assert!(page.rows.len() <= 25 && page.rows.is_sorted());
            page
        }

        /// Turns pages until there are no more, and answers all rows that were seen. Between two pages others act.
        fn turn(&self, from: &Paging, forward: bool, others: &[Vec<Act>]) -> (Vec<Page<u32>>, BTreeSet<u32>) {
            let mut stayed = self.0.lock().unwrap().clone();
            let mut others = others.iter();
            let mut pages = vec![self.page(from)];
            loop {
                let around = pages[pages.len() - 1].neighbours(25);
                let Some(paging) = (if forward { around.next } else { around.previous }) else {
                    return (pages, stayed);
                };
                for act in others.next().into_iter().flatten() {
                    match act {
                        Act::Add(n) => self.0.lock().unwrap().insert(*n),
                        Act::Remove(n) => {
                            stayed.remove(n);
                            self.0.lock().unwrap().remove(n)
                        }
                    };
                }
                let page = self.page(&paging);
                let before = &pages[pages.len() - 1].rows;
                let new = if forward {
                    page.rows.first() > before.last()
                } else {
                    page.rows.last() < before.first()
                };
                // The others removed all that followed, so the end of the list is shown once more.
                if !new {
                    let around = page.neighbours(25);
                    assert_eq!(if forward { around.next } else { around.previous }, None);
                    return (pages, stayed);
                }
                pages.push(page);
            }
        }
    }

    #[derive(Clone, Debug)]
    enum Act {
        Add(u32),
        Remove(u32),
    }

    fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
        let act = prop_oneof![(0_u32..400).prop_map(Act::Add), (0_u32..400).prop_map(Act::Remove)];
        prop::collection::vec(prop::collection::vec(act, 0..60), 0..8)
    }

    fn seen(pages: Vec<Page<u32>>) -> Vec<u32> {
        pages.into_iter().flat_map(|page| page.rows).collect()
    }

    proptest! {
        #[test]
        fn no_row_is_skipped_or_seen_twice(rows in prop::collection::btree_set(0_u32..400, 0..150), others in acts()) {
            let list = Numbers(Mutex::new(rows));
            let (pages, stayed) = list.turn(&Paging::first(25), true, &others);
            let seen = seen(pages);
            prop_assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
            prop_assert!(stayed.iter().all(|n| seen.contains(n)));
        }

        #[test]
        fn nor_on_the_way_back(rows in prop::collection::btree_set(0_u32..400, 0..150), others in acts()) {
            let list = Numbers(Mutex::new(rows));
            let last = Paging { start: Start::Last, ..Paging::first(25) };
            let (mut pages, stayed) = list.turn(&last, false, &others);
            pages.reverse();
            let seen = seen(pages);
            prop_assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
            prop_assert!(stayed.iter().all(|n| seen.contains(n)));
        }

        #[test]
        fn undisturbed_the_counts_are_right(rows in prop::collection::btree_set(0_u32..400, 0..150)) {
            let all: Vec<u32> = rows.iter().copied().collect();
            let list = Numbers(Mutex::new(rows));
            let last = Paging { start: Start::Last, ..Paging::first(25) };
            for (from, forward) in [(Paging::first(25), true), (last, false)] {
                for page in list.turn(&from, forward, &[]).0 {
                    let before = usize::try_from(page.before).unwrap();
                    prop_assert_eq!(page.total, all.len() as u64);
                    prop_assert_eq!(before % 25, 0);
                    prop_assert_eq!(&page.rows[..], &all[before..before + page.rows.len()]);
                }
            }
        }
    }
}
