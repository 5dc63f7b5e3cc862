//! What a list is asked for, and how that stands in the page's address.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::client::ClientKind;
use crate::paging::Paging;

/// A secret that ends within this many days counts as expiring soon.
pub const EXPIRING_SOON_DAYS: i64 = 30;

/// Which clients are listed, by the **Status** list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StatusFilter {
    /// Every client.
    #[default]
    All,
    /// Clients that may connect.
    Enabled,
    /// Clients that may not.
    Disabled,
    /// Clients with a live secret that ends within [`EXPIRING_SOON_DAYS`] days.
    ExpiringSoon,
    /// Clients with a secret that has ended.
    ExpiredSecret,
    /// Clients that never got a token.
    NeverUsed,
}

impl StatusFilter {
    /// All, in the order of the list.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Enabled,
        Self::Disabled,
        Self::ExpiringSoon,
        Self::ExpiredSecret,
        Self::NeverUsed,
    ];

    /// What the list shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::ExpiringSoon => "Expiring soon",
            Self::ExpiredSecret => "Expired secret",
            Self::NeverUsed => "Never used",
        }
    }

    /// The status with this [`value`](Self::value); anything else means all.
    pub fn from_value(value: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|status| status.value() == value)
            .unwrap_or_default()
    }

    /// The value of the option, which is also what stands in the address.
    pub const fn value(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::ExpiringSoon => "expiring",
            Self::ExpiredSecret => "expired",
            Self::NeverUsed => "unused",
        }
    }
}

/// The order of the list, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// A to Z.
    #[default]
    NameAscending,
    /// Z to A.
    NameDescending,
}

impl Sort {
    /// What stands in the address.
    pub const fn value(self) -> &'static str {
        match self {
            Self::NameAscending => "name",
            Self::NameDescending => "-name",
        }
    }

    /// The order with this [`value`](Self::value); anything else is the default.
    fn from_value(value: &str) -> Self {
        if value == Self::NameDescending.value() {
            Self::NameDescending
        } else {
            Self::NameAscending
        }
    }

    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::NameAscending => Self::NameDescending,
            Self::NameDescending => Self::NameAscending,
        }
    }
}

/// The pairs of an address, defaults left out.
#[derive(Default)]
struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    fn add(&mut self, key: &'static str, differs: bool, value: String) {
        if differs {
            self.0.push((key, value));
        }
    }
}

/// What is asked of a list. Every value of the address that makes no sense reads as its default, so that an old or mistyped
/// link still shows a list.
pub trait ListQuery: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Reads the query of the address; `get` answers the first value of a key.
    fn read(get: impl Fn(&str) -> Option<String>) -> Self;

    /// The pairs of the address, defaults left out.
    fn pairs(&self) -> Vec<(&'static str, String)>;

    /// Which page.
    fn paging(&self) -> &Paging;

    /// The same list from another page on.
    #[must_use]
    fn at(self, paging: Paging) -> Self;

    /// The order.
    fn sort(&self) -> Sort;

    /// The first page of the same list the other way round.
    #[must_use]
    fn reversed(self) -> Self;

    /// The first page of the list without any filter.
    #[must_use]
    fn unfiltered(self) -> Self;

    /// Whether the form that adds a row is the same beside both lists.
    fn adds_like(&self, _other: &Self) -> bool {
        true
    }
}

/// What is asked of a list of roles or people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameQuery {
    /// Part of a name or e-mail address, as typed.
    pub filter: String,
    /// The order.
    pub sort: Sort,
    /// Which page.
    pub paging: Paging,
}

impl ListQuery for NameQuery {
    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let value = |key: &str| get(key).unwrap_or_default();
        Self {
            filter: value("filter").trim().to_owned(),
            sort: Sort::from_value(&value("sort")),
            paging: Paging::read(get),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Pairs::default();
        pairs.add("filter", !self.filter.is_empty(), self.filter.clone());
        pairs.add("sort", self.sort != Sort::default(), self.sort.value().to_owned());
        pairs.0.extend(self.paging.pairs());
        pairs.0
    }

    fn paging(&self) -> &Paging {
        &self.paging
    }

    fn at(self, paging: Paging) -> Self {
        Self { paging, ..self }
    }

    fn sort(&self) -> Sort {
        self.sort
    }

    fn reversed(self) -> Self {
        Self {
            sort: self.sort.reversed(),
            paging: Paging::first(self.paging.per_page),
            ..self
        }
    }

