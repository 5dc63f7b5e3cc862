//! The secrets of a client: what is known of them, never their text, but for the one moment in which it is shown.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Duration, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use crate::field::{Field, FieldError};
use crate::number::grouped;
use crate::text::bounded;
use crate::web_address::quoted;

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
                "Expiration Date is missing. Give a date and time, or let it never expire.",
            ));
        }
        DateTime::parse_from_rfc3339(instant)
            .ok()
            .map(|at| at.with_timezone(&Utc))
            .filter(|at| (1..=9999).contains(&at.year()))
            .and_then(|at| DateTime::from_timestamp(at.timestamp(), 0))
            .map(Self::At)
            .ok_or_else(|| {
                expiration(
                    "Expiration Date is not a date and time with its zone, such as 2027-11-21T10:30:00Z. The last year is \
                     9999.",
                )
            })
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

    /// When a secret ends that is made `now` to live as long as one that was made at `created` and ends so; with that one
    /// where the years end.
    #[must_use]
    pub fn renewed(self, created: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let Self::At(end) = self else {
            return Self::Never;
        };
        let renewed = now.trunc_subsecs(0) + (end - created.trunc_subsecs(0));
        Self::At(if renewed.year() > 9999 { end } else { renewed })
    }

    /// The same, but not after `end`.
    #[must_use]
    pub fn no_later_than(self, end: DateTime<Utc>) -> Self {
        Self::At(self.at().map_or(end, |own| own.min(end)))
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

/// How long a secret still opens its client beside the one that takes its place: 0 to 2,592,000 seconds, which are 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RotationOverlap(u32);

/// What was sent isn't one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "It must be a whole number of seconds from 0 to {most} (30 days). This is {0}.",
    most = grouped(RotationOverlap::MAX.into())
)]
pub struct RotationOverlapError(String);

impl RotationOverlap {
    /// The longest, in seconds.
    pub const MAX: u32 = 30 * 24 * 60 * 60;

    /// When one ends that begins `now`, in whole seconds.
    pub fn end(self, now: DateTime<Utc>) -> DateTime<Utc> {
        (now + Duration::seconds(self.0.into())).trunc_subsecs(0)
    }
}

impl Default for RotationOverlap {
    /// A day.
    fn default() -> Self {
        Self(24 * 60 * 60)
    }
}

impl FromStr for RotationOverlap {
    type Err = RotationOverlapError;

    fn from_str(seconds: &str) -> Result<Self, RotationOverlapError> {
        let overlap = seconds.parse::<u32>().ok().filter(|seconds| *seconds <= Self::MAX);
        overlap.map(Self).ok_or_else(|| RotationOverlapError(quoted(seconds)))
    }
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

    #[rstest]
    #[case(
        "2026-11-21T10:30:00.9Z",
        "2026-11-21T10:30:01Z",
        "2027-01-01T00:00:00.5Z",
        "2027-01-01T00:00:01Z"
    )]
    #[case(
        "2026-11-21T10:30:00Z",
        "2027-11-21T10:30:00Z",
        "2030-11-21T10:30:00Z",
        "2031-11-21T10:30:00Z"
    )]
    #[case(
        "2026-11-21T10:30:00Z",
        "9999-12-31T23:59:59Z",
        "2026-11-21T10:30:01Z",
        "9999-12-31T23:59:59Z"
    )]
    fn a_renewed_secret_lives_as_long(
        #[case] created: &str,
        #[case] end: &str,
        #[case] now: &str,
        #[case] expected: &str,
    ) {
        let renewed = SecretExpiry::At(instant(end)).renewed(instant(created), instant(now));
        assert_eq!(renewed, SecretExpiry::At(instant(expected)));
        assert!(!renewed.is_over(instant(now)));
        let never = SecretExpiry::Never.renewed(instant(created), instant(now));
        assert_eq!(never, SecretExpiry::Never);
    }

    #[test]
    fn the_earlier_end_counts() {
        let end = instant("2026-11-21T10:30:00Z");
        let [earlier, later] = [-1, 1].map(|seconds| SecretExpiry::At(end + Duration::seconds(seconds)));
        assert_eq!(earlier.no_later_than(end), earlier);
        for longer in [SecretExpiry::At(end), later, SecretExpiry::Never] {
            assert_eq!(longer.no_later_than(end), SecretExpiry::At(end));
        }
    }

    #[rstest]
    #[case("0", "2026-11-21T10:30:00Z")]
    #[case("86400", "2026-11-22T10:30:00Z")]
    #[case("2592000", "2026-12-21T10:30:00Z")]
    fn an_overlap_ends_in_whole_seconds(#[case] seconds: &str, #[case] expected: &str) {
        let overlap: RotationOverlap = seconds.parse().unwrap();
        assert_eq!(overlap.end(instant("2026-11-21T10:30:00.9Z")), instant(expected));
        assert_eq!(overlap == RotationOverlap::default(), seconds == "86400");
    }

    #[rstest]
    #[case("-1")]
    #[case("2592001")]
    #[case("99999999999999999999")]
    #[case("1e400")]
    #[case("0.5")]
    #[case("")]
    fn an_overlap_is_bounded(#[case] seconds: &str) {
        let error = seconds.parse::<RotationOverlap>().unwrap_err().to_string();
        let expected =
            format!("It must be a whole number of seconds from 0 to 2,592,000 (30 days). This is “{seconds}”.");
        assert_eq!(error, expected);
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
