//! What a person sees: pages, the components they are made of, and the server functions they call. Compiled twice, with
//! `ssr` for the server and with `hydrate` for the browser.

// The types of views nest deeply.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` is for the server and `hydrate` for the browser: choose one");

mod address;
mod app;
mod browser;
mod components;
#[cfg(feature = "ssr")]
pub mod documents;
mod functions;
mod leaving;
mod listing;
mod pages;
mod place;
pub mod preferences;
mod selection;
mod session;
#[cfg(feature = "ssr")]
mod shell;

pub use app::App;
pub use functions::error::CallError;
#[cfg(feature = "ssr")]
pub use shell::shell;
