//! What a person allows a client, by signing in to it.

pub use crate::id::{GrantId, SessionId};
