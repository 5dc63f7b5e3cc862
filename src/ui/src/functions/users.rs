//! What is asked of the server about people.

pub mod details;
pub mod edit;
pub mod invite;
pub mod list;
pub mod remove;
pub mod reset;
pub mod set_enabled;
