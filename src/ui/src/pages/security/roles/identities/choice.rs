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

/// A change that waits for **Save**.
#[derive(Clone)]
pub struct Wish {
    /// Whose it is, as the list named them.
    pub name: String,
    /// Whether they shall have the role.
    pub holds: bool,
}

/// Whoever shall have the role, or not, other than now.
pub type Wishes = HashMap<Identity, Wish>;

/// What is listed, and what shall change.
#[derive(Clone, Copy)]
pub struct Choice {
    pub kind: RwSignal<IdentityKind>,
    pub filter: RwSignal<String>,
    pub holders_only: RwSignal<bool>,
    pub paging: RwSignal<Paging>,
    /// Counts how often the list was asked for again.
    pub reload: RwSignal<u32>,
    /// The changes. They outlast filters and pages.
    pub wanted: RwSignal<Wishes>,
}

impl Choice {
    /// The first people, and no change.
    pub fn new() -> Self {
        Self {
            kind: RwSignal::new(IdentityKind::Users),
            filter: RwSignal::new(String::new()),
            holders_only: RwSignal::new(false),
            paging: RwSignal::new(FIRST),
            reload: RwSignal::new(0),
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

    /// Asks for the list again.
    pub fn list_again(self) {
        self.reload.update(|count| *count += 1);
    }

    /// Notes whether somebody shall have the role.
    pub fn want(self, row: &IdentityRow, holds: bool) {
        self.wanted.update(|wanted| {
            if holds == row.holds {
                wanted.remove(&row.identity);
            } else {
                let name = row.name.clone();
                wanted.insert(row.identity, Wish { name, holds });
            }
        });
    }

    /// Takes those who aren't there any more out of the changes and the list.
    pub fn forget(self, gone: &[Identity]) {
        self.wanted
            .update(|wanted| wanted.retain(|identity, _| !gone.contains(identity)));
        self.list_again();
    }
}

/// The changes as they are sent.
pub fn changes(wanted: &Wishes) -> IdentityChanges {
    let those = |holds: bool| -> Vec<Identity> {
        let some = wanted.iter().filter(|(_, wish)| wish.holds == holds);
        some.map(|(identity, _)| *identity).collect()
    };
    IdentityChanges {
        give: those(true),
        take: those(false),
    }
}
