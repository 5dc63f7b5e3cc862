//! Badges: how a client or a secret stands.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::list::EXPIRING_SOON_DAYS;
use domain::secret::SecretExpiry;
use leptos::prelude::*;

use crate::components::time::{distance, utc_text};

/// Whether a client may connect, in a word.
pub const fn enabled_text(enabled: bool) -> &'static str {
    if enabled { "Enabled" } else { "Disabled" }
}

/// Whether a client may connect.
#[component]
pub fn EnabledBadge(enabled: bool) -> impl IntoView {
    view! { <span class=if enabled { "badge ok" } else { "badge" }>{enabled_text(enabled)}</span> }
}

/// How an expiry stands at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Endless,
    Far,
    Near,
    Over,
}

fn standing(expiry: SecretExpiry, now: DateTime<Utc>) -> Standing {
    match expiry {
        SecretExpiry::Never => Standing::Endless,
        expiry if expiry.is_over(now) => Standing::Over,
        SecretExpiry::At(at) if (at - now).num_days() < EXPIRING_SOON_DAYS => Standing::Near,
        SecretExpiry::At(_) => Standing::Far,
    }
}

const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Endless => "badge",
        Standing::Far => "badge ok",
        Standing::Near => "badge warn",
        Standing::Over => "badge error",
    }
}

/// The list's short form: "in 12 days", with the exact time in the title.
#[component]
pub fn SoonestExpiry(expiry: SecretExpiry, now: DateTime<Utc>) -> impl IntoView {
    let standing = standing(expiry, now);
    let text = match expiry {
        SecretExpiry::Never => "never expires".to_owned(),
        SecretExpiry::At(at) if standing == Standing::Over => format!("expired {} ago", distance(now, at)),
        SecretExpiry::At(at) => format!("in {}", distance(now, at)),
    };
    match expiry.at() {
        None => view! { <span class=class(standing)>{text}</span> }.into_any(),
        Some(at) => view! {
            <time
                class=class(standing)
                datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true)
                title=format!("The first secret ends {}", utc_text(at))
            >
                {text}
            </time>
        }
        .into_any(),
    }
}

/// The words of a secret's badge in Details.
#[component]
pub fn SecretBadge(expiry: SecretExpiry, now: DateTime<Utc>) -> impl IntoView {
    let standing = standing(expiry, now);
    let text = match (standing, expiry) {
        (Standing::Near, SecretExpiry::At(at)) => format!("Expires in {}", distance(now, at)),
        (Standing::Over, _) => "Expired".to_owned(),
        (Standing::Endless, _) => "Never expires".to_owned(),
        _ => "Active".to_owned(),
    };
    view! { <span class=class(standing)>{text}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use rstest::rstest;

    #[rstest]
    #[case(None, Standing::Endless)]
    #[case(Some(Duration::zero()), Standing::Over)]
    #[case(Some(Duration::seconds(1)), Standing::Near)]
    #[case(Some(Duration::days(30) - Duration::seconds(1)), Standing::Near)]
    #[case(Some(Duration::days(30)), Standing::Far)]
    fn an_expiry_stands(#[case] from_now: Option<Duration>, #[case] expected: Standing) {
        let now = DateTime::from_timestamp(1_795_257_000, 0).unwrap();
        let expiry = SecretExpiry::from(from_now.map(|by| now + by));
        assert_eq!(standing(expiry, now), expected);
    }
}
