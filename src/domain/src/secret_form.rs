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

    #[test]
    fn a_secret_that_never_expires_needs_no_date() {
        let form = SecretForm {
            never_expires: true,
            expiration: "nonsense".to_owned(),
            ..SecretForm::default()
        };
        assert_eq!(form.check().unwrap().expiry, SecretExpiry::Never);
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
