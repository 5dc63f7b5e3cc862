//! How a client shows who it is (RFC 6749, section 2.3.1): `client_secret_basic` or `client_secret_post`, never both; or
//! `none`, for one that can't keep a secret.

use base64::Engine;
use domain::client::ClientId;
use secrecy::{ExposeSecret, SecretString};

use crate::error::TokenError;
use crate::form::{Form, decode};
use crate::lenient_base64::BASE64;

/// How a client authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// In the `Authorization` header.
    ClientSecretBasic,
    /// In the body.
    ClientSecretPost,
    /// It only named itself.
    None,
}

impl Method {
    /// All, by the names that discovery lists.
    pub const NAMES: [&'static str; 3] = ["client_secret_basic", "client_secret_post", "none"];

    /// Those with a secret.
    pub const NAMES_WITH_SECRET: [&'static str; 2] = ["client_secret_basic", "client_secret_post"];
}

/// What a client sent to authenticate itself. Nothing is compared yet.
#[derive(Clone, Debug)]
pub struct ClientAuthentication {
    /// Which client it claims to be; `None` when the text can't be an id of ours. Such a client is refused as an unknown
    /// one is, after the same comparison. The text itself isn't kept: it could be a secret in the wrong place.
    pub client_id: Option<ClientId>,
    /// Its secret; an empty one is none.
    pub secret: Option<SecretString>,
    /// Where both stood.
    pub method: Method,
}

impl ClientAuthentication {
    /// Reads the `Authorization` header and the body.
    ///
    /// # Errors
    /// [`TokenError::InvalidRequest`] when both hold a secret or name different clients, [`TokenError::InvalidClient`]
    /// when neither names a client.
    pub(crate) fn read(authorization: Option<&[u8]>, form: &Form) -> Result<Self, TokenError> {
        let client_id = form.get("client_id");
        let secret = form.get("client_secret");
        let Some(authorization) = authorization else {
            let client_id = client_id.ok_or(TokenError::invalid_client(None))?;
            return Ok(Self {
                client_id: parse_client_id(client_id.expose_secret()),
                secret: secret.cloned(),
                method: secret.map_or(Method::None, |_| Method::ClientSecretPost),
            });
        };
        if secret.is_some() {
            return Err(TokenError::InvalidRequest(
                "The client authenticated twice: in the Authorization header and in the body.",
            ));
        }
        let method = Method::ClientSecretBasic;
        let (user, password) = basic(authorization).ok_or(TokenError::invalid_client(Some(method)))?;
        if client_id.is_some_and(|id| id.expose_secret() != user.expose_secret()) {
            return Err(TokenError::InvalidRequest(
                "The Authorization header and the body name different clients.",
            ));
        }
        Ok(Self {
            client_id: parse_client_id(user.expose_secret()),
            secret: Some(password).filter(|password| !password.expose_secret().is_empty()),
            method,
        })
    }
}

/// User and password of a `Basic` header (RFC 7617), both form-decoded as RFC 6749 asks.
fn basic(authorization: &[u8]) -> Option<(SecretString, SecretString)> {
    let space = authorization.iter().position(|b| *b == b' ')?;
    let (scheme, token) = authorization.split_at(space);
    if !scheme.eq_ignore_ascii_case(b"basic") {
        return None;
    }
    let pair = BASE64.decode(token.trim_ascii()).ok()?;
    let colon = pair.iter().position(|b| *b == b':')?;
    let (user, password) = (decode(&pair[..colon])?, decode(&pair[colon + 1..])?);
    Some((user.into(), password.into()))
}

/// The id, in the form in which the portal shows it; other spellings of a UUID (braces, `urn:`) are other ids.
pub(crate) fn parse_client_id(text: &str) -> Option<ClientId> {
    let id: ClientId = text.parse().ok()?;
    id.to_string().eq_ignore_ascii_case(text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const ID: &str = "0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d";

    fn header(scheme: &str, pair: &str) -> String {
        format!("{scheme} {}", BASE64.encode(pair))
    }

    fn read(authorization: Option<&str>, body: &str) -> Result<ClientAuthentication, TokenError> {
        let form = Form::read(Some("application/x-www-form-urlencoded"), body.as_bytes()).unwrap();
        ClientAuthentication::read(authorization.map(str::as_bytes), &form)
    }

    #[rstest]
    #[case("Basic", "")]
    #[case("bAsIc ", "")]
    #[case("BASIC", "client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d")]
    #[case("Basic", "client_id=&client_secret=")]
    fn takes_basic(#[case] scheme: &str, #[case] body: &str) {
        let read = read(Some(&header(scheme, &format!("{ID}:a%3Ab+c:%25"))), body).unwrap();
        assert_eq!(read.client_id.unwrap().to_string(), ID);
        assert_eq!(read.secret.unwrap().expose_secret(), "a:b c:%");
        assert_eq!(read.method, Method::ClientSecretBasic);
    }

    #[test]
    fn takes_basic_without_padding() {
        let header = header("Basic", &format!("{ID}:x"));
        assert!(header.ends_with('='));
        assert!(read(Some(header.trim_end_matches('=')), "").is_ok());
    }

    #[test]
    fn takes_post() {
        let read = read(None, &format!("client_id={ID}&client_secret=cls_x%26")).unwrap();
        assert_eq!(read.client_id.unwrap().to_string(), ID);
        assert_eq!(read.secret.unwrap().expose_secret(), "cls_x&");
        assert_eq!(read.method, Method::ClientSecretPost);
    }

    #[rstest]
    #[case("client_secret=x")]
    #[case("client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d&client_secret=x")]
    #[case("client_id=another")]
    #[case("client_id=0B8F3A52-6F1E-4A7D-9D3C-3F0E0A1B2C3D")]
    fn refuses_basic_with(#[case] body: &str) {
        let error = read(Some(&header("Basic", &format!("{ID}:x"))), body).unwrap_err();
        assert_eq!(error.code(), "invalid_request");
    }

    #[rstest]
    #[case(None, "client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d", Method::None)]
    #[case(None, "client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d&client_secret=", Method::None)]
    #[case(Some(":"), "", Method::ClientSecretBasic)]
    fn an_empty_secret_is_none(#[case] end: Option<&str>, #[case] body: &str, #[case] method: Method) {
        let authorization = end.map(|end| header("Basic", &format!("{ID}{end}")));
        let read = read(authorization.as_deref(), body).unwrap();
        assert_eq!(read.client_id.unwrap().to_string(), ID);
        assert!(read.secret.is_none());
        assert_eq!(read.method, method);
    }

    #[rstest]
    #[case("")]
    #[case("client_secret=x")]
    #[case("client_id=&client_secret=x")]
    fn refuses_a_body_with_only(#[case] body: &str) {
        assert_eq!(
            read(None, body).unwrap_err(),
            TokenError::InvalidClient { challenge: false }
        );
    }

    #[rstest]
    #[case("")]
    #[case("Basic")]
    #[case("Basic !!!")]
    #[case("Basic YQ==")] // no colon
    #[case("Basic /zph")] // not UTF-8
    #[case("Bearer YTpi")]
    fn refuses_the_header(#[case] authorization: &str) {
        let error = read(Some(authorization), "").unwrap_err();
        assert_eq!(error, TokenError::InvalidClient { challenge: true });
    }

    #[rstest]
    #[case("nobody")]
    #[case("{0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d}")]
    #[case("0b8f3a526f1e4a7d9d3c3f0e0a1b2c3d")]
    fn an_id_that_cannot_be_ours_is_no_error_yet(#[case] id: &str) {
        assert_eq!(
            read(Some(&header("Basic", &format!("{id}:x"))), "").unwrap().client_id,
            None
        );
        let body = format!("client_id={id}&client_secret=x");
        assert_eq!(read(None, &body).unwrap().client_id, None);
    }

    #[test]
    fn the_id_is_read_in_any_case() {
        let read = read(None, &format!("client_id={}&client_secret=x", ID.to_uppercase())).unwrap();
        assert_eq!(read.client_id.unwrap().to_string(), ID);
    }

    #[test]
    fn debug_hides_the_secret() {
        let read = read(None, &format!("client_id={ID}&client_secret=hidden-word")).unwrap();
        assert!(!format!("{read:?}").contains("hidden-word"));
    }

    proptest! {
        #[test]
        fn never_panics(header in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = basic(&header);
        }

        #[test]
        fn reads_any_encoded_pair(user: String, password: String) {
            let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let header = header("Basic", &format!("{}:{}", encode(&user), encode(&password)));
            let (user_read, password_read) = basic(header.as_bytes()).unwrap();
            prop_assert_eq!(user_read.expose_secret(), user);
            prop_assert_eq!(password_read.expose_secret(), password);
        }
    }
}
