//! The pages, by area.

pub mod not_found;
pub mod security;
