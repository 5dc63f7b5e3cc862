//! What the token endpoint and its neighbours refuse, in the words of RFC 6749, section 5.2.

use serde::Serialize;

use crate::client_authentication::Method;

/// A refused token request. The description is fixed text: it never repeats what was sent, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The request isn't one that RFC 6749 knows; what is wrong with it.
    #[error("{0}")]
    InvalidRequest(&'static str),
    /// The client is unknown, disabled, or its secret wrong or over: one answer for all, so that none is told from
    /// another.
    #[error("The client is unknown or its secret is wrong.")]
    InvalidClient {
        /// Whether the client used the `Authorization` header; then the answer carries a challenge.
        challenge: bool,
    },
    /// As [`InvalidClient`](Self::InvalidClient), after too many of them.
    #[error("Too many wrong secrets. Wait before you try again.")]
    TooManyWrongSecrets {
        /// After how many seconds the next try is looked at as any other.
        retry_after: u64,
    },
    /// The client may not use this grant.
    #[error("The client may not use this grant type.")]
    UnauthorizedClient,
    /// The grant type isn't one of those that discovery lists.
    #[error("The grant type is not supported.")]
    UnsupportedGrantType,
    /// A scope that this grant can't give.
    #[error("The scope is not one that this grant gives.")]
    InvalidScope,
    /// A code or refresh token that is over, was used, belongs to another client, or doesn't fit the rest of the request;
    /// which of these, the log says.
    #[error("The code or refresh token is not valid, or was not issued for this request.")]
    InvalidGrant,
    /// A token that can't be taken back (RFC 7009, section 2.2.1).
    #[error("A token that a client got for itself can't be revoked: it ends by its time.")]
    UnsupportedTokenType,
}

impl TokenError {
    /// [`InvalidClient`](Self::InvalidClient), for a client that authenticated in this way, or not at all.
    pub fn invalid_client(method: Option<Method>) -> Self {
        Self::InvalidClient {
            challenge: method == Some(Method::ClientSecretBasic),
        }
    }

    /// The `error` of the answer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient { .. } | Self::TooManyWrongSecrets { .. } => "invalid_client",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedTokenType => "unsupported_token_type",
        }
    }

    /// The HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient { .. } => 401,
            Self::TooManyWrongSecrets { .. } => 429,
            _ => 400,
        }
    }

    /// The value of `WWW-Authenticate`, for an answer that has one.
    pub const fn www_authenticate(self) -> Option<&'static str> {
        match self {
            Self::InvalidClient { challenge: true } => Some(r#"Basic realm="clientele", charset="UTF-8""#),
            _ => None,
        }
    }

    /// The value of `Retry-After` in seconds, for an answer that has one.
    pub const fn retry_after(self) -> Option<u64> {
        match self {
            Self::TooManyWrongSecrets { retry_after } => Some(retry_after),
            _ => None,
        }
    }

    /// The body of the answer.
    pub fn body(self) -> ErrorBody {
        ErrorBody {
            error: self.code(),
            error_description: self.to_string(),
        }
    }
}

/// The JSON that tells a client why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The code.
    pub error: &'static str,
    /// A sentence for the developer who reads it.
    pub error_description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_basic_is_challenged() {
        let basic = TokenError::invalid_client(Some(Method::ClientSecretBasic));
        assert_eq!(basic.status(), 401);
        assert!(basic.www_authenticate().unwrap().starts_with("Basic "));
        let post = TokenError::invalid_client(Some(Method::ClientSecretPost));
        assert_eq!((post.status(), post.www_authenticate()), (401, None));
    }

    #[test]
    fn too_many_is_still_invalid_client() {
        let error = TokenError::TooManyWrongSecrets { retry_after: 9 };
        assert_eq!(
            (error.status(), error.code(), error.retry_after()),
            (429, "invalid_client", Some(9))
        );
    }

    #[test]
    fn descriptions_hold_only_permitted_characters() {
        for error in [
            TokenError::invalid_client(None),
            TokenError::TooManyWrongSecrets { retry_after: 1 },
            TokenError::UnauthorizedClient,
            TokenError::UnsupportedGrantType,
            TokenError::InvalidScope,
            TokenError::InvalidGrant,
            TokenError::UnsupportedTokenType,
        ] {
            let text = error.body().error_description;
            assert!(
                text.bytes()
                    .all(|b| (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\'),
                "{text}"
            );
        }
    }
}
