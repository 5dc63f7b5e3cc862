//! Everything SQL: one static text for each statement, run on SQLite or PostgreSQL. Reads take a [`Database`], changes a
//! [`Tx`], so that a change and its audit event are stored together or not at all. Small ones without an event take a
//! [`Database`], and share a commit on SQLite.

mod database;
mod error;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod plans;
mod sqlite_file;
#[cfg(feature = "testing")]
pub mod testing;

pub mod administrators;
pub mod audit;
pub mod audit_list;
pub mod authorization_codes;
pub mod authorize_clients;
pub mod authorize_requests;
pub mod callers;
pub mod client_list;
pub mod client_roles;
pub mod client_search;
pub mod client_secrets;
pub mod client_tags;
pub mod client_uris;
pub mod clients;
pub mod grants;
pub mod identity_list;
pub mod installation;
mod paging;
pub mod password_links;
pub mod preferences;
pub mod refresh_tokens;
pub mod role_holders;
pub mod role_list;
pub mod roles;
mod search;
pub mod seed;
pub mod sessions;
pub mod setup_links;
mod shared_commit;
pub mod signing_keys;
pub mod tenants;
pub mod throttle;
pub mod token_clients;
pub mod token_users;
pub mod user_credentials;
pub mod user_list;
pub mod user_roles;
pub mod user_search;
pub mod users;

pub use database::{Database, Tx};
pub use error::StoreError;
pub use sqlite_file::sqlite_path;
