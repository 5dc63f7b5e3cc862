//! What the words mean: clients, secrets, roles, tenants and users, parsed once, so that a value that exists is a value
//! that is right. No I/O; the browser and the server compile the same code and so check alike.

pub mod add_client;
pub mod audit;
pub mod client;
pub mod client_extras;
pub mod client_form;
pub mod clock;
pub mod cors_origin;
pub mod field;
pub mod grant;
mod id;
pub mod identity_list;
pub mod list;
pub mod number;
pub mod paging;
pub mod redirect_uri;
pub mod refresh_token_lifetimes;
pub mod role;
pub mod role_form;
pub mod search;
pub mod secret;
pub mod secret_change;
pub mod secret_form;
pub mod tenant;
pub mod text;
pub mod token_lifetime;
pub mod user;
pub mod user_extras;
pub mod user_form;
pub mod view;
pub mod web_address;
