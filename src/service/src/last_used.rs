//! last_used
