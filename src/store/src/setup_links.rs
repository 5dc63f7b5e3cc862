//! setup_links
