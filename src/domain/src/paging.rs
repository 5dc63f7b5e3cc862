//! The pages of a list. A page begins beside a row, not at a number, so that no row is skipped or shown twice while others
//! add and remove rows.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::view::Page;

/// The sizes that **Items per page** offers.
pub const PAGE_SIZES: [u32; 4] = [25, 50, 100, 200];

const NO_PLACE: &str = "this is no place in a list";

/// A row's place in the order of its list, which stays what it is when the rows around it, or the row itself, are gone.
/// Wherever it comes from it is read from its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowKey {
    /// The folded name.
    pub name: String,
    /// The id, which orders rows of the same name.
    pub id: Uuid,
}

/// The name, a line break, the id: no name holds a line break.
impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.name, self.id)
    }
}

/// No name holds a control character either, and PostgreSQL fails on U+0000.
impl FromStr for RowKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, id) = text.rsplit_once('\n').ok_or(NO_PLACE)?;
        if name.contains(char::is_control) {
            return Err(NO_PLACE);
        }
        Ok(Self {
            name: name.to_owned(),
            id: id.parse().map_err(|_| NO_PLACE)?,
        })
    }
}

impl TryFrom<String> for RowKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RowKey> for String {
    fn from(place: RowKey) -> Self {
        place.to_string()
    }
}

/// Where a page begins or ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Start {
    /// Where its number says.
    #[default]
    Number,
    /// After this row.
    After(RowKey),
    /// It ends before this row.
    Before(RowKey),
    /// It ends with the list.
    Last,
}

/// Which page of a list, and how long pages are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Paging {
    /// The number of the page, from 1. Beside a row it is how the page was counted when the row was seen.
    pub page: u32,
    /// **Items per page**, one of [`PAGE_SIZES`].
    pub per_page: u32,
    /// Where the page begins.
    pub start: Start,
}

impl Default for Paging {
    fn default() -> Self {
        Self::first(50)
    }
}

impl Paging {
    /// The first of pages of this length.
    pub const fn first(per_page: u32) -> Self {
        Self {
            page: 1,
            per_page,
            start: Start::Number,
        }
    }

    /// Reads the query of an address; `get` answers the first value of a key.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let default = Self::default();
        let number = |key| get(key).and_then(|value| value.parse().ok());
        let row = |key| get(key).and_then(|value| value.parse().ok());
        let start = if get("before").is_some_and(|key| key.is_empty()) {
            Start::Last
        } else {
            row("after")
                .map(Start::After)
                .or_else(|| row("before").map(Start::Before))
                .unwrap_or_default()
        };
        Self {
            page: number("page").filter(|page| *page > 0).unwrap_or(default.page),
            per_page: number("per_page")
                .filter(|size| PAGE_SIZES.contains(size))
                .unwrap_or(default.per_page),
            start,
        }
    }

    /// The pairs of the address, defaults left out.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        if self.page != default.page {
            pairs.push(("page", self.page.to_string()));
        }
        if self.per_page != default.per_page {
            pairs.push(("per_page", self.per_page.to_string()));
        }
        match &self.start {
            Start::Number => {}
            Start::After(row) => pairs.push(("after", row.to_string())),
            Start::Before(row) => pairs.push(("before", row.to_string())),
            Start::Last => pairs.push(("before", String::new())),
        }
        pairs
    }

    /// How many rows come before the page, as it was counted.
    pub fn rows_before(&self) -> u64 {
        u64::from(self.per_page) * u64::from(self.page.max(1) - 1)
    }

    /// With a length that the page offers.
    #[must_use]
    pub fn offered(self) -> Self {
        if PAGE_SIZES.contains(&self.per_page) {
            self
        } else {
            Self {
                per_page: Self::default().per_page,
                ..self
            }
        }
    }
}

/// The pages that can be reached from one; none where it would be the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The first page of the list.
    pub first: Option<Paging>,
    /// The page before.
    pub previous: Option<Paging>,
    /// The page after.
    pub next: Option<Paging>,
    /// The last page of the list.
    pub last: Option<Paging>,
}

impl<Row> Page<Row> {
    /// The number of the page, from 1, where pages have this length.
    pub fn number(&self, per_page: u32) -> u32 {
        whole(self.before / u64::from(per_page)).saturating_add(1)
    }

