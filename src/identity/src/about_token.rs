//! A request about a token that a client holds: to take it back (RFC 7009, section 2.1), or what it is worth (RFC 7662,
//! section 2.1).

use secrecy::SecretString;

use crate::client_authentication::ClientAuthentication;
use crate::error::TokenError;
use crate::form::Form;

/// A well-formed request. Whether the client is who it claims to be isn't known yet.
#[derive(Clone, Debug)]
pub struct AboutToken {
    /// Who asks.
    pub client: ClientAuthentication,
    /// The token, of whatever kind: a hint of the kind is not needed.
    pub token: SecretString,
}

impl AboutToken {
    /// Reads a request: the `Authorization` and `Content-Type` headers and the body.
    ///
    /// # Errors
    /// Every [`TokenError`] that shows without looking the client up.
    pub fn read(authorization: Option<&[u8]>, content_type: Option<&str>, body: &[u8]) -> Result<Self, TokenError> {
        let form = Form::read(content_type, body)?;
        let client = ClientAuthentication::read(authorization, &form)?;
        let token = form
            .get("token")
            .ok_or(TokenError::InvalidRequest("The parameter token is missing."))?;
        Ok(Self {
            client,
            token: token.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use secrecy::ExposeSecret;

    fn read(body: &str) -> Result<AboutToken, TokenError> {
        AboutToken::read(None, Some("application/x-www-form-urlencoded"), body.as_bytes())
    }

    #[test]
    fn takes_any_token_and_no_hint() {
        let read = read("client_id=x&token=hidden&token_type_hint=whatever").unwrap();
        assert_eq!(read.token.expose_secret(), "hidden");
        assert!(!format!("{read:?}").contains("hidden"));
    }

    #[rstest]
    #[case("token=t", "invalid_client")]
    #[case("client_id=x", "invalid_request")]
    #[case("client_id=x&token=", "invalid_request")]
    #[case("client_id=x&token=t&token=t", "invalid_request")]
    fn refuses(#[case] body: &str, #[case] code: &str) {
        assert_eq!(read(body).unwrap_err().code(), code);
    }
}
