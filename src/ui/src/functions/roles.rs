//! What is asked of the server about roles.

pub mod add;
pub mod change_identities;
pub mod details;
pub mod edit;
pub mod identities;
pub mod list;
pub mod offered;
pub mod remove;
