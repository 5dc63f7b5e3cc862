//! What a client is (RFC 6749, section 2).

use serde::{Deserialize, Serialize};

use crate::field::{Field, FieldError};
pub use crate::id::ClientId;
use crate::text::bounded;

/// The most clients of all kinds that one tenant may have.
pub const MAX_CLIENTS: i64 = 50_000;

/// The three kinds of clients. A client never changes its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClientKind {
    /// Server to server, without a person (RFC 6749, section 4.4).
    #[default]
    ClientCredentials,
    /// A public client that signs people in (RFC 6749, section 4.1, with PKCE).
    AuthorizationCode,
    /// A confidential client that signs people in (OpenID Connect Core, section 3.3).
    Hybrid,
}

impl ClientKind {
    /// All kinds, in the order of the **Client Type** list.
    pub const ALL: [Self; 3] = [Self::ClientCredentials, Self::AuthorizationCode, Self::Hybrid];

    /// What the **Client Type** list shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ClientCredentials => "Client-Credentials Client",
            Self::AuthorizationCode => "Authorization Code",
            Self::Hybrid => "Hybrid",
        }
    }

    /// The value of the option, which is also what stands in the page's address.
    pub const fn value(self) -> &'static str {
        match self {
            Self::ClientCredentials => "Client-Credentials",
            Self::AuthorizationCode => "Authorization Code Client",
            Self::Hybrid => "Hybrid Client",
        }
    }

    /// Whether it has secrets: an application in a browser or on a phone couldn't keep one (RFC 6749, section 2.1).
    pub const fn has_secrets(self) -> bool {
        !matches!(self, Self::AuthorizationCode)
    }

    /// Whether it has roles of its own; the others act with those of the people who sign in.
    pub const fn has_roles(self) -> bool {
        matches!(self, Self::ClientCredentials)
    }

    /// Whether people sign in with it.
    pub const fn signs_people_in(self) -> bool {
        !matches!(self, Self::ClientCredentials)
    }

    /// Whether its pages call the server from a browser.
    pub const fn has_cors_origins(self) -> bool {
        matches!(self, Self::AuthorizationCode)
    }

    /// Whether it may be let to get access tokens through the browser (OpenID Connect Core, section 3.3).
    pub const fn has_tokens_via_browser(self) -> bool {
        matches!(self, Self::Hybrid)
    }

    /// The kind with this [`value`](Self::value).
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.value() == value)
    }
}

/// The name of a client: 1 to 128 characters after trimming. Names need not be unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientName(String);

impl ClientName {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        bounded(Field::Name, text, 1).map(Self)
    }

    /// The name as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
