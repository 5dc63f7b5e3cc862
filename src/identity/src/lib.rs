//! OAuth 2 and OpenID Connect as pure functions: client authentication, grants, claims, tokens, keys. Values in, values
//! out: no store, no HTTP, no clock; random bytes and the time are parameters. Only
//! [`SigningKey`](signing_key::SigningKey) draws random bytes itself, inside the cryptographic library.

pub mod about_token;
pub mod access_token;
pub mod algorithm;
pub mod authorize_error;
pub mod authorize_request;
pub mod bearer_token;
pub mod client_authentication;
pub mod client_secret;
pub mod discovery;
pub mod end_session_request;
pub mod error;
mod form;
pub mod id_token;
pub mod introspection;
pub mod issuer;
pub mod jwk;
pub mod key_ring;
mod lenient_base64;
pub mod pkce;
pub mod redirect;
pub mod response_type;
pub mod scope;
pub mod seal;
pub mod session_state;
pub mod signing_key;
pub mod token_request;
pub mod token_response;
pub mod userinfo;
pub mod verify;
