//! Clients: who may see and add them.

mod add;
mod details;
#[cfg(test)]
pub(crate) mod fixtures;
mod list;
