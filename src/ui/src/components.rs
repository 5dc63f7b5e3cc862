//! What pages are made of: small components on native elements.

pub mod command_form;
pub mod copy;
pub mod dialog;
pub mod error_notice;
pub mod field;
pub mod frame;
pub mod icon;
pub mod navigation;
pub mod notice;
pub mod time;
pub mod top_bar;
