//! What a program asks of a list: things by their ids, or those that match, some at a time.

use std::collections::HashSet;

use uuid::Uuid;

use crate::client_extras::Tag;
use crate::text::fold;

/// The most rows that one answer holds, and the most ids that one question names.
pub const MAX_COUNT: u32 = 1_000;

/// The most tags that one question names.
pub const MAX_TAGS: usize = 5;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Exactly these, all of them at once; empty for all that match.
    pub ids: Vec<Uuid>,
    /// The tags that each must have, at most [`MAX_TAGS`].
    pub tags: Vec<Tag>,
    /// A part of the name or id; empty for all.
    pub query: String,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are answered at most.
    pub count: u32,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<Row> {
    /// Those that were asked for, in the order of the list.
    pub rows: Vec<Row>,
    /// How many match in all.
    pub total: u64,
    /// The ids that nothing has.
    pub missing: Vec<Uuid>,
}

impl Default for Search {
    /// The first hundred of all.
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            tags: Vec::new(),
            query: String::new(),
            skip: 0,
            count: 100,
        }
    }
}

impl Search {
    /// Finds them among all rows of a list that is short and has no tags.
    pub fn among<Row>(&self, mut rows: Vec<Row>, id: impl Fn(&Row) -> Uuid, name: impl Fn(&Row) -> &str) -> Found<Row> {
        let mut missing = self.ids.clone();
        if self.ids.is_empty() {
            let needle = fold(&self.query);
            rows.retain(|row| fold(name(row)).contains(&needle) || id(row).to_string().contains(&needle));
        } else {
            let asked: HashSet<Uuid> = self.ids.iter().copied().collect();
            rows.retain(|row| asked.contains(&id(row)));
            let there: HashSet<Uuid> = rows.iter().map(&id).collect();
            missing.retain(|id| !there.contains(id));
        }
        let total = rows.len() as u64;
        if self.ids.is_empty() {
            let (skip, count) = (self.skip as usize, self.count as usize);
            rows = rows.into_iter().skip(skip).take(count).collect();
        }
        Found { rows, total, missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search: &Search) -> (Vec<u128>, u64, Vec<u128>) {
        let rows = vec![(1, "Éclair"), (2, "Pump"), (0xabc, "Valve")];
        let found = search.among(rows, |row| Uuid::from_u128(row.0), |row| row.1);
        let numbers = found.rows.into_iter().map(|row| row.0).collect();
        let missing = found.missing.into_iter().map(|id| id.as_u128()).collect();
        (numbers, found.total, missing)
    }

    fn query(text: &str) -> Search {
        Search {
            query: text.to_owned(),
            ..Search::default()
        }
    }

    #[test]
    fn names_and_ids_hold_the_query() {
        assert_eq!(found(&query("")), (vec![1, 2, 0xabc], 3, vec![]));
        assert_eq!(found(&query("éCL")), (vec![1], 1, vec![]));
        assert_eq!(found(&query("0ABC")), (vec![0xabc], 1, vec![]));
        assert_eq!(found(&query("nothing")), (vec![], 0, vec![]));
    }

    #[test]
    fn some_are_left_out_and_still_counted() {
        let some = Search {
            skip: 1,
            count: 1,
            ..Search::default()
        };
        assert_eq!(found(&some), (vec![2], 3, vec![]));
        let none = Search {
            count: 0,
            ..Search::default()
        };
        assert_eq!(found(&none), (vec![], 3, vec![]));
    }

    #[test]
    fn ids_are_answered_whole_and_the_unknown_ones_named() {
        let search = Search {
            ids: [0xabc, 7, 1].map(Uuid::from_u128).to_vec(),
            skip: 5,
            count: 1,
            ..Search::default()
        };
        assert_eq!(found(&search), (vec![1, 0xabc], 2, vec![7]));
    }
}
