//! Finding and focusing elements.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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

/// Focuses the element with this id at once, if it is there.
pub fn focus_now(id: &str) -> bool {
    by_id::<HtmlElement>(id).is_some_and(|element| element.focus().is_ok())
}
