//! What is said when somebody else changed what a person is editing.

use std::fmt;

use domain::view::Stamp;
use leptos::prelude::*;

use super::time::Time;

/// A field that has another value now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    field: &'static str,
    value: String,
}

impl Change {
    /// What changed between two states, each of which gives its fields and their values in the same order.
    pub fn between(before: Vec<(&'static str, String)>, now: Vec<(&'static str, String)>) -> Vec<Self> {
        let pairs = before.into_iter().zip(now);
        pairs
            .filter(|(before, now)| before != now)
            .map(|(_, (field, value))| Self { field, value })
            .collect()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.value.is_empty() {
            write!(f, "{} is now empty.", self.field)
        } else {
            write!(f, "{} is now “{}”.", self.field, self.value)
        }
    }
}

/// What somebody else changed.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Who, and when, where that is known.
    pub by: Option<Stamp>,
    /// The new values.
    pub changes: Vec<Change>,
}

/// Says what changed, and that nothing typed is lost.
#[component]
pub fn ConflictNotice(conflict: RwSignal<Option<Conflict>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                conflict
                    .get()
                    .map(|Conflict { by, changes }| {
                        view! {
                            <div class="notice warning">
                                <div class="prose">
                                    <p class="strong">"Somebody else changed this while you were editing."</p>
                                    {by.map(|Stamp { by, at }| view! { <p>"By " {by} ", " <Time at=at /></p> })}
                                    <ul>
                                        {changes
                                            .iter()
                                            .map(|change| view! { <li>{change.to_string()}</li> })
                                            .collect_view()}
                                    </ul>
                                    <p>
                                        "What you typed is kept, and nothing is stored yet. Select Save to store yours over it, \
                                         or Cancel to leave it as it is now."
                                    </p>
                                </div>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
