//! What happens to every request before and after its handler.

pub mod client_address;
pub mod cors;
pub mod headers;
pub mod operation_id;
pub mod path_case;
pub mod session;
