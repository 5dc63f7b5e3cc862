//! The secrets of a client: what is known of them, never their text, but for the one moment in which it is shown.

use std::fmt;

use chrono::{DateTime, Datelike, Duration, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use crate::field::{Field, FieldError};
use crate::text::bounded;

/// The most secrets that one client may have.
pub const MAX_SECRETS: i64 = 10;

/// The number of a secret within its client, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretId(pub i32);

impl fmt::Display for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a person wrote to tell a secret from others: up to 128 characters, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretDescription(String);

impl SecretDescription {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Description, text, 0).map(Self)
    }

    /// The description as shown; empty when there is none.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// When a secret stops opening its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecretExpiry {
    /// Never.
    Never,
    /// From this second on.
    At(DateTime<Utc>),
}

impl SecretExpiry {
    /// Reads an instant as RFC 3339 writes it, with whole seconds kept and years up to 9999.
    pub fn parse(instant: &str) -> Result<Self, FieldError> {
        let instant = instant.trim();
        if instant.is_empty() {
            return Err(expiration(
                "Expiration Date is missing. Enter a date and time, or select Never Expires.",
            ));
        }
        DateTime::parse_from_rfc3339(instant)
            .ok()
            .map(|at| at.with_timezone(&Utc))
            .filter(|at| (1..=9999).contains(&at.year()))
            .and_then(|at| DateTime::from_timestamp(at.timestamp(), 0))
            .map(Self::At)
            .ok_or_else(|| expiration("Expiration Date is not a date and time up to the year 9999. Choose another."))
    }

    /// Refuses an expiry that `now`, the server's time, has reached already.
    pub fn still_ahead(self, now: DateTime<Utc>) -> Result<Self, FieldError> {
        match self {
            Self::At(at) if at <= now => {
                let now = now.to_rfc3339_opts(SecondsFormat::Secs, true);
                Err(expiration(&format!(
                    "Expiration Date lies in the past. The server's time is {now}. Choose a later time."
                )))
            }
            expiry => Ok(expiry),
        }
    }

    /// What a secret gets when nobody chooses: one year of 365 days from `now`.
    pub fn one_year_from(now: DateTime<Utc>) -> Self {
        Self::At((now + Duration::days(365)).trunc_subsecs(0))
    }

    /// The instant, if there is one.
    pub fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Never => None,
            Self::At(at) => Some(at),
        }
    }

    /// Whether the secret is over at `now`.
    pub fn is_over(self, now: DateTime<Utc>) -> bool {
        self.at().is_some_and(|at| at <= now)
    }
}

impl From<Option<DateTime<Utc>>> for SecretExpiry {
    fn from(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Never, Self::At)
    }
}

/// The error for a local time that the person's time zone leaves out, such as the hour that is skipped in spring.
pub fn nonexistent_time(zone: &str) -> FieldError {
    expiration(&format!(
        "Expiration Date doesn't exist in the time zone {zone}: the clock skips that hour. Choose another time."
    ))
}

fn expiration(message: &str) -> FieldError {
    FieldError::new(Field::ExpirationDate, message)
}

/// A new secret: how it is described and when it ends. Its text is made by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecret {
    /// What it is for.
    pub description: SecretDescription,
    /// When it ends.
    pub expiry: SecretExpiry,
}

/// The text of a secret on its one way to the person who made it. `Debug` doesn't print it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShownSecret(pub String);

impl fmt::Debug for ShownSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn reads_an_instant_in_any_zone() {
        assert_eq!(
            SecretExpiry::parse("2027-11-21T10:30:00+01:00"),
            Ok(SecretExpiry::At(instant("2027-11-21T09:30:00Z")))
        );
    }

    #[rstest]
    #[case("")]
    #[case("2027-02-29T10:00:00Z")]
    #[case("2027-11-21T10:30")]
    #[case("+12027-11-21T10:30:00Z")]
    #[case("9999-12-31T23:59:59-12:00")]
    fn refuses(#[case] text: &str) {
        assert_eq!(SecretExpiry::parse(text).unwrap_err().field, Field::ExpirationDate);
    }

    #[test]
    fn the_past_is_refused_with_the_time_of_the_server() {
        let now = instant("2026-11-21T10:30:00Z");
        assert!(SecretExpiry::At(now + Duration::seconds(1)).still_ahead(now).is_ok());
        let error = SecretExpiry::At(now).still_ahead(now).unwrap_err();
        assert!(error.message.contains("2026-11-21T10:30:00Z"));
    }

    #[test]
    fn ends_at_its_second() {
        let end = instant("2026-11-21T10:30:00Z");
        assert!(!SecretExpiry::At(end).is_over(end - Duration::microseconds(1)));
        assert!(SecretExpiry::At(end).is_over(end));
        assert!(!SecretExpiry::Never.is_over(end));
    }

    #[test]
    fn debug_hides_the_text() {
        assert!(!format!("{:?}", ShownSecret("cls_word".to_owned())).contains("word"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(seconds in -62_135_596_800_i64..=253_402_300_799) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            prop_assert_eq!(SecretExpiry::parse(&at.to_rfc3339()), Ok(SecretExpiry::At(at)));
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = SecretExpiry::parse(&text);
        }
    }
}
