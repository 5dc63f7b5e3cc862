//! A modal window.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::browser::dom::{active, focus_now, give_back};

/// A modal window that opens when it is rendered, and whose first focus goes to the element `focus`. Escape calls
/// `on_escape`; without one it does nothing, however often it is pressed.
#[component]
pub fn Dialog(
    /// The id of its heading.
    label: &'static str,
    /// The id of the element that is focused first.
    focus: &'static str,
    /// Whether it asks a short question.
    #[prop(optional)]
    question: bool,
    /// What Escape does.
    #[prop(optional)]
    on_escape: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let opener = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            opener.set_value(active());
            let _ = dialog.show_modal();
            focus_now(focus);
        }
    });
    // A window that is taken out of the page leaves the focus nowhere.
    on_cleanup(move || {
        if let Some(Some(opener)) = opener.try_get_value() {
            request_animation_frame(move || give_back(&opener));
        }
    });
    let reopen = move || {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="window"
            class:question=question
            aria-labelledby=label
            closedby="none"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    if let Some(on_escape) = on_escape {
                        on_escape.run(());
                    }
                }
            }
            on:cancel=|event: leptos::ev::Event| event.prevent_default()
            on:close=move |_| reopen()
        >
            {children()}
        </dialog>
    }
}
