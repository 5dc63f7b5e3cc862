//! What a request to the token endpoint asks for (RFC 6749, section 4.4.2).

use secrecy::ExposeSecret;

use crate::client_authentication::ClientAuthentication;
use crate::error::TokenError;
use crate::form::Form;

/// The scope that opens the REST API.
pub const SCOPE_OCSAPI: &str = "ocsapi";

/// The grant types that work.
pub const GRANT_TYPES: [&str; 1] = ["client_credentials"];

/// A well-formed token request. Whether the client is who it claims to be isn't known yet.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// Who asks.
    pub client: ClientAuthentication,
    /// For what.
    pub grant: Grant,
}

/// What a client offers in exchange for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Nothing but itself (RFC 6749, section 4.4). The scope is always [`SCOPE_OCSAPI`].
    ClientCredentials,
}

impl TokenRequest {
    /// Reads a request: the `Authorization` and `Content-Type` headers and the body. Parameters that mean nothing here are
    /// ignored.
    ///
    /// # Errors
    /// Every [`TokenError`] that shows without looking the client up.
    pub fn read(authorization: Option<&[u8]>, content_type: Option<&str>, body: &[u8]) -> Result<Self, TokenError> {
        let form = Form::read(content_type, body)?;
        let client = ClientAuthentication::read(authorization, &form)?;
        let grant = match form.get("grant_type").map(ExposeSecret::expose_secret) {
            None => return Err(TokenError::InvalidRequest("The parameter grant_type is missing.")),
            Some("client_credentials") => Grant::ClientCredentials,
            Some(_) => return Err(TokenError::UnsupportedGrantType),
        };
        let scope = form.get("scope").map_or("", ExposeSecret::expose_secret);
        if scope.split(' ').any(|scope| !scope.is_empty() && scope != SCOPE_OCSAPI) {
            return Err(TokenError::InvalidScope);
        }
        Ok(Self { client, grant })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

    fn read(parameters: &str) -> Result<TokenRequest, TokenError> {
        let body = format!("client_id=x&client_secret=y&{parameters}");
        TokenRequest::read(None, FORM, body.as_bytes())
    }

    #[rstest]
    #[case("grant_type=client_credentials")]
    #[case("grant_type=client_credentials&scope=")]
    #[case("grant_type=client_credentials&scope=ocsapi&audience=whatever")]
    #[case("scope=+ocsapi+ocsapi&grant_type=client_credentials")]
    fn takes(#[case] parameters: &str) {
        assert_eq!(read(parameters).unwrap().grant, Grant::ClientCredentials);
    }

    #[rstest]
    #[case("", "invalid_request")]
    #[case("grant_type=", "invalid_request")]
    #[case("grant_type=client_credentials&grant_type=client_credentials", "invalid_request")]
    #[case("grant_type=client_credentials&foo=1&foo=2", "invalid_request")]
    #[case("grant_type=Client_Credentials", "unsupported_grant_type")]
    #[case("grant_type=password", "unsupported_grant_type")]
    #[case("grant_type=authorization_code", "unsupported_grant_type")]
    #[case("grant_type=client_credentials&scope=openid", "invalid_scope")]
    #[case("grant_type=client_credentials&scope=ocsapi+offline_access", "invalid_scope")]
    #[case("grant_type=client_credentials&scope=OCSAPI", "invalid_scope")]
    fn refuses(#[case] parameters: &str, #[case] code: &str) {
        assert_eq!(read(parameters).unwrap_err().code(), code);
    }

    #[test]
    fn a_client_that_does_not_authenticate_is_refused_first() {
        let error = TokenRequest::read(None, FORM, b"grant_type=password").unwrap_err();
        assert_eq!(error.code(), "invalid_client");
    }

    proptest! {
        #[test]
        fn never_panics(
            authorization in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..60)),
            content_type in proptest::option::of("application/x-www-form-urlencoded|\\PC{0,20}"),
            body in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let _ = TokenRequest::read(authorization.as_deref(), content_type.as_deref(), &body);
        }

        #[test]
        fn any_repeated_name_is_refused(name in "[a-z_]{1,12}", first: String, second: String) {
            let mut form = url::form_urlencoded::Serializer::new("grant_type=client_credentials".to_owned());
            form.append_pair(&name, &first).append_pair(&name, &second);
            let error = TokenRequest::read(Some(b"Basic YTpi"), FORM, form.finish().as_bytes()).unwrap_err();
            prop_assert_eq!(error, TokenError::InvalidRequest("A parameter is repeated."));
        }
    }
}
