//! What the doors show: read-only pictures of what is stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::client::{ClientId, ClientKind};
use crate::role::Role;
use crate::secret::{SecretExpiry, SecretId, ShownSecret};
use crate::tenant::TenantId;
use crate::token_lifetime::TokenLifetime;

/// The signed-in person, as the page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their tenant's name.
    pub tenant_name: String,
    /// Whether they may change anything.
    pub administrator: bool,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientPage {
    /// The rows, in order.
    pub rows: Vec<ClientRow>,
    /// How many clients match in all.
    pub total: u64,
    /// The page that is shown: the last one when one past the end was asked for.
    pub page: u32,
    /// The server's time, from which "in 12 days" counts.
    pub now: DateTime<Utc>,
}

/// A client in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRow {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Whether it may connect.
    pub enabled: bool,
    /// The names of its roles, in order.
    pub roles: Vec<String>,
    /// How many secrets it has.
    pub secrets: u32,
    /// When the first of them ends; `None` without secrets.
    pub soonest_expiry: Option<SecretExpiry>,
    /// When it last got a token.
    pub last_used: Option<DateTime<Utc>>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The name of the person, or "command line", or "server".
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// All that can be shown of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientDetails {
    /// Its id.
    pub id: ClientId,
    /// Its kind.
    pub kind: ClientKind,
    /// Its name.
    pub name: String,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Whether it may connect.
    pub enabled: bool,
    /// Who added it.
    pub created: Stamp,
    /// Who changed it last.
    pub changed: Stamp,
    /// When it last got a token.
    pub last_used: Option<DateTime<Utc>>,
    /// Its secrets, by id.
    pub secrets: Vec<SecretRow>,
    /// Its roles, built-in ones first, then by name.
    pub roles: Vec<Role>,
    /// The server's time, from which "in 12 days" counts.
    pub now: DateTime<Utc>,
}

/// A secret of a client, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRow {
    /// Its number in the client.
    pub id: SecretId,
    /// What it is for; may be empty.
    pub description: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub expiry: SecretExpiry,
    /// When it last opened the client.
    pub last_used: Option<DateTime<Utc>>,
}

/// A client that was just added: the only time that its secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedClient {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// The text of its secret.
    pub secret: ShownSecret,
}
