//! What the parts of the page share.

use domain::list::NameQuery;
use domain::user::UserId;
use domain::view::{PasswordLink, UserDetails, UserRow};
use leptos::prelude::*;
use uuid::Uuid;

use crate::address::{Pane, USERS};
use crate::functions::users::details::user_details;
use crate::functions::users::list::list_users;
use crate::listing::Listing;
use crate::place::Place;
use crate::selection::Selection;
use crate::session::Session;

/// A link that was just made, and is shown once.
#[derive(Clone, Debug)]
pub enum Shown {
    /// For somebody who has no password yet.
    Invitation(PasswordLink),
    /// For somebody whose password was taken away.
    Reset(PasswordLink),
}

/// What a person is asked before it is done.
#[derive(Clone, Debug)]
pub enum Question {
    /// **Remove User**.
    Remove(UserDetails),
    /// The switch of the status: whether the person shall sign in.
    SetEnabled(UserDetails, bool),
    /// **Reset Password**, or another link for somebody who has no password yet.
    Reset(UserDetails),
}

/// The state of the page. What matters of it stands in the address.
#[derive(Clone, Copy)]
pub struct UsersState {
    /// Where the page stands.
    pub place: Place<NameQuery>,
    /// The list.
    pub listing: Listing<NameQuery, UserRow>,
    /// The selected person.
    pub selection: Selection<UserDetails>,
    /// The link that was just made. It goes with the window that shows it.
    pub shown: RwSignal<Option<Shown>>,
    /// What the person is asked.
    pub question: RwSignal<Option<Question>>,
    /// Who looks at the page.
    own: Option<UserId>,
}

impl UsersState {
    /// Reads the address and gives the state to all components below.
    pub fn provide() -> Self {
        let place = Place::of(&USERS);
        let state = Self {
            place,
            listing: Listing::new(place, list_users),
            selection: Selection::new(place, |id| user_details(UserId(id))),
            shown: RwSignal::new(None),
            question: RwSignal::new(None),
            own: Session::get()
                .viewer
                .with_value(|viewer| viewer.as_ref().map(|viewer| viewer.id)),
        };
        provide_context(state);
        state
    }

    /// The state of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether this is the person who looks at the page.
    pub fn is_oneself(self, id: Uuid) -> bool {
        self.own == Some(UserId(id))
    }

    /// Asks for the list and the selected person again.
    pub fn refresh(self) {
        self.listing.refresh();
        self.selection.refresh();
    }

    /// A form of the selected person was stored. Whoever still stands in it sees the details.
    pub fn stored(self, stands: bool, id: UserId) {
        self.selection.refresh();
        self.listing.stored(stands, Pane::Details(id.0));
    }
}
