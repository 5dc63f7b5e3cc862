//! What pages are made of: small components on native elements.

pub mod command_form;
pub mod commands;
pub mod confirm;
pub mod conflict;
pub mod copy;
pub mod details_pane;
pub mod dialog;
pub mod editing;
pub mod error_notice;
pub mod fact;
pub mod field;
pub mod form_pane;
pub mod frame;
pub mod icon;
pub mod navigation;
pub mod notice;
pub mod once_window;
pub mod pane_title;
pub mod ready;
pub mod role_checks;
pub mod shown_value;
pub mod switch;
pub mod tabs;
pub mod time;
pub mod top_bar;
pub mod url_list;
