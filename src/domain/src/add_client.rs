//! The command to add a client, and the form that it is read from.

use serde::{Deserialize, Serialize};

use crate::client::{ClientId, ClientKind};
use crate::client_form::{ClientForm, ClientSettings};
use crate::field::{Checked, both};
use crate::secret::NewSecret;
use crate::secret_form::SecretForm;

/// What a person typed into **Add Client** and **Create Secret**, as it crosses the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddClientForm {
    /// Its id, if a program chooses it.
    #[serde(default)]
    pub id: Option<ClientId>,
    /// **Client Type**.
    pub kind: ClientKind,
    /// The first step.
    pub client: ClientForm,
    /// The second step; not read for a kind without secrets.
    pub secret: SecretForm,
}

/// A client to be added with its first secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddClient {
    /// Its id, if a program chose it.
    pub id: Option<ClientId>,
    /// Its kind.
    pub kind: ClientKind,
    /// What the person decided.
    pub settings: ClientSettings,
    /// Its first secret, if its kind has secrets.
    pub secret: Option<NewSecret>,
}

impl AddClientForm {
    /// Reads all of it; on failure every wrong field is named, in the order of the form.
    pub fn check(&self) -> Checked<AddClient> {
        let secret = if self.kind.has_secrets() {
            self.secret.check().map(Some)
        } else {
            Ok(None)
        };
        let (settings, secret) = both(self.client.check(self.kind), secret)?;
        Ok(AddClient {
            id: self.id,
            kind: self.kind,
            settings,
            secret,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use rstest::rstest;

    #[rstest]
    #[case(ClientKind::ClientCredentials, &[Field::Name, Field::TokenLifetime, Field::ExpirationDate])]
    #[case(ClientKind::AuthorizationCode, &[Field::Name, Field::RedirectUrls, Field::TokenLifetime])]
    #[case(ClientKind::Hybrid, &[Field::Name, Field::RedirectUrls, Field::TokenLifetime, Field::ExpirationDate])]
    fn names_every_wrong_field_of_both_steps(#[case] kind: ClientKind, #[case] expected: &[Field]) {
        let client = ClientForm {
            token_lifetime: "59".to_owned(),
            ..ClientForm::default()
        };
        let form = AddClientForm {
            kind,
            client,
            ..AddClientForm::default()
        };
        let errors = form.check().unwrap_err();
        assert_eq!(
            errors.into_iter().map(|error| error.field).collect::<Vec<_>>(),
            expected
        );
    }
}
