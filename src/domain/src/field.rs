//! What is wrong with a field, in the words that a person reads beside it.

use serde::{Deserialize, Serialize};

/// A field of a form, named as its label names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// **Name** of a client, tenant or user.
    Name,
    /// **Token Lifetime** of a client.
    TokenLifetime,
    /// **Tenant Roles** and **Community Roles** of a client.
    Roles,
    /// **Description** of a secret.
    Description,
    /// **Expiration Date** of a secret.
    ExpirationDate,
    /// **E-mail** of a person.
    Email,
    /// **Password** of a person.
    Password,
}

impl Field {
    /// The label that stands at the field.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::TokenLifetime => "Token Lifetime",
            Self::Roles => "Roles",
            Self::Description => "Description",
            Self::ExpirationDate => "Expiration Date",
            Self::Email => "E-mail",
            Self::Password => "Password",
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