    fn unfiltered(self) -> Self {
        Self {
            filter: String::new(),
            paging: Paging::first(self.paging.per_page),
            ..self
        }
    }
}

/// What is asked of the list of clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientQuery {
    /// **Client Type**.
    pub kind: ClientKind,
    /// **Filter Clients**: part of a name or id, as typed.
    pub filter: String,
    /// **Status**.
    pub status: StatusFilter,
    /// The order.
    pub sort: Sort,
    /// Which page.
    pub paging: Paging,
}

impl ListQuery for ClientQuery {
    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let value = |key: &str| get(key).unwrap_or_default();
        Self {
            kind: ClientKind::from_value(&value("type")).unwrap_or_default(),
            filter: value("filter").trim().to_owned(),
            status: StatusFilter::from_value(&value("status")),
            sort: Sort::from_value(&value("sort")),
            paging: Paging::read(get),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Pairs::default();
        pairs.add("type", self.kind != default.kind, self.kind.value().to_owned());
        pairs.add("filter", !self.filter.is_empty(), self.filter.clone());
        pairs.add("status", self.status != default.status, self.status.value().to_owned());
        pairs.add("sort", self.sort != default.sort, self.sort.value().to_owned());
        pairs.0.extend(self.paging.pairs());
        pairs.0
    }

    fn paging(&self) -> &Paging {
        &self.paging
    }

    fn at(self, paging: Paging) -> Self {
        Self { paging, ..self }
    }

    fn sort(&self) -> Sort {
        self.sort
    }

    fn reversed(self) -> Self {
        Self {
            sort: self.sort.reversed(),
            paging: Paging::first(self.paging.per_page),
            ..self
        }
    }

    fn unfiltered(self) -> Self {
        Self {
            filter: String::new(),
            status: StatusFilter::All,
            paging: Paging::first(self.paging.per_page),
            ..self
        }
    }

    fn adds_like(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paging::{PAGE_SIZES, Start};
    use proptest::prelude::*;

    fn read<Q: ListQuery>(pairs: &[(&'static str, String)]) -> Q {
        Q::read(|key| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()))
    }

    fn third() -> Paging {
        Paging {
            page: 3,
            per_page: 25,
            start: Start::Last,
        }
    }

    #[test]
    fn nonsense_reads_as_the_default() {
        let pairs = ["type", "status", "sort", "page", "per_page"].map(|key| (key, "-7".to_owned()));
        assert_eq!(read::<ClientQuery>(&pairs), ClientQuery::default());
        assert_eq!(read::<ClientQuery>(&[]), ClientQuery::default());
        assert_eq!(read::<NameQuery>(&pairs), NameQuery::default());
    }

    #[test]
    fn the_other_way_round_begins_with_the_first_page() {
        let turned = NameQuery::default().at(third()).reversed();
        assert_eq!((turned.sort, turned.paging), (Sort::NameDescending, Paging::first(25)));
    }

    #[test]
    fn without_a_filter_kind_and_order_stay() {
        let query = ClientQuery {
            kind: ClientKind::Hybrid,
            filter: "pump".to_owned(),
            status: StatusFilter::Disabled,
            sort: Sort::NameDescending,
            paging: third(),
        };
        let all = query.clone().unfiltered();
        assert_eq!((all.filter.as_str(), all.status), ("", StatusFilter::All));
        assert_eq!((all.kind, all.sort), (query.kind, query.sort));
        assert_eq!(all.paging, Paging::first(25));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            kind in 0_usize..3,
            filter in "\\PC{0,20}",
            status in 0_usize..6,
            descending: bool,
            page in 1_u32..,
            size in 0_usize..4,
        ) {
            let filter = filter.trim().to_owned();
            let sort = if descending { Sort::NameDescending } else { Sort::NameAscending };
            let paging = Paging { page, per_page: PAGE_SIZES[size], start: Start::Last };
            let names = NameQuery { filter: filter.clone(), sort, paging: paging.clone() };
            prop_assert_eq!(read::<NameQuery>(&names.pairs()), names);
            let query = ClientQuery {
                kind: ClientKind::ALL[kind],
                filter,
                status: StatusFilter::ALL[status],
                sort,
                paging,
            };
            prop_assert_eq!(read::<ClientQuery>(&query.pairs()), query);
        }
    }
}
