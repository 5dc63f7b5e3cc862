//! A value that is there to be copied.

use leptos::prelude::*;

use super::copy::CopyButton;

/// A read-only box with **Copy** at its right.
#[component]
pub fn ShownValue(
    label: &'static str,
    /// What the ids are made of: the button's is `copy-` and this.
    key: &'static str,
    value: String,
) -> impl IntoView {
    let box_id = format!("shown-{key}");
    let label_id = format!("shown-{key}-label");
    view! {
        <div class="field">
            <label for=box_id.clone() id=label_id.clone()>
                {label}
            </label>
            <div class="value-row">
                <input
                    type="text"
                    class="code"
                    id=box_id.clone()
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=value.clone()
                />
                <CopyButton
                    text=value
                    target=box_id
                    name="Copy"
                    described_by=label_id
                    id=format!("copy-{key}")
                    labelled=true
                />
            </div>
        </div>
    }
    .into_any()
}
