//! client_list
