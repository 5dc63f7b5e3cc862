//! What only a browser can do. Nothing here runs on the server.

pub mod clipboard;
pub mod cookie;
pub mod dom;
pub mod download;
pub mod history;
pub mod listen;
pub mod time_zone;
pub mod token_test;
