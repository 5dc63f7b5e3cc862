//! The address of the Clients page: what the list is asked for, and what the pane shows.

use domain::client::ClientId;
use domain::list::ClientQuery;
use url::form_urlencoded;

/// The path of the page.
pub const CLIENTS_PATH: &str = "/security/clients";

/// What stands in the pane at the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Nothing.
    #[default]
    Closed,
    /// The details of the selected client.
    Client(ClientId),
    /// The form that adds a client.
    Add,
}

/// All that stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientsAddress {
    /// What the list is asked for.
    pub query: ClientQuery,
    /// What the pane shows.
    pub pane: Pane,
}

impl ClientsAddress {
    /// Reads the query of the address; `get` answers the first value of a key.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let selected = get("client").and_then(|id| id.parse().ok());
        let pane = match selected {
            _ if get("pane").as_deref() == Some("add") => Pane::Add,
            Some(id) => Pane::Client(id),
            None => Pane::Closed,
        };
        Self {
            query: ClientQuery::read(get),
            pane,
        }
    }

    /// The pairs of the address, defaults left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.query.pairs();
        match self.pane {
            Pane::Closed => {}
            Pane::Client(id) => pairs.push(("client", id.to_string())),
            Pane::Add => pairs.push(("pane", "add".to_owned())),
        }
        pairs
    }

    /// The address as a link holds it.
    pub fn href(&self) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return CLIENTS_PATH.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        format!("{CLIENTS_PATH}?{query}")
    }

    /// The same list with another pane.
    #[must_use]
    pub fn with_pane(&self, pane: Pane) -> Self {
        Self {
            query: self.query.clone(),
            pane,
        }
    }

    /// Another list with the same pane.
    #[must_use]
    pub fn with_query(&self, change: impl FnOnce(&mut ClientQuery)) -> Self {
        let mut address = self.clone();
        change(&mut address.query);
        address
    }

    /// The same without a form in the pane: a link leads out of it.
    #[must_use]
    pub fn without_form(mut self) -> Self {
        if self.pane == Pane::Add {
            self.pane = Pane::Closed;
        }
        self
    }
}