    /// How many pages of this length the list has; an empty one has one.
    pub fn count(&self, per_page: u32) -> u32 {
        whole(self.total.div_ceil(u64::from(per_page)).max(1))
    }

    /// The pages of this length around it.
    pub fn neighbours(&self, per_page: u32) -> Neighbours {
        let Some((first, last)) = &self.edges else {
            return Neighbours::default();
        };
        let number = self.number(per_page);
        let at = |page, start| Paging { page, per_page, start };
        let before = self.before > 0;
        let after = self.before + (self.rows.len() as u64) < self.total;
        Neighbours {
            first: before.then(|| Paging::first(per_page)),
            previous: before.then(|| at(number.saturating_sub(1).max(1), Start::Before(first.clone()))),
            next: after.then(|| at(number.saturating_add(1), Start::After(last.clone()))),
            last: after.then(|| at(self.count(per_page), Start::Last)),
        }
    }
}

fn whole(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn key(name: &str, id: u128) -> RowKey {
        RowKey {
            name: name.to_owned(),
            id: Uuid::from_u128(id),
        }
    }

    fn read(pairs: &[(&'static str, String)]) -> Paging {
        Paging::read(|key| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()))
    }

    #[rstest]
    #[case("after", "")]
    #[case("after", "pump")]
    #[case("after", "pump\nno id")]
    #[case("after", "pu\0mp\n00000000-0000-4000-8000-00000000abcd")]
    #[case("before", "\u{7f}\n00000000-0000-4000-8000-00000000abcd")]
    #[case("before", "pump\n")]
    #[case("page", "0")]
    #[case("page", "-1")]
    #[case("per_page", "7")]
    fn nonsense_reads_as_the_first_page(#[case] key: &'static str, #[case] value: &str) {
        assert_eq!(read(&[(key, value.to_owned())]), Paging::default());
    }

    #[test]
    fn a_place_is_its_text_in_json_too() {
        let place = key("pump", 0xabcd);
        let json = r#""pump\n00000000-0000-0000-0000-00000000abcd""#;
        assert_eq!(serde_json::to_string(&place).unwrap(), json);
        assert_eq!(serde_json::from_str::<RowKey>(json).unwrap(), place);
        let hidden = r#""pu\u0000mp\n00000000-0000-0000-0000-00000000abcd""#;
        let refused = serde_json::from_str::<RowKey>(hidden).unwrap_err();
        assert!(refused.to_string().contains("no place in a list"), "{refused}");
    }

    #[test]
    fn other_lengths_than_the_page_offers_are_the_default() {
        assert_eq!(Paging::first(7).offered().per_page, 50);
        assert_eq!(Paging::first(200).offered().per_page, 200);
    }

    fn page(before: u64, rows: usize, total: u64) -> Page<u8> {
        Page {
            rows: vec![0; rows],
            total,
            before,
            edges: (rows > 0).then(|| (key("a", 1), key("b", 2))),
            now: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_pages_around_stand_beside_its_rows() {
        let middle = page(25, 25, 60);
        assert_eq!((middle.number(25), middle.count(25)), (2, 3));
        let at = |page, start| {
            Some(Paging {
                page,
                per_page: 25,
                start,
            })
        };
        let around = Neighbours {
            first: at(1, Start::Number),
            previous: at(1, Start::Before(key("a", 1))),
            next: at(3, Start::After(key("b", 2))),
            last: at(3, Start::Last),
        };
        assert_eq!(middle.neighbours(25), around);
        let (first, last) = (page(0, 25, 60).neighbours(25), page(50, 10, 60).neighbours(25));
        assert_eq!(
            (first.first, first.previous, last.next, last.last),
            (None, None, None, None)
        );
        assert!(first.next.is_some() && last.previous.is_some());
        let none = page(0, 0, 0);
        assert_eq!((none.count(25), none.neighbours(25)), (1, Neighbours::default()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(page in 1_u32.., size in 0_usize..4, name in "\\PC{0,20}", id: u128, start in 0..4) {
            let start = match start {
                0 => Start::Number,
                1 => Start::After(key(&name, id)),
                2 => Start::Before(key(&name, id)),
                _ => Start::Last,
            };
            let paging = Paging { page, per_page: PAGE_SIZES[size], start };
            prop_assert_eq!(read(&paging.pairs()), paging);
        }
    }
}
