//! The second step of adding a client: its first secret.

use domain::field::Field;
use leptos::prelude::*;

use super::add::{Draft, Step, Steps};
use super::client_form::Cancel;
use crate::browser::time_zone;
use crate::components::field::TextField;
use crate::components::notice::{Failure, Warning};

/// **Create Secret**.
#[component]
pub fn SecretForm() -> impl IntoView {
    let draft = Draft::get();
    // This step opens only after hydration, so the browser's zone is at hand.
    let zone = time_zone::name();
    view! {
        <header class="pane-head">
            <h2 id="pane-title" tabindex="-1">
                "Create Secret"
            </h2>
            <Steps at=Step::Secret />
        </header>
        <form
            id="secret-form"
            class="pane-body"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                draft.save();
            }
        >
            <Failure text=draft.failure />
            <div role="status">
                <Show when=move || draft.name_taken.get()>
                    <Warning text=Signal::derive(move || {
                        format!(
                            "Another client is already named “{}”. That is allowed; go Back to choose another name.",
                            draft.name.get().trim(),
                        )
                    }) />
                </Show>
            </div>
            <fieldset>
                <TextField field=Field::Description value=draft.description messages=draft.messages hint="optional" />
                <TextField
                    field=Field::ExpirationDate
                    value=draft.expiration
                    messages=draft.messages
                    kind="datetime-local"
                    required=true
                    disabled=draft.never_expires
                >
                    {format!("Your time zone: {zone}")}
                </TextField>
                <div class="check">
                    <input
                        type="checkbox"
                        id="never-expires"
                        prop:checked=draft.never_expires
                        on:change=move |event| draft.never_expire(event_target_checked(&event))
                    />
                    <label for="never-expires">"Never Expires"</label>
                </div>
                <p class="hint">
                    "A secret that expires limits the harm if it leaks. You can add a second one before the first runs out."
                </p>
            </fieldset>
        </form>
        <footer class="pane-foot">
            <button type="button" class="button" disabled=draft.saving on:click=move |_| draft.back()>
                "Back"
            </button>
            <span class="space"></span>
            <Cancel />
            <button
                type="submit"
                form="secret-form"
                class="button primary"
                // The second click of a double click on Next lands here.
                on:click=|event| {
                    if event.detail() > 1 {
                        event.prevent_default();
                    }
                }
                aria-busy=move || draft.saving.get().then_some("true")
            >
                "Save"
            </button>
        </footer>
    }
}
