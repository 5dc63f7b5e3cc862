//! What the parts of the page share.

use domain::client::ClientId;
use domain::list::ClientQuery;
use domain::secret::SecretId;
use domain::view::{ClientDetails, ClientRow, Created};
use leptos::prelude::*;

use crate::address::{CLIENTS, Pane};
use crate::functions::clients::details::client_details;
use crate::functions::clients::list::list_clients;
use crate::listing::Listing;
use crate::place::Place;
use crate::selection::Selection;

/// What was just made, and is shown once.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A client, perhaps with its first secret.
    Client(Created),
    /// One more secret of a client.
    Secret(Created),
}

/// What a person is asked before it is done.
#[derive(Clone, Debug)]
pub enum Question {
    /// **Remove Client**.
    RemoveClient(ClientDetails),
    /// The switch of the status: whether the client shall connect.
    SetEnabled(ClientDetails, bool),
    /// **Remove Secret**.
    RemoveSecret(ClientDetails, SecretId),
}

/// The state of the page. What matters of it stands in the address.
#[derive(Clone, Copy)]
pub struct ClientsState {
    /// Where the page stands.
    pub place: Place<ClientQuery>,
    /// The list.
    pub listing: Listing<ClientQuery, ClientRow>,
    /// The selected client.
    pub selection: Selection<ClientDetails>,
    /// What was just made. With it goes the window that shows its secret, and all that holds it.
    pub shown: RwSignal<Option<Shown>>,
    /// What the person is asked.
    pub question: RwSignal<Option<Question>>,
    /// The chosen secret of the selected client.
    pub secret: RwSignal<Option<SecretId>>,
}

impl ClientsState {
    /// Reads the address and gives the state to all components below.
    pub fn provide() -> Self {
        let place = Place::<ClientQuery>::of(&CLIENTS);
        let state = Self {
            place,
            listing: Listing::new(place, list_clients),
            selection: Selection::new(place, |id| client_details(ClientId(id))),
            shown: RwSignal::new(None),
            question: RwSignal::new(None),
            secret: RwSignal::new(None),
        };
        provide_context(state);
        // Another client has other secrets.
        let selected = Memo::new(move |_| place.pane.get().selected());
        Effect::new(move || {
            selected.track();
            state.secret.set(None);
        });
        state
    }

    /// The state of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Asks for the list and the selected client again.
    pub fn refresh(self) {
        self.listing.refresh();
        self.selection.refresh();
    }

    /// A form of the selected client was stored. Whoever still stands in it sees the details.
    pub fn stored(self, stands: bool, id: ClientId) {
        self.selection.refresh();
        self.listing.stored(stands, Pane::Details(id.0));
    }
}
