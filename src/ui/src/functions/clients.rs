//! What is asked of the server about clients.

pub mod add;
pub mod details;
pub mod edit;
pub mod list;
pub mod name_in_use;
pub mod remove;
pub mod set_enabled;
