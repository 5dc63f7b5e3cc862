//! How long an access token lives.

use serde::{Deserialize, Serialize};

use crate::field::{Field, FieldError};

/// Seconds from `iat` to `exp` of an access token, 60 to 3600. Also `expires_in` (RFC 6749, section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct TokenLifetime(u16);

impl TokenLifetime {
    /// The shortest lifetime, in seconds.
    pub const MIN: i64 = 60;
    /// The longest lifetime, in seconds.
    pub const MAX: i64 = 3600;

    /// The lifetime in seconds.
    pub fn seconds(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads what a person typed. An empty box means the default.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse(&format!("“{}” is not a whole number.", shorten(text))));
        }
        match text.parse::<i64>() {
            Ok(seconds) => Self::try_from(seconds),
            Err(_) if text.starts_with('-') => Err(refuse("This is too short.")),
            Err(_) => Err(refuse("This is too long.")),
        }
    }
}

impl Default for TokenLifetime {
    /// One hour, which is also the maximum.
    fn default() -> Self {
        Self(3600)
    }
}

impl TryFrom<i64> for TokenLifetime {
    type Error = FieldError;

    fn try_from(seconds: i64) -> Result<Self, FieldError> {
        match u16::try_from(seconds) {
            _ if seconds < Self::MIN => Err(refuse(&format!("{seconds} is too short."))),
            Ok(value) if seconds <= Self::MAX => Ok(Self(value)),
            _ => Err(refuse(&format!("{seconds} is too long."))),
        }
    }
}

impl From<TokenLifetime> for i64 {
    fn from(lifetime: TokenLifetime) -> Self {
        lifetime.seconds()
    }
}

fn refuse(reason: &str) -> FieldError {
    let (min, max) = (TokenLifetime::MIN, TokenLifetime::MAX);
    FieldError::new(
        Field::TokenLifetime,
        format!("Token Lifetime is {min} to {max} seconds. {reason}"),
    )
}

/// A message quotes what was typed, but not a page of it.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 20 {
        return text.to_owned();
    }
    text.chars().take(20).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("60", 60)]
    #[case(" 3600 ", 3600)]
    #[case("", 3600)]
    #[case("0900", 900)]
    fn accepts(#[case] text: &str, #[case] seconds: i64) {
        assert_eq!(TokenLifetime::parse(text).unwrap().seconds(), seconds);
    }

    #[rstest]
    #[case("59", "59 is too short.")]
    #[case("-1", "-1 is too short.")]
    #[case("3601", "3601 is too long.")]
    #[case("99999999999999999999", "This is too long.")]
    #[case("12.5", "“12.5” is not a whole number.")]
    #[case("+60", "“+60” is not a whole number.")]
    #[case("-", "“-” is not a whole number.")]
    fn refuses(#[case] text: &str, #[case] reason: &str) {
        let error = TokenLifetime::parse(text).unwrap_err();
        assert_eq!(error.field, Field::TokenLifetime);
        assert_eq!(error.message, format!("Token Lifetime is 60 to 3600 seconds. {reason}"));
    }

    proptest! {
        #[test]
        fn holds_its_bounds(seconds in any::<i64>()) {
            let parsed = TokenLifetime::parse(&seconds.to_string());
            prop_assert_eq!(parsed.is_ok(), (60..=3600).contains(&seconds));
            prop_assert_eq!(parsed, TokenLifetime::try_from(seconds));
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = TokenLifetime::parse(&text);
        }
    }
}
