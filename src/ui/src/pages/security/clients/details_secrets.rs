//! The secrets of a client, as far as they can be shown.

use chrono::{DateTime, Utc};
use domain::secret::SecretExpiry;
use domain::view::SecretRow;
use leptos::prelude::*;

use super::list::LastUsed;
use super::status::SecretBadge;
use crate::components::time::Time;

/// The section **Secrets**.
#[component]
pub fn Secrets(secrets: Vec<SecretRow>, now: DateTime<Utc>) -> impl IntoView {
    view! {
        <section aria-labelledby="secrets-title" class="section">
            <h3 id="secrets-title">"Secrets"</h3>
            <table class="secrets">
                <thead>
                    <tr>
                        <th scope="col">"Secret"</th>
                        <th scope="col">"Expiry"</th>
                    </tr>
                </thead>
                <tbody>
                    {secrets.into_iter().map(|secret| view! { <Secret secret=secret now=now /> }).collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Secret(secret: SecretRow, now: DateTime<Utc>) -> impl IntoView {
    let description = if secret.description.is_empty() {
        "No description".to_owned()
    } else {
        secret.description
    };
    view! {
        <tr>
            <td>
                <p>{description}</p>
                <p class="muted">
                    {format!("id {} · used ", secret.id)} <span class="lower">
                        <LastUsed at=secret.last_used now=now />
                    </span>
                </p>
                <p class="muted whole">"Created " <Time at=secret.created /></p>
            </td>
            <td>
                <SecretBadge expiry=secret.expiry now=now />
                {match secret.expiry {
                    SecretExpiry::At(at) => {
                        view! {
                            <p class="muted">
                                <Time at=at />
                            </p>
                        }
                            .into_any()
                    }
                    SecretExpiry::Never => ().into_any(),
                }}
            </td>
        </tr>
    }
}
