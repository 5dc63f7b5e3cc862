//! What the doors show: read-only pictures of what is stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::client::{ClientId, ClientKind};
use crate::identity_list::Identity;
use crate::paging::RowKey;
use crate::role::{Role, RoleId};
use crate::secret::{NewSecret, SecretExpiry, SecretId, ShownSecret};
use crate::tenant::TenantId;
use crate::token_lifetime::TokenLifetime;
use crate::user::UserId;
use crate::user_extras::UserExtras;

/// The signed-in person, as the page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Their id.
    pub id: UserId,
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

/// All that can be shown of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantDetails {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// Where clients reach this server. All of it is public: discovery says the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// Who issues the tokens.
    pub issuer: String,
    /// The discovery document.
    pub discovery: String,
    /// Where clients get tokens.
    pub token: String,
    /// Where people sign in to applications.
    pub authorization: String,
    /// Where applications learn who signed in.
    pub userinfo: String,
    /// Where people sign out.
    pub end_session: String,
    /// Where APIs ask what a token is worth.
    pub introspection: String,
    /// The public keys.
    pub jwks: String,
    /// The base of the REST API.
    pub api: String,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<Row> {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// How many match in all.
    pub total: u64,
    /// How many come before these rows. Counting them takes long, so the number goes along from page to page; what others
    /// add and remove meanwhile is counted when an end of the list is reached.
    pub before: u64,
    /// The places of the first and the last row; `None` without rows.
    pub edges: Option<(RowKey, RowKey)>,
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
    /// Its redirect URIs, as they were entered.
    pub redirect_uris: Vec<String>,
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
    /// How it signs people in.
    pub sign_in: SignInDetails,
    /// Counts its changes. An edit names the version that it started from.
    pub version: i64,
    /// The server's time, from which "in 12 days" counts.
    pub now: DateTime<Utc>,
}

/// A client as programs see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientView {
    /// Its id.
    pub id: ClientId,
    /// Its kind.
    pub kind: ClientKind,
    /// Its name.
    pub name: String,
    /// Whether it may connect.
    pub enabled: bool,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// Its roles, in the order of their ids.
    pub roles: Vec<RoleId>,
    /// How it signs people in.
    pub sign_in: SignInDetails,
    /// The address of its home page; may be empty.
    pub client_uri: String,
    /// The address of its picture; may be empty.
    pub logo_uri: String,
    /// Whether it may get access tokens through the browser.
    pub allow_access_tokens_via_browser: bool,
    /// Counts its changes. An edit names the version that it started from.
    pub version: i64,
}

/// How a client signs people in, as entered. All of it is empty for one that doesn't.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInDetails {
    /// **Allow Refresh Token**.
    pub allow_refresh_token: bool,
    /// **Allowed Redirect URL(s)**.
    pub redirect_urls: Vec<String>,
    /// **Allowed Logout Redirect URL(s)**.
    pub logout_redirect_urls: Vec<String>,
    /// **Allowed CORS Origin(s)**.
    pub cors_origins: Vec<String>,
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
    /// Counts its changes. An edit names the version that it started from.
    pub version: i64,
}

impl SecretRow {
    /// One that was just made.
    pub fn new(id: SecretId, secret: &NewSecret, created: DateTime<Utc>) -> Self {
        Self {
            id,
            description: secret.description.as_str().to_owned(),
            created,
            expiry: secret.expiry,
            last_used: None,
            version: 1,
        }
    }
}

/// A client, or a secret of a client, that was just added: the only time that the secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The client's id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: ClientKind,
    /// The text of the secret, if there is one.
    pub secret: Option<ShownSecret>,
    /// What else is known of that secret.
    pub secret_row: Option<SecretRow>,
}

/// A role in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// The role.
    pub role: Role,
    /// What it is for; may be empty.
    pub description: String,
    /// Counts its changes. An edit names the version that it started from.
    pub version: i64,
}

/// All that can be shown of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDetails {
    /// The role.
    pub role: Role,
    /// What it is for; may be empty.
    pub description: String,
    /// Who has it.
    pub holders: Holders,
    /// Counts its changes. An edit names the version that it started from.
    pub version: i64,
}

/// Who has a role: how many, and the first few of them by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holders {
    /// How many people.
    pub user_count: u64,
    /// How many clients.
    pub client_count: u64,
    /// Names of people.
    pub users: Vec<String>,
    /// Names of clients.
    pub clients: Vec<String>,
}

/// A person or client that a role can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRow {
    /// Who it is.
    pub identity: Identity,
    /// Their name.
    pub name: String,
    /// What tells them from another of that name: the e-mail address or the client id.
    pub detail: String,
    /// Whether they have the role.
    pub holds: bool,
}

/// How a person's account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserStatus {
    /// They may sign in.
    Enabled,
    /// They may not.
    Disabled,
    /// They have no password yet: a one-time link waits for them.
    Invited,
}

impl UserStatus {
    /// The word that a person reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Invited => "Invited",
        }
    }
}

/// A person in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The names of their roles, in order.
    pub roles: Vec<String>,
    /// How their account stands.
    pub status: UserStatus,
    /// When they last signed in.
    pub last_sign_in: Option<DateTime<Utc>>,
}

/// All that can be shown of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDetails {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their roles, built-in ones first, then by name.
    pub roles: Vec<Role>,
    /// How their account stands.
    pub status: UserStatus,
    /// When they were added.
    pub created: DateTime<Utc>,
    /// When they last signed in.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// Until when their one-time link opens, if there is one.
    pub link_expires: Option<DateTime<Utc>>,
    /// Counts their changes. An edit names the version that it started from.
    pub version: i64,
    /// The server's time.
    pub now: DateTime<Utc>,
}

/// A person as programs see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address, with which they sign in.
    pub email: String,
    /// What only programs set.
    pub extras: UserExtras,
    /// Their roles, built-in ones first, then by name.
    pub roles: Vec<RoleId>,
    /// Counts their changes. An edit names the version that it started from.
    pub version: i64,
}

/// What applications keep for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Any JSON.
    pub value: String,
    /// Counts its changes; 0 before the first one.
    pub version: i64,
}

/// A one-time link with which a person chooses a password: the only time that it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLink {
    /// Whose it is.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Its address.
    pub url: ShownSecret,
    /// Until when it opens.
    pub expires: DateTime<Utc>,
}
