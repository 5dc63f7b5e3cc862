//! What a list of clients is asked for, and how that stands in the page's address.

use serde::{Deserialize, Serialize};

use crate::client::ClientKind;
use crate::text::fold;

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

    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::NameAscending => Self::NameDescending,
            Self::NameDescending => Self::NameAscending,
        }
    }
}

/// The sizes that **Items per page** offers.
pub const PAGE_SIZES: [u32; 4] = [25, 50, 100, 200];

/// What is asked of the list. Every value of the address that makes no sense reads as its default, so that an old or
/// mistyped link still shows a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientQuery {
    /// **Client Type**.
    pub kind: ClientKind,
    /// **Filter Clients**: part of a name or id, as typed.
    pub filter: String,
    /// **Status**.
    pub status: StatusFilter,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: u32,
    /// **Items per page**, one of [`PAGE_SIZES`].
    pub per_page: u32,
}

impl Default for ClientQuery {
    fn default() -> Self {
        Self {
            kind: ClientKind::default(),
            filter: String::new(),
            status: StatusFilter::default(),
            sort: Sort::default(),
            page: 1,
            per_page: 50,
        }
    }
}

impl ClientQuery {
    /// Reads the query of the address; `get` answers the first value of a key.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let value = |key| get(key).unwrap_or_default();
        Self {
            kind: ClientKind::from_value(&value("type")).unwrap_or_default(),
            filter: value("filter").trim().to_owned(),
            status: StatusFilter::from_value(&value("status")),
            sort: if value("sort") == Sort::NameDescending.value() {
                Sort::NameDescending
            } else {
                Sort::NameAscending
            },
            page: value("page").parse().ok().filter(|page| *page > 0).unwrap_or(1),
            per_page: value("per_page")
                .parse()
                .ok()
                .filter(|size| PAGE_SIZES.contains(size))
                .unwrap_or_else(|| Self::default().per_page),
        }
    }

    /// The pairs of the address, defaults left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        let mut add = |key, differs: bool, value: String| {
            if differs {
                pairs.push((key, value));
            }
        };
        add("type", self.kind != default.kind, self.kind.value().to_owned());
        add("filter", !self.filter.is_empty(), self.filter.clone());
        add("status", self.status != default.status, self.status.value().to_owned());
        add("sort", self.sort != default.sort, self.sort.value().to_owned());
        add("page", self.page != default.page, self.page.to_string());
        add("per_page", self.per_page != default.per_page, self.per_page.to_string());
        pairs
    }

    /// The filter in the form that is searched for.
    pub fn filter_key(&self) -> String {
        fold(&self.filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pairs: &[(&'static str, String)]) -> ClientQuery {
        ClientQuery::read(|key| pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()))
    }

    #[test]
    fn nonsense_reads_as_the_default() {
        let pairs = ["type", "status", "sort", "page", "per_page"].map(|key| (key, "-7".to_owned()));
        assert_eq!(read(&pairs), ClientQuery::default());
        assert_eq!(read(&[]), ClientQuery::default());
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
            let query = ClientQuery {
                kind: ClientKind::ALL[kind],
                filter: filter.trim().to_owned(),
                status: StatusFilter::ALL[status],
                sort: if descending { Sort::NameDescending } else { Sort::NameAscending },
                page,
                per_page: PAGE_SIZES[size],
            };
            prop_assert_eq!(read(&query.pairs()), query);
        }
    }
}
