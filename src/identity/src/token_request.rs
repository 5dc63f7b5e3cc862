//! What a request to the token endpoint asks for (RFC 6749, sections 4.1.3, 4.4.2 and 6).

use secrecy::SecretString;

use crate::client_authentication::ClientAuthentication;
use crate::error::TokenError;
use crate::form::Form;
use crate::scope::{Scope, Scopes};

/// The grant types that work.
pub const GRANT_TYPES: [&str; 3] = ["client_credentials", "authorization_code", "refresh_token"];

/// A well-formed token request. Whether the client is who it claims to be isn't known yet.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// Who asks.
    pub client: ClientAuthentication,
    /// For what.
    pub grant: Grant,
}

/// What a client offers in exchange for a token.
#[derive(Clone, Debug)]
pub enum Grant {
    /// Nothing but itself (RFC 6749, section 4.4). The scope is always [`Scope::Ocsapi`].
    ClientCredentials,
    /// What the authorization endpoint answered.
    AuthorizationCode(Redemption),
    /// What an earlier answer held (RFC 6749, section 6).
    RefreshToken {
        /// The refresh token.
        token: SecretString,
        /// What the access token shall open; all that was allowed when it isn't said.
        scopes: Option<Scopes>,
    },
}

/// A code and what shows that it was made for this request (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
#[derive(Clone, Debug)]
pub struct Redemption {
    /// The code.
    pub code: SecretString,
    /// The redirect URI of the authorization request.
    pub redirect_uri: String,
    /// What the challenge was made of.
    pub code_verifier: Option<SecretString>,
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
        let grant = match form.text("grant_type") {
            None => return Err(TokenError::InvalidRequest("The parameter grant_type is missing.")),
            Some("client_credentials") => client_credentials(&form)?,
            Some("authorization_code") => authorization_code(&form)?,
            Some("refresh_token") => refresh_token(&form)?,
            Some(_) => return Err(TokenError::UnsupportedGrantType),
        };
        Ok(Self { client, grant })
    }
}

fn client_credentials(form: &Form) -> Result<Grant, TokenError> {
    let scopes = Scopes::exactly(form.text("scope").unwrap_or_default()).ok_or(TokenError::InvalidScope)?;
    if scopes.is_within(&Scope::Ocsapi.into()) {
        Ok(Grant::ClientCredentials)
    } else {
        Err(TokenError::InvalidScope)
    }
}

fn authorization_code(form: &Form) -> Result<Grant, TokenError> {
    let code = form.get("code");
    let redirect_uri = form.text("redirect_uri");
    Ok(Grant::AuthorizationCode(Redemption {
        code: code
            .ok_or(TokenError::InvalidRequest("The parameter code is missing."))?
            .clone(),
        redirect_uri: redirect_uri
            .ok_or(TokenError::InvalidRequest("The parameter redirect_uri is missing."))?
            .to_owned(),
        code_verifier: form.get("code_verifier").cloned(),
    }))
}

fn refresh_token(form: &Form) -> Result<Grant, TokenError> {
    let token = form.get("refresh_token");
    let scopes = form.text("scope").map(Scopes::exactly);
    Ok(Grant::RefreshToken {
        token: token
            .ok_or(TokenError::InvalidRequest("The parameter refresh_token is missing."))?
            .clone(),
        scopes: match scopes {
            Some(scopes) => Some(scopes.ok_or(TokenError::InvalidScope)?),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use secrecy::ExposeSecret;

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
        assert!(matches!(read(parameters).unwrap().grant, Grant::ClientCredentials));
    }

    #[test]
    fn takes_a_code_and_what_belongs_to_it() {
        let parameters = "grant_type=authorization_code&code=c%2B&redirect_uri=https%3A%2F%2Fa.example&code_verifier=v";
        let Grant::AuthorizationCode(redemption) = read(parameters).unwrap().grant else {
            panic!("another grant");
        };
        assert_eq!(redemption.code.expose_secret(), "c+");
        assert_eq!(redemption.redirect_uri, "https://a.example");
        assert_eq!(redemption.code_verifier.unwrap().expose_secret(), "v");
    }

    #[rstest]
    #[case("", None)]
    #[case("&scope=", None)]
    #[case("&scope=email+openid", Some("openid email"))]
    fn takes_a_refresh_token(#[case] scope: &str, #[case] expected: Option<&str>) {
        let read = read(&format!("grant_type=refresh_token&refresh_token=r{scope}")).unwrap();
        let Grant::RefreshToken { token, scopes } = read.grant else {
            panic!("another grant");
        };
        assert_eq!(token.expose_secret(), "r");
        assert_eq!(scopes.map(String::from).as_deref(), expected);
    }

    #[test]
    fn debug_hides_what_opens() {
        for parameters in [
            "grant_type=authorization_code&code=hidden&redirect_uri=x&code_verifier=hidden",
            "grant_type=refresh_token&refresh_token=hidden",
        ] {
            assert!(!format!("{:?}", read(parameters).unwrap()).contains("hidden"));
        }
    }

    #[rstest]
    #[case("", "invalid_request")]
    #[case("grant_type=", "invalid_request")]
    #[case("grant_type=client_credentials&grant_type=client_credentials", "invalid_request")]
    #[case("grant_type=client_credentials&foo=1&foo=2", "invalid_request")]
    #[case("grant_type=Client_Credentials", "unsupported_grant_type")]
    #[case("grant_type=password", "unsupported_grant_type")]
    #[case("grant_type=authorization_code", "invalid_request")]
    #[case("grant_type=authorization_code&code=c", "invalid_request")]
    #[case("grant_type=authorization_code&redirect_uri=u", "invalid_request")]
    #[case("grant_type=authorization_code&code=c&code=c&redirect_uri=u", "invalid_request")]
    #[case("grant_type=refresh_token", "invalid_request")]
    #[case("grant_type=refresh_token&refresh_token=r&scope=address", "invalid_scope")]
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
