//! What the Clients page asks of the server.

pub mod add;
pub mod details;
pub mod list;
pub mod name_in_use;
pub mod roles;
