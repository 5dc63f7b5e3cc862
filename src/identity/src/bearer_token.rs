//! How an access token is shown to us (RFC 6750), and how one is refused.

use secrecy::{ExposeSecret, SecretString};

use crate::form::{Form, is_form};

/// Why a request with an access token is refused (section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BearerError {
    /// There was none. Such a request isn't told more.
    #[error("An access token is missing.")]
    Missing,
    /// It was shown twice.
    #[error("The access token is sent more than once.")]
    InvalidRequest,
    /// It isn't ours, is over or was taken back.
    #[error("The access token is not valid.")]
    InvalidToken,
    /// It doesn't open this.
    #[error("The access token lacks the scope openid.")]
    InsufficientScope,
}

impl BearerError {
    /// The HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest => 400,
            Self::Missing | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
        }
    }

    /// The value of `WWW-Authenticate`.
    pub fn www_authenticate(self) -> String {
        let code = match self {
            Self::Missing => return r#"Bearer realm="clientele""#.to_owned(),
            Self::InvalidRequest => "invalid_request",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
        };
        format!(r#"Bearer realm="clientele", error="{code}", error_description="{self}""#)
    }
}

/// Reads the token from the `Authorization` header or, in a form, from the body (sections 2.1 and 2.2). It is never read
/// from a query, which ends up in logs.
pub fn read(
    authorization: Option<&[u8]>,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<SecretString, BearerError> {
    let sent = if is_form(content_type) && !body.is_empty() {
        let form = Form::read(content_type, body).map_err(|_| BearerError::InvalidRequest)?;
        form.get("access_token").cloned()
    } else {
        None
    };
    match (authorization.map(from_header), sent) {
        (None, None) => Err(BearerError::Missing),
        (None, Some(token)) => Ok(token),
        (Some(token), None) => token.ok_or(BearerError::Missing),
        (Some(_), Some(_)) => Err(BearerError::InvalidRequest),
    }
}

fn from_header(authorization: &[u8]) -> Option<SecretString> {
    let text = std::str::from_utf8(authorization).ok()?;
    let (scheme, token) = text.split_once(' ')?;
    let token = SecretString::from(token.trim());
    let is_bearer = scheme.eq_ignore_ascii_case("bearer") && !token.expose_secret().is_empty();
    is_bearer.then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

    #[rstest]
    #[case(Some("Bearer abc"), None, "", Ok("abc"))]
    #[case(Some("bearer  abc"), FORM, "", Ok("abc"))]
    #[case(None, FORM, "access_token=abc", Ok("abc"))]
    #[case(Some("Bearer abc"), FORM, "x=1", Ok("abc"))]
    #[case(None, None, "access_token=abc", Err(BearerError::Missing))]
    #[case(None, FORM, "", Err(BearerError::Missing))]
    #[case(Some("Basic abc"), None, "", Err(BearerError::Missing))]
    #[case(Some("Bearer "), None, "", Err(BearerError::Missing))]
    #[case(Some("Bearer abc"), FORM, "access_token=abc", Err(BearerError::InvalidRequest))]
    #[case(None, FORM, "access_token=a&access_token=b", Err(BearerError::InvalidRequest))]
    fn is_read_from_header_or_form(
        #[case] authorization: Option<&str>,
        #[case] content_type: Option<&str>,
        #[case] body: &str,
        #[case] expected: Result<&str, BearerError>,
    ) {
        let read = read(authorization.map(str::as_bytes), content_type, body.as_bytes());
        let token = read.as_ref().map(ExposeSecret::expose_secret).map_err(|error| *error);
        assert_eq!(token, expected);
    }

    #[test]
    fn who_shows_none_is_told_only_how() {
        assert_eq!(BearerError::Missing.www_authenticate(), r#"Bearer realm="clientele""#);
        let told = BearerError::InsufficientScope.www_authenticate();
        assert!(told.contains(r#"error="insufficient_scope""#), "{told}");
    }

    proptest! {
        #[test]
        fn never_panics(authorization in proptest::collection::vec(any::<u8>(), 0..60), body: Vec<u8>) {
            let _ = read(Some(&authorization), FORM, &body);
        }
    }
}
