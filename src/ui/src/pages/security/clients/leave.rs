//! Leaving a changed pane: every way out asks first. The window that shows a secret isn't left at all but by its **Close**.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Element, HtmlAnchorElement, MouseEvent, PopStateEvent};

use super::state::PageState;
use crate::browser::history::{current_address, current_href, push};
use crate::browser::listen::capture;
use crate::session::Session;

/// Guards what the page would lose, for as long as it stands.
pub fn guard(state: PageState) {
    Effect::new(move || {
        capture("click", move |event: MouseEvent| {
            if !state.changed.get_untracked() || event.default_prevented() || opens_elsewhere(&event) {
                return;
            }
            if let Some(href) = internal_link(&event) {
                event.prevent_default();
                state.wanted.set(Some(href));
            }
        });
    });
    let before_step = Session::get().before_step;
    before_step.set_value(Some(Callback::new(move |event: PopStateEvent| {
        let here = state.address.get_untracked();
        if state.created.with_untracked(Option::is_some) {
            event.stop_immediate_propagation();
            push(&here.href());
            return;
        }
        // A step within the pane: between its two forms, or to another list beside it.
        if !state.changed.get_untracked() || current_address().pane == here.pane {
            return;
        }
        event.stop_immediate_propagation();
        let wanted = current_href();
        push(&here.href());
        state.wanted.set(Some(wanted));
    })));
    on_cleanup(move || before_step.set_value(None));
    // The browser asks before it closes or reloads the page.
    Effect::new(move || {
        capture("beforeunload", move |event: BeforeUnloadEvent| {
            if state.changed.get_untracked() || state.created.with_untracked(Option::is_some) {
                event.prevent_default();
            }
        });
    });
}

fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.button() != 0 || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()
}

/// The address of the link under the pointer, if it stays in the portal.
fn internal_link(event: &MouseEvent) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let origin = window().location().origin().ok()?;
    if link.origin() != origin || link.has_attribute("download") || !link.target().is_empty() {
        return None;
    }
    Some(link.pathname() + &link.search())
}
