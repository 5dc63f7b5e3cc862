//! What is wrong with a field, in the words that a person reads beside it.

use serde::{Deserialize, Serialize};

/// A field of a form, named as its label names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// **Name** of a client, tenant, role or user.
    Name,
    /// **Allowed Redirect URL(s)** of a client.
    RedirectUrls,
    /// **Allowed Logout Redirect URL(s)** of a client.
    LogoutRedirectUrls,
    /// **Allowed CORS Origin(s)** of a client.
    CorsOrigins,
    /// **Token Lifetime** of a client.
    TokenLifetime,
    /// **Tenant Roles** and **Community Roles** of a client; **Roles** of a user.
    Roles,
    /// **Description** of a secret or role.
    Description,
    /// **Expiration Date** of a secret.
    ExpirationDate,
    /// **E-mail** of a person.
    Email,
    /// **Password** of a person.
    Password,
    /// The tags of a client, which programs set.
    Tags,
    /// The address of a client's home page, which programs set.
    ClientUri,
    /// The address of a client's picture, which programs set.
    LogoUri,
    /// The given name of a person.
    GivenName,
    /// The surname of a person.
    Surname,
    /// The e-mail address at which a person wants to be reached.
    ContactEmail,
    /// The given name by which a person wants to be called.
    ContactGivenName,
    /// The surname by which a person wants to be called.
    ContactSurname,
    /// The id of a person in another system.
    ExternalUserId,
    /// The id of the system that a person comes from.
    IdentityProviderId,
}

impl Field {
    /// The label that stands at the field.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::RedirectUrls => "Allowed Redirect URL(s)",
            Self::LogoutRedirectUrls => "Allowed Logout Redirect URL(s)",
            Self::CorsOrigins => "Allowed CORS Origin(s)",
            Self::TokenLifetime => "Token Lifetime",
            Self::Roles => "Roles",
            Self::Description => "Description",
            Self::ExpirationDate => "Expiration Date",
            Self::Email => "E-mail",
            Self::Password => "Password",
            // What is wrong is said of each one.
            Self::Tags => "Tag",
            Self::ClientUri => "Client URI",
            Self::LogoUri => "Logo URI",
            Self::GivenName => "Given Name",
            Self::Surname => "Surname",
            Self::ContactEmail => "Contact E-mail",
            Self::ContactGivenName => "Contact Given Name",
            Self::ContactSurname => "Contact Surname",
            Self::ExternalUserId => "External User ID",
            Self::IdentityProviderId => "Identity Provider ID",
        }
    }
}

/// One wrong field: which one, and a sentence that names it, its bound and what was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct FieldError {
    /// The field at which the message stands.
    pub field: Field,
    /// The message.
    pub message: String,
}

impl FieldError {
    /// An error at `field`.
    pub fn new(field: Field, message: impl Into<String>) -> Self {
        Self {
            field,
            message: message.into(),
        }
    }
}

/// Both values, or the errors of both.
pub(crate) fn both<A, B>(a: Checked<A>, b: Checked<B>) -> Checked<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err([a.err(), b.err()].into_iter().flatten().flatten().collect()),
    }
}

/// A value that was read from a form, or every error in it.
pub type Checked<T> = Result<T, Vec<FieldError>>;

/// The one error as a list.
pub(crate) fn one<T>(result: Result<T, FieldError>) -> Checked<T> {
    result.map_err(|error| vec![error])
}
