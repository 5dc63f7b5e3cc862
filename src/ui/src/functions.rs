//! The server functions, one a file, and what they have in common. Each is a public endpoint: the service that it calls
//! authorises the person.

pub mod clients;
pub mod error;
#[cfg(feature = "ssr")]
mod request;
pub mod roles;
pub mod secrets;
pub mod users;
