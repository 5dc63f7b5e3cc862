//! What the words mean: clients, secrets, roles, tenants and users, parsed once, so that a value that exists is a value
//! that is right. No I/O; the browser and the server compile the same code and so check alike.

pub mod add_client;
pub mod client;
pub mod clock;
pub mod field;
mod id;
pub mod list;
pub mod role;
pub mod secret;
pub mod tenant;
pub mod text;
pub mod token_lifetime;
pub mod user;
pub mod view;
