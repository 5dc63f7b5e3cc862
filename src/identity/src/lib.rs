//! OAuth 2 as pure functions: client authentication, grants, claims, tokens, keys. Values in, values out: no store, no
//! HTTP, no clock; random bytes and the time are parameters. Only [`SigningKey::generate`](signing_key::SigningKey::generate)
//! draws random bytes itself, inside the cryptographic library.

pub mod access_token;
pub mod algorithm;
pub mod client_authentication;
pub mod client_secret;
pub mod discovery;
pub mod error;
mod form;
pub mod issuer;
pub mod jwk;
pub mod key_ring;
mod lenient_base64;
pub mod seal;
pub mod signing_key;
pub mod token_request;
pub mod token_response;
pub mod verify;
