//! Finding and focusing elements.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element with this id.
pub fn by_id<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Focuses the element with this id, once what is being rendered now stands in the page. Answers nothing: an element that
/// is gone keeps the focus where it is.
pub fn focus(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        focus_now(&id);
    });
}

/// Focuses the element with this id, or else the filter, if the pane that closed took the focus with it.
pub fn focus_if_lost(id: String) {
    request_animation_frame(move || {
        if active().is_none() && !focus_now(&id) {
            focus_now("filter");
        }
    });
}

/// Scrolls the element with this id into view, no further than needed.
pub fn show(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The element that has the focus, unless it is the page itself.
pub fn active() -> Option<HtmlElement> {
    let element = document().active_element()?;
    if element.tag_name() == "BODY" {
        return None;
    }
    element.dyn_into().ok()
}

/// Gives the focus back to an element, unless something else took it meanwhile.
pub fn give_back(opener: &HtmlElement) {
    if active().is_none() {
        let _ = opener.focus();
    }
}

/// Focuses the element with this id at once, if it is there.
pub fn focus_now(id: &str) -> bool {
    by_id::<HtmlElement>(id).is_some_and(|element| element.focus().is_ok())
}
