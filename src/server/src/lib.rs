//! The program around the service: command line, configuration, router and the doors behind it.

pub mod api;
pub mod assets;
pub mod cli;
pub mod config;
pub mod connect;
pub mod error;
pub mod health;
pub mod listen;
pub mod middleware;
pub mod portal;
pub mod router;
pub mod serve;
pub mod start;
