//! What is asked of the server about the secrets of a client.

pub mod add;
pub mod edit;
pub mod remove;
