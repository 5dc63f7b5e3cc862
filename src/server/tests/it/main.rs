//! Tests of the whole program: the real router on a port of its own, and the binary as a process.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and so may its helpers"
)]

mod api;
mod application;
mod authorize;
mod authorize_attacks;
mod authorize_modes;
mod checksession;
mod cors;
mod csrf;
mod discovery;
mod endsession;
mod functions;
mod functions_add;
mod headers;
mod health;
mod http;
mod introspect;
mod keys_cli;
mod logs;
mod opener;
mod pages;
mod password;
mod people_cli;
mod portal;
mod process;
mod relying_party;
mod revocation;
mod seed_cli;
mod serve;
mod server;
mod session;
mod setup;
mod shutdown;
mod sign_in;
mod story;
mod throttle;
mod token;
mod token_limits;
mod token_refusals;
mod userinfo;
mod wrong_configuration;
