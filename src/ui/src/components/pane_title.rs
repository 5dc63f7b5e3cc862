//! The title of a pane.

use leptos::prelude::*;

use super::details_pane::DetailsContext;
use crate::browser::dom::focus_first;

/// The title. The focus that a pane gets waits for it, because what is shown may come later than the pane.
#[component]
pub fn PaneTitle(#[prop(into)] title: String) -> impl IntoView {
    let focus = expect_context::<DetailsContext>().focus;
    Effect::new(move || {
        if let Some(id) = focus.get() {
            // What isn't shown yet can't have it; whatever is shown next tries again.
            request_animation_frame(move || {
                if focus_first([id, &format!("{id}-narrow"), "pane-title"]) {
                    let _ = focus.try_set(None);
                }
            });
        }
    });
    view! {
        <h2 id="pane-title" tabindex="-1">
            {title}
        </h2>
    }
}
