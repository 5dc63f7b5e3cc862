//! Clients: who may see, add, change and remove them.

mod add;
mod details;
mod edit;
mod find;
#[cfg(test)]
pub(crate) mod fixtures;
mod import;
mod list;
mod remove;
mod roles;
mod rotate;
mod secrets;
mod status;

pub use secrets::SecretsOf;
