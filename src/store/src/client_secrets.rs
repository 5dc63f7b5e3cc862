//! client_secrets
