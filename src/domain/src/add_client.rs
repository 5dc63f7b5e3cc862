//! The command to add a client-credentials client, and the form that it is read from.

use serde::{Deserialize, Serialize};

use crate::client::ClientName;
use crate::field::FieldError;
use crate::role::RoleId;
use crate::secret::{NewSecret, SecretDescription, SecretExpiry};
use crate::token_lifetime::TokenLifetime;

/// What a person typed into **Add Client** and **Create Secret**, as it crosses the wire. [`check`](Self::check) reads it:
/// in the browser to show errors at once, on the server because a browser can't be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddClientForm {
    /// **Name**.
    pub name: String,
    /// **Token Lifetime**, in seconds; empty for the default.
    pub token_lifetime: String,
    /// The chosen roles. The server adds Tenant Member.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// **Description** of the secret.
    pub description: String,
    /// **Expiration Date** as an RFC 3339 instant; not read when the secret never expires.
    pub expiration: String,
    /// **Never Expires**.
    #[serde(default)]
    pub never_expires: bool,
}

/// A client-credentials client to be added with its first secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddClient {
    /// Its name.
    pub name: ClientName,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Its roles.
    pub roles: Vec<RoleId>,
    /// Its first secret.
    pub secret: NewSecret,
}

impl AddClientForm {
    /// Reads the fields of the first step.
    pub fn check_client(&self) -> Result<(ClientName, TokenLifetime), Vec<FieldError>> {
        both(
            ClientName::parse(&self.name),
            TokenLifetime::parse(&self.token_lifetime),
        )
    }

    /// Reads the fields of the second step.
    pub fn check_secret(&self) -> Result<NewSecret, Vec<FieldError>> {
        let expiry = if self.never_expires {
            Ok(SecretExpiry::Never)
        } else {
            SecretExpiry::parse(&self.expiration)
        };
        let (description, expiry) = both(SecretDescription::parse(&self.description), expiry)?;
        Ok(NewSecret { description, expiry })
    }

    /// Reads all of it; on failure every wrong field is named, in the order of the form.
    pub fn check(&self) -> Result<AddClient, Vec<FieldError>> {
        match (self.check_client(), self.check_secret()) {
            (Ok((name, token_lifetime)), Ok(secret)) => {
                let mut roles = self.roles.clone();
                roles.sort_unstable();
                roles.dedup();
                Ok(AddClient {
                    name,
                    token_lifetime,
                    roles,
                    secret,
                })
            }
            (client, secret) => Err([client.err(), secret.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

/// Both values, or the errors of both.
fn both<A, B>(a: Result<A, FieldError>, b: Result<B, FieldError>) -> Result<(A, B), Vec<FieldError>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err([a.err(), b.err()].into_iter().flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    #[test]
    fn names_every_wrong_field_in_order() {
        let form = AddClientForm {
            name: "  ".to_owned(),
            token_lifetime: "59".to_owned(),
            description: "x".repeat(129),
            ..AddClientForm::default()
        };
        let fields: Vec<Field> = form.check().unwrap_err().into_iter().map(|e| e.field).collect();
        assert_eq!(
            fields,
            [
                Field::Name,
                Field::TokenLifetime,
                Field::Description,
                Field::ExpirationDate
            ]
        );
    }

    #[test]
    fn a_secret_that_never_expires_needs_no_date() {
        let form = AddClientForm {
            name: " Pump station 7 ".to_owned(),
            never_expires: true,
            expiration: "nonsense".to_owned(),
            ..AddClientForm::default()
        };
        let command = form.check().unwrap();
        assert_eq!(command.name.as_str(), "Pump station 7");
        assert_eq!(command.token_lifetime.seconds(), 3600);
        assert_eq!(command.secret.expiry, SecretExpiry::Never);
    }
}
