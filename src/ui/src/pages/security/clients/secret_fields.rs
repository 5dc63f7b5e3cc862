//! The fields of a secret.

use domain::field::Field;
use leptos::prelude::*;

use super::draft::SecretDraft;
use crate::browser::time_zone;
use crate::components::field::TextField;
use crate::components::form_pane::FormState;

/// The fields.
#[component]
pub fn SecretFields(draft: SecretDraft, state: FormState) -> impl IntoView {
    // The server doesn't know the person's zone.
    let zone = RwSignal::new(String::new());
    Effect::new(move || zone.set(time_zone::name()));
    view! {
        <TextField field=Field::Description value=draft.description messages=state.messages hint="optional" />
        <TextField
            field=Field::ExpirationDate
            value=draft.expiration
            messages=state.messages
            kind="datetime-local"
            required=true
            disabled=draft.never_expires
        >
            "Your time zone: "
            {zone}
        </TextField>
        <div class="check">
            <input
                type="checkbox"
                id="never-expires"
                prop:checked=draft.never_expires
                on:change=move |event| {
                    draft.never_expires.set(event_target_checked(&event));
                    // A wrong date doesn't matter then.
                    state.forget(Field::ExpirationDate);
                }
            />
            <label for="never-expires">"Never Expires"</label>
        </div>
        <p class="hint">
            "A secret that expires limits the harm if it leaks. You can add a second one before the first runs out."
        </p>
    }
    .into_any()
}
