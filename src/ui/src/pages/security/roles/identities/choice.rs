//! Who of those that can have a role is listed, and what shall change.

use std::collections::HashMap;

use domain::identity_list::{Identity, IdentityChanges, IdentityKind, IdentityQuery};
use domain::paging::Paging;
use domain::view::IdentityRow;
use leptos::prelude::*;

/// How many are listed at once.
pub const PER_PAGE: u32 = 25;
/// Where the list begins.
pub const FIRST: Paging = Paging::first(PER_PAGE);

/// What is listed, and what shall change.
#[derive(Clone, Copy)]
pub struct Choice {
    pub kind: RwSignal<IdentityKind>,
    pub filter: RwSignal<String>,
    pub holders_only: RwSignal<bool>,
    pub paging: RwSignal<Paging>,
    /// Whoever shall have the role, or not, other than now. They outlast filters and pages.
    pub wanted: RwSignal<HashMap<Identity, bool>>,
}

impl Choice {
    /// The first people, and no change.
    pub fn new() -> Self {
        Self {
            kind: RwSignal::new(IdentityKind::Users),
            filter: RwSignal::new(String::new()),
            holders_only: RwSignal::new(false),
            paging: RwSignal::new(FIRST),
            wanted: RwSignal::new(HashMap::new()),
        }
    }

    /// What the server is asked for.
    pub fn query(self) -> IdentityQuery {
        IdentityQuery {
            kind: self.kind.get(),
            filter: self.filter.get(),
            holders_only: self.holders_only.get(),
            paging: self.paging.get(),
        }
    }

    /// Lists people, or clients.
    pub fn show(self, kind: IdentityKind) {
        self.kind.set(kind);
        self.paging.set(FIRST);
    }

    /// Notes whether somebody shall have the role.
    pub fn want(self, row: &IdentityRow, holds: bool) {
        self.wanted.update(|wanted| {
            if holds == row.holds {
                wanted.remove(&row.identity);
            } else {
                wanted.insert(row.identity, holds);
            }
        });
    }

    /// The changes as they are sent.
    pub fn changes(self) -> IdentityChanges {
        let wanted = self.wanted.get_untracked();
        let (give, take): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(_, holds)| *holds);
        let identities = |some: Vec<(Identity, bool)>| some.into_iter().map(|(identity, _)| identity).collect();
        IdentityChanges {
            give: identities(give),
            take: identities(take),
        }
    }
}
