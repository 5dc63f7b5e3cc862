//! The area **Security**.

pub mod clients;
