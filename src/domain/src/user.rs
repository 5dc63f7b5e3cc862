//! People who sign in.

use crate::field::{Field, FieldError};
pub use crate::id::UserId;
use crate::text::{bounded, fold};

/// The fewest characters of a password.
pub const MIN_PASSWORD: usize = 12;
/// The most characters of a password: enough for any phrase, too few to keep the server busy.
pub const MAX_PASSWORD: usize = 128;

/// The name of a person: 1 to 128 characters after trimming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(String);

impl UserName {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Name, text, 1).map(Self)
    }

    /// The name as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address. It is unique in the installation without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads what a person typed: something, one `@`, something, without spaces, at most 128 characters. Whether it
    /// reaches anybody only a message could tell.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        address(Field::Email, text).map(Self)
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// Reads an address, as [`Email::parse`] does, for any field.
pub(crate) fn address(field: Field, text: &str) -> Result<String, FieldError> {
    let text = bounded(field, text, 1)?;
    let right = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
    });
    if right {
        return Ok(text);
    }
    let label = field.label();
    Err(FieldError::new(
        field,
        format!("{label} is an address such as name@example.com, with one @ and no spaces."),
    ))
}

/// Checks that a new password has [`MIN_PASSWORD`] to [`MAX_PASSWORD`] characters. Passwords are not trimmed.
pub fn check_password(password: &str) -> Result<(), FieldError> {
    let length = password.chars().count();
    let reason = if length < MIN_PASSWORD {
        "is too short"
    } else if length > MAX_PASSWORD {
        "is too long"
    } else {
        return Ok(());
    };
    Err(FieldError::new(
        Field::Password,
        format!("Password is {MIN_PASSWORD} to {MAX_PASSWORD} characters. This one {reason}."),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("a@b", true)]
    #[case(" Ops@Example.com ", true)]
    #[case("a@b@c", false)]
    #[case("@b", false)]
    #[case("a@", false)]
    #[case("a b@c", false)]
    #[case("", false)]
    fn an_address_has_two_parts(#[case] text: &str, #[case] right: bool) {
        assert_eq!(Email::parse(text).is_ok(), right);
    }

    #[test]
    fn addresses_compare_without_case() {
        assert_eq!(Email::parse("Ops@Example.com").unwrap().key(), "ops@example.com");
    }

    #[test]
    fn a_password_is_bounded() {
        assert!(check_password("elevenchars").is_err());
        assert!(check_password("twelve chars").is_ok());
        assert!(check_password(&"x".repeat(129)).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = Email::parse(&text);
            let _ = check_password(&text);
        }
    }
}
