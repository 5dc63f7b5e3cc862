//! Tabs.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::dom;

/// A tab.
pub struct Tab {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The id of the panel that it opens.
    pub panel: &'static str,
}

/// To which of so many tabs an arrow goes from the one at `index`. With other keys it belongs to the browser.
pub fn step(event: &KeyboardEvent, index: usize, count: usize) -> Option<usize> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    let by = match event.key().as_str() {
        "ArrowLeft" => count - 1,
        "ArrowRight" => 1,
        _ => return None,
    };
    event.prevent_default();
    Some((index + by) % count)
}

/// A row of tabs, of which one is open. Arrows go from tab to tab, as ARIA asks of tabs.
#[component]
pub fn Tabs(
    /// What one chooses with them.
    label: &'static str,
    tabs: &'static [Tab],
    /// The index of the open one.
    open: impl Fn() -> usize + Copy + Send + Sync + 'static,
    /// Opens another one.
    turn: Callback<usize>,
) -> impl IntoView {
    let arrow = move |event: KeyboardEvent| {
        if let Some(next) = step(&event, untrack(open), tabs.len()) {
            turn.run(next);
            dom::focus(tabs[next].id);
        }
    };
    let tab = move |(index, tab): (usize, &'static Tab)| {
        view! {
            <button
                type="button"
                role="tab"
                id=tab.id
                aria-controls=tab.panel
                aria-selected=move || (open() == index).to_string()
                tabindex=move || if open() == index { "0" } else { "-1" }
                on:click=move |_| turn.run(index)
                on:keydown=arrow
            >
                {tab.name}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label>
            {tabs.iter().enumerate().map(tab).collect_view()}
        </div>
    }
    .into_any()
}
