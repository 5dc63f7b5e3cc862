//! What is known of something, as the parts of a list of facts.

use leptos::prelude::*;

use super::copy::CopyButton;

/// A fact under its name.
#[component]
pub fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}

/// The id, with **Copy**.
#[component]
pub fn IdFact(name: &'static str, id: String) -> impl IntoView {
    view! {
        <div>
            <dt id="shown-id-label">{name}</dt>
            <dd class="value-row">
                <code id="shown-id">{id.clone()}</code>
                <CopyButton text=id target="shown-id" name="Copy" described_by="shown-id-label" />
            </dd>
        </div>
    }
    .into_any()
}
