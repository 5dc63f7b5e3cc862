//! The use cases. Each one that somebody asks for authorises the [`Actor`] first; what the server does by itself, at its
//! start and in the background, takes none. A change is one transaction that holds its audit event too. The doors (page, REST
//! API, OAuth, command line) reach the store through here alone.

use std::ops::Deref;
use std::sync::Arc;

use domain::clock::{Clock, Ids};
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use identity::issuer::Issuer;
use identity::seal::KeyEncryptionKey;
use store::Database;
use store::client_list::Totals;

pub mod actor;
#[cfg(test)]
mod at_once;
mod audit;
pub mod authorize;
mod bearer;
mod caller;
mod change;
pub mod clients;
mod cors;
pub mod end_session;
pub mod error;
#[cfg(test)]
mod every_change;
mod grants;
mod health;
mod introspection;
pub mod keys;
mod last_used;
pub mod open;
mod password;
mod revocation;
mod roles;
mod seed;
pub mod setup;
pub mod sign_in;
pub mod system;
pub mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
mod throttle;
pub mod token;
pub mod userinfo;
pub mod users;

pub use actor::Actor;
pub use error::ServiceError;

/// Every use case is a method of this. Cloning shares the state.
#[derive(Clone)]
pub struct Service(Arc<State>);

/// What the use cases need.
pub struct State {
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) issuer: Issuer,
    pub(crate) key_encryption_key: KeyEncryptionKey,
    pub(crate) refresh_tokens: RefreshTokenLifetimes,
    pub(crate) passwords: password::Passwords,
    pub(crate) keys: keys::Keys,
    pub(crate) wrong_secrets: token::WrongSecrets,
    pub(crate) wrong_tokens: token::WrongSecrets,
    pub(crate) last_used: last_used::LastUsed,
    pub(crate) client_totals: Totals,
}

impl Deref for Service {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl Service {
    /// A service on a migrated database. Signing keys come with [`Service::ensure_keys`].
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        issuer: Issuer,
        key_encryption_key: KeyEncryptionKey,
        refresh_tokens: RefreshTokenLifetimes,
    ) -> Self {
        Self(Arc::new(State {
            database,
            clock,
            ids,
            issuer,
            key_encryption_key,
            refresh_tokens,
            passwords: password::Passwords::default(),
            keys: keys::Keys::default(),
            wrong_secrets: token::WrongSecrets::new(20),
            wrong_tokens: token::WrongSecrets::new(600),
            last_used: last_used::LastUsed::default(),
            client_totals: Totals::default(),
        }))
    }

    /// The addresses under which clients know this server.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// Ends the connections to the database, once their statements have ended.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
