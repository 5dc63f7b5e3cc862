//! What is known of something, as the parts of a list of facts.

use leptos::prelude::*;

use super::copy::CopyButton;
use super::switch::Switch;

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

/// **Status**, with the switch **Enabled** for those who may turn it.
#[component]
pub fn StatusFact(
    enabled: bool,
    /// What happens when a person turns the switch; none if they may not.
    turn: Option<Callback<()>>,
    /// The badge.
    children: Children,
) -> impl IntoView {
    view! {
        <div class:with-switch=turn.is_some()>
            <dt>"Status"</dt>
            <dd>{children()}</dd>
            {turn
                .map(|turn| {
                    view! {
                        <dd>
                            <Switch name="Enabled" on=enabled turn=turn />
                        </dd>
                    }
                })}
        </div>
    }
    .into_any()
}
