//! The cookies of the person's choices. Nothing else is kept in a cookie that scripts can read.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use crate::preferences::COOKIE_SECONDS;

/// Keeps a choice; `None` forgets it.
pub fn keep(name: &str, value: Option<&str>) {
    let Ok(document) = document().dyn_into::<HtmlDocument>() else {
        return;
    };
    let (value, seconds) = value.map_or(("", 0), |value| (value, COOKIE_SECONDS));
    let secure = if window().location().protocol().is_ok_and(|p| p == "https:") {
        "; Secure"
    } else {
        ""
    };
    let _ = document.set_cookie(&format!(
        "{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{secure}"
    ));
}
