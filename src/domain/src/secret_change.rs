//! How programs say when a secret ends: with `Expires` and `Expiration`, each of which may be left out.

use crate::field::{Field, FieldError};
use crate::secret::SecretExpiry;

/// What is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpiryChange {
    /// Whether it ends at all.
    pub expires: Option<bool>,
    /// When, as RFC 3339 writes an instant.
    pub expiration: Option<String>,
}

impl ExpiryChange {
    /// What it means for a new secret, which is not left without an expiry by mistake: never must be said.
    ///
    /// # Errors
    /// When it says nothing, too little, or both one and the other.
    pub fn on_add(&self) -> Result<SecretExpiry, FieldError> {
        self.read()?.ok_or_else(missing)
    }

    /// What it means for a secret that ends as `current` says. Nothing said is nothing changed.
    ///
    /// # Errors
    /// When it says too little, or both one and the other.
    pub fn on_edit(&self, current: SecretExpiry) -> Result<SecretExpiry, FieldError> {
        Ok(self.read()?.unwrap_or(current))
    }

    fn read(&self) -> Result<Option<SecretExpiry>, FieldError> {
        match (self.expires, &self.expiration) {
            (None, None) => Ok(None),
            (Some(false), None) => Ok(Some(SecretExpiry::Never)),
            (Some(true), None) => Err(missing()),
            (Some(false), Some(_)) => Err(wrong(
                "A secret that never expires has no Expiration Date. Leave out Expiration, or send Expires as true.",
            )),
            (None | Some(true), Some(instant)) => SecretExpiry::parse(instant).map(Some),
        }
    }
}

fn missing() -> FieldError {
    wrong("Expiration Date is missing. Send Expiration, or Expires as false for a secret that never expires.")
}

fn wrong(message: &str) -> FieldError {
    FieldError::new(Field::ExpirationDate, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const DATE: &str = "2027-11-21T10:30:00Z";

    fn date() -> SecretExpiry {
        SecretExpiry::parse(DATE).unwrap()
    }

    fn current() -> SecretExpiry {
        SecretExpiry::parse("2030-01-01T00:00:00Z").unwrap()
    }

    fn change(expires: Option<bool>, expiration: Option<&str>) -> ExpiryChange {
        ExpiryChange {
            expires,
            expiration: expiration.map(str::to_owned),
        }
    }

    #[rstest]
    #[case(None, None, None, Some(current()))]
    #[case(None, Some(DATE), Some(date()), Some(date()))]
    #[case(Some(true), None, None, None)]
    #[case(Some(true), Some(DATE), Some(date()), Some(date()))]
    #[case(Some(false), None, Some(SecretExpiry::Never), Some(SecretExpiry::Never))]
    #[case(Some(false), Some(DATE), None, None)]
    fn what_is_said_means(
        #[case] expires: Option<bool>,
        #[case] expiration: Option<&str>,
        #[case] added: Option<SecretExpiry>,
        #[case] edited: Option<SecretExpiry>,
    ) {
        let change = change(expires, expiration);
        assert_eq!(change.on_add().ok(), added);
        assert_eq!(change.on_edit(current()).ok(), edited);
        assert_eq!(change.on_edit(SecretExpiry::Never).is_ok(), edited.is_some());
    }

    #[rstest]
    #[case("2027-11-21")]
    #[case("2027-11-21T10:30:00")]
    #[case("+12027-11-21T10:30:00Z")]
    fn a_date_that_is_none_is_refused_with_the_form_of_one(#[case] expiration: &str) {
        let change = change(None, Some(expiration));
        for error in [change.on_add().unwrap_err(), change.on_edit(current()).unwrap_err()] {
            assert_eq!(error.field, Field::ExpirationDate);
            assert!(
                error.message.contains("such as 2027-11-21T10:30:00Z."),
                "{}",
                error.message
            );
        }
    }
}
