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

/// A value that people take elsewhere, with **Copy**.
#[component]
pub fn CopyFact(
    name: &'static str,
    /// What the ids are made of.
    key: &'static str,
    value: String,
) -> impl IntoView {
    let value_id = format!("fact-{key}");
    let label_id = format!("fact-{key}-label");
    view! {
        <div>
            <dt id=label_id.clone()>{name}</dt>
            <dd class="value-row">
                <code id=value_id.clone()>{value.clone()}</code>
                <CopyButton text=value target=value_id name="Copy" described_by=label_id />
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
