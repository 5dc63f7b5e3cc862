//! What only programs set of a person; the page shows and asks none of it.

use serde::{Deserialize, Serialize};

use crate::field::{Checked, Field, FieldError};
use crate::text::bounded;
use crate::user::address;

/// Who a person is to others. Every text may be empty, and has up to 128 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserExtras {
    /// Their given name.
    pub given_name: String,
    /// Their surname.
    pub surname: String,
    /// The e-mail address at which they want to be reached.
    pub contact_email: String,
    /// The given name by which they want to be called.
    pub contact_given_name: String,
    /// The surname by which they want to be called.
    pub contact_surname: String,
    /// Their id in another system.
    pub external_user_id: String,
    /// The id of the system that they come from.
    pub identity_provider_id: String,
}

impl UserExtras {
    /// Reads them; every wrong one has its message.
    pub fn check(&self) -> Checked<Self> {
        let mut errors = Vec::new();
        let mut kept = |read: Result<String, FieldError>| {
            read.unwrap_or_else(|error| {
                errors.push(error);
                String::new()
            })
        };
        let extras = Self {
            given_name: kept(bounded(Field::GivenName, &self.given_name, 0)),
            surname: kept(bounded(Field::Surname, &self.surname, 0)),
            contact_email: kept(contact_email(&self.contact_email)),
            contact_given_name: kept(bounded(Field::ContactGivenName, &self.contact_given_name, 0)),
            contact_surname: kept(bounded(Field::ContactSurname, &self.contact_surname, 0)),
            external_user_id: kept(bounded(Field::ExternalUserId, &self.external_user_id, 0)),
            identity_provider_id: kept(bounded(Field::IdentityProviderId, &self.identity_provider_id, 0)),
        };
        if errors.is_empty() { Ok(extras) } else { Err(errors) }
    }
}

fn contact_email(text: &str) -> Result<String, FieldError> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    address(Field::ContactEmail, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_is_trimmed() {
        let extras = UserExtras {
            given_name: " Ana ".to_owned(),
            contact_email: " ana@example.com ".to_owned(),
            ..UserExtras::default()
        };
        let expected = UserExtras {
            given_name: "Ana".to_owned(),
            contact_email: "ana@example.com".to_owned(),
            ..UserExtras::default()
        };
        assert_eq!(extras.check(), Ok(expected));
    }

    #[test]
    fn names_every_wrong_field() {
        let long = || "x".repeat(129);
        let extras = UserExtras {
            given_name: long(),
            surname: long(),
            contact_email: "nobody".to_owned(),
            contact_given_name: long(),
            contact_surname: long(),
            external_user_id: long(),
            identity_provider_id: "a\u{0}b".to_owned(),
        };
        let errors = extras.check().unwrap_err();
        let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
        assert_eq!(
            fields,
            [
                Field::GivenName,
                Field::Surname,
                Field::ContactEmail,
                Field::ContactGivenName,
                Field::ContactSurname,
                Field::ExternalUserId,
                Field::IdentityProviderId,
            ]
        );
        assert_eq!(errors[0].message, "Given Name is at most 128 characters. This has 129.");
        assert!(errors[2].message.starts_with("Contact E-mail is an address such as "));
    }
}
