//! The area **Security**.

pub mod clients;
pub mod roles;
pub mod users;
