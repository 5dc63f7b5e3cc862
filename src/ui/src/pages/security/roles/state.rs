//! What the parts of the page share.

use domain::list::NameQuery;
use domain::role::RoleId;
use domain::view::{RoleDetails, RoleRow};
use leptos::prelude::*;

use crate::address::{Pane, ROLES};
use crate::functions::roles::details::role_details;
use crate::functions::roles::list::list_roles;
use crate::listing::Listing;
use crate::place::Place;
use crate::selection::Selection;

/// The state of the page. What matters of it stands in the address.
#[derive(Clone, Copy)]
pub struct RolesState {
    /// Where the page stands.
    pub place: Place<NameQuery>,
    /// The list.
    pub listing: Listing<NameQuery, RoleRow>,
    /// The selected role.
    pub selection: Selection<RoleDetails>,
    /// The role that the person is asked about before it is removed.
    pub removing: RwSignal<Option<RoleDetails>>,
}

impl RolesState {
    /// Reads the address and gives the state to all components below.
    pub fn provide() -> Self {
        let place = Place::of(&ROLES);
        let state = Self {
            place,
            listing: Listing::new(place, list_roles),
            selection: Selection::new(place, |id| role_details(RoleId(id))),
            removing: RwSignal::new(None),
        };
        provide_context(state);
        state
    }

    /// The state of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Asks for the list and the selected role again.
    pub fn refresh(self) {
        self.listing.refresh();
        self.selection.refresh();
    }

    /// A form of the selected role was stored. Whoever still stands in it sees the details.
    pub fn stored(self, stands: bool, id: RoleId) {
        self.selection.refresh();
        self.listing.stored(stands, Pane::Details(id.0));
    }
}
