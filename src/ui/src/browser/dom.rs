//! Finding and focusing elements.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

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

/// Focuses the first of these that can have the focus; answers whether there is one.
pub fn focus_first(ids: [&str; 3]) -> bool {
    ids.into_iter().any(focus_now)
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

/// Brings the beginning of the element with this id into view. On low screens it is the page that scrolls.
pub fn scroll_up(id: &str) {
    if let Some(element) = by_id::<Element>(id) {
        element.set_scroll_top(0);
        element.scroll_into_view();
    }
}

/// Whether this is the second click of a double click: it was meant for what stood there before the first.
pub fn is_second(event: &MouseEvent) -> bool {
    event.detail() > 1
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

/// Focuses the element with this id at once. False if it isn't there, or isn't shown.
pub fn focus_now(id: &str) -> bool {
    let Some(element) = by_id::<HtmlElement>(id) else {
        return false;
    };
    element.focus().is_ok() && active().is_some_and(|active| active == element)
}

/// The id of the link in the row after the one that holds the link with this id, else in the row before it.
pub fn neighbour_of(row_link: &str) -> Option<String> {
    let row = by_id::<HtmlElement>(row_link)?.closest("tr").ok()??;
    let neighbour = row.next_element_sibling().or_else(|| row.previous_element_sibling())?;
    Some(neighbour.query_selector("a").ok()??.id())
}
