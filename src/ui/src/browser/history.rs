//! Steps that have no address of their own, but that **Back** takes back.

use domain::list::ListQuery;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::address::{Address, Section};

/// The mark of the second step.
const SECOND_STEP: &str = "second-step";

/// Adds an entry with the same address for the second step of a form.
pub fn enter_second_step() {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::from_str(SECOND_STEP), "", None);
    }
}

/// Whether the page stands at the second step's entry.
pub fn at_second_step() -> bool {
    window()
        .history()
        .and_then(|history| history.state())
        .is_ok_and(|state| state.as_string().as_deref() == Some(SECOND_STEP))
}

/// Forgets the mark of an entry that a reload brought back without its form.
pub fn clear_second_step() {
    if let (true, Ok(history)) = (at_second_step(), window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", None);
    }
}

/// One entry back.
pub fn back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Puts an address on top of the history, without going anywhere.
pub fn push(href: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// The path and query of the page's address.
pub fn current_href() -> String {
    current_path() + &window().location().search().unwrap_or_default()
}

/// The path of the page's address.
pub fn current_path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What the page's address says. After a step back it is ahead of what the router knows.
pub fn current_address<Q: ListQuery>(section: &'static Section) -> Address<Q> {
    let search = window().location().search().unwrap_or_default();
    let params = UrlSearchParams::new_with_str(&search).ok();
    Address::read(section, |key| params.as_ref()?.get(key))
}
