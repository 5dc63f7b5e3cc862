//! Copying a value.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::CopyIcon;
use crate::browser::clipboard;
use crate::session::Session;

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    None,
    Copied,
    Selected,
}

/// A button that copies the text of the element `target`, and a status beside it, which goes with the focus. Where the
/// clipboard refuses, the text is selected and that is said.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// The id of the element that shows it.
    #[prop(into)]
    target: String,
    /// The accessible name.
    #[prop(into)]
    name: String,
    /// The id of the label that tells this button from others of its name.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// The button's own id.
    #[prop(optional, into)]
    id: Option<String>,
    /// Whether the name stands in the button, or an icon alone.
    #[prop(optional)]
    labelled: bool,
) -> impl IntoView {
    let hydrated = Session::get().hydrated;
    let outcome = RwSignal::new(Outcome::None);
    let copy = move |_| {
        let target = target.clone();
        outcome.set(Outcome::None);
        spawn_local(async move {
            if clipboard::copy(&text.get_untracked()).await {
                outcome.set(Outcome::Copied);
            } else {
                clipboard::select(&target);
                outcome.set(Outcome::Selected);
            }
        });
    };
    let label = (!labelled).then(|| name.clone());
    let title = label.clone();
    view! {
        <span class="copied" role="status">
            {move || {
                let text = match outcome.get() {
                    Outcome::None => return None,
                    Outcome::Copied => "Copied",
                    Outcome::Selected => "Selected. Press Ctrl+C or ⌘C to copy.",
                };
                Some(view! { <span class="badge ok">{text}</span> })
            }}
        </span>
        <button
            type="button"
            id=id
            class=if labelled { "button" } else { "icon-button" }
            aria-label=label
            title=title
            aria-describedby=described_by
            disabled=move || !hydrated.get()
            on:click=copy
            on:blur=move |_| outcome.set(Outcome::None)
        >
            <CopyIcon />
            {labelled.then_some(name)}
        </button>
    }
    .into_any()
}
