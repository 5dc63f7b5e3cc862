//! token_clients
