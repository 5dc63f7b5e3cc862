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
    let step = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => tabs.len() - 1,
            "ArrowRight" => 1,
            _ => return,
        };
        event.prevent_default();
        let next = (untrack(open) + by) % tabs.len();
        turn.run(next);
        dom::focus(tabs[next].id);
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
                on:keydown=step
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
