//! Copying text.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, Node};

use super::dom::by_id;

/// Puts `text` on the clipboard. False when the browser refuses, as it does on plain http beyond this machine.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Without a secure context there is no clipboard at all.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Selects the text of the element with this id, so that a person can copy it by hand.
pub fn select(id: &str) {
    if let Some(input) = by_id::<HtmlInputElement>(id) {
        let _ = input.focus();
        input.select();
    } else if let (Some(node), Ok(Some(selection))) = (by_id::<Node>(id), window().get_selection()) {
        let _ = selection.select_all_children(&node);
    }
}
