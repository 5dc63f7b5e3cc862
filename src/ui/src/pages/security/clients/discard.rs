//! The question before something typed is lost.

use leptos::prelude::*;

use super::state::PageState;
use crate::components::dialog::Dialog;

/// Asks **Discard** or **Keep Editing** when a person is about to leave a changed pane.
#[component]
pub fn DiscardQuestion() -> impl IntoView {
    let state = PageState::get();
    let keep = Callback::new(move |()| state.wanted.set(None));
    let discard = move |_| {
        if let Some(href) = state.wanted.get_untracked() {
            state.wanted.set(None);
            state.changed.set(false);
            state.jump(href, false);
        }
    };
    view! {
        <Show when=move || state.wanted.get().is_some()>
            <Dialog label="discard-title" focus="keep-editing" on_escape=keep question=true>
                <h2 id="discard-title">"Discard your changes?"</h2>
                <p>"What you have typed is not saved. If you leave, it is lost."</p>
                <div class="buttons">
                    <button type="button" class="button" id="keep-editing" on:click=move |_| keep.run(())>
                        "Keep Editing"
                    </button>
                    <button type="button" class="button danger" on:click=discard>
                        "Discard"
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}
