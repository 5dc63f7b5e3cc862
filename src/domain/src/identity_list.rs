//! What is asked of the list of those that a role can be given to.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::client::ClientId;
use crate::paging::Paging;
use crate::user::UserId;

/// Who can have a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdentityKind {
    /// People.
    #[default]
    Users,
    /// Client-credentials clients.
    Clients,
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityQuery {
    /// People or clients.
    pub kind: IdentityKind,
    /// Part of a name, e-mail address or client id, as typed.
    pub filter: String,
    /// Whether only those who have the role are listed.
    pub holders_only: bool,
    /// Which page.
    pub paging: Paging,
}

/// Who has a role or not: a person or a client-credentials client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// A person.
    User(UserId),
    /// A client.
    Client(ClientId),
}

impl Identity {
    /// Their id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::Client(id) => id.0,
        }
    }
}

/// The changes of **Manage Identities**: who gets the role and who loses it. Whoever stands in neither list keeps what they
/// have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityChanges {
    /// Who gets it.
    #[serde(default)]
    pub give: Vec<Identity>,
    /// Who loses it.
    #[serde(default)]
    pub take: Vec<Identity>,
}
