//! The form that a secret is made or changed with.

use serde::{Deserialize, Serialize};

use crate::field::{Checked, both, one};
use crate::secret::{NewSecret, SecretDescription, SecretExpiry};

/// What a person typed into **Create Secret**, **Add Secret** or **Edit Secret**, as it crosses the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretForm {
    /// **Description**.
    pub description: String,
    /// **Expiration Date** as an RFC 3339 instant; not read when the secret never expires.
    pub expiration: String,
    /// **Never Expires**.
    #[serde(default)]
    pub never_expires: bool,
}

impl SecretForm {
    /// What is filled in for a secret that ends so.
    pub fn of(description: String, expiry: SecretExpiry) -> Self {
        Self {
            description,
            expiration: expiry.at().map(|at| at.to_rfc3339()).unwrap_or_default(),
            never_expires: expiry == SecretExpiry::Never,
        }
    }

    /// Reads it: in the browser to show errors at once, on the server because a browser can't be trusted.
    pub fn check(&self) -> Checked<NewSecret> {
        let expiry = if self.never_expires {
            Ok(SecretExpiry::Never)
        } else {
            SecretExpiry::parse(&self.expiration)
        };
        let (description, expiry) = both(one(SecretDescription::parse(&self.description)), one(expiry))?;
        Ok(NewSecret { description, expiry })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use rstest::rstest;

    #[test]
    fn a_secret_that_never_expires_needs_no_date() {
        let form = SecretForm {
            never_expires: true,
            expiration: "nonsense".to_owned(),
            ..SecretForm::default()
        };
        assert_eq!(form.check().unwrap().expiry, SecretExpiry::Never);
    }

    #[rstest]
    #[case(SecretExpiry::Never)]
    #[case(SecretExpiry::parse("2027-11-21T10:30:00Z").unwrap())]
    fn what_is_filled_in_is_read_again(#[case] expiry: SecretExpiry) {
        let new = SecretForm::of("spare".to_owned(), expiry).check().unwrap();
        assert_eq!((new.description.as_str(), new.expiry), ("spare", expiry));
    }

    #[test]
    fn names_every_wrong_field_in_order() {
        let form = SecretForm {
            description: "x".repeat(129),
            ..SecretForm::default()
        };
        let fields: Vec<Field> = form.check().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::Description, Field::ExpirationDate]);
    }
}
