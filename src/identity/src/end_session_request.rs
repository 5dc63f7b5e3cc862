//! What an application asks when a person signs out of it (OpenID Connect RP-Initiated Logout, section 2).

use domain::client::ClientId;
use secrecy::SecretString;

use crate::authorize_error::ShownError;
use crate::authorize_request::MAX_REQUEST;
use crate::client_authentication::parse_client_id;
use crate::form::Form;
use crate::id_token::IdTokenClaims;
use crate::redirect::Answer;
use crate::response_type::ResponseMode;

/// The request. Nothing of it is required.
#[derive(Clone, Debug)]
pub struct EndSessionRequest {
    /// An ID token of the person who signs out.
    pub id_token_hint: Option<SecretString>,
    /// Who asks: an id as it was sent, which may be none of ours.
    client_id: Option<String>,
    /// Where the person wants to be afterwards.
    pub post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

impl EndSessionRequest {
    /// Reads a query.
    ///
    /// # Errors
    /// [`ShownError::TooLong`] and [`ShownError::Unreadable`].
    pub fn read(text: &str) -> Result<Self, ShownError> {
        if text.len() > MAX_REQUEST {
            return Err(ShownError::TooLong);
        }
        let (form, repeated) = Form::pairs(text.as_bytes()).ok_or(ShownError::Unreadable)?;
        if !repeated.is_empty() {
            return Err(ShownError::Unreadable);
        }
        let text = |name| form.text(name).map(str::to_owned);
        Ok(Self {
            id_token_hint: form.get("id_token_hint").cloned(),
            client_id: text("client_id"),
            post_logout_redirect_uri: text("post_logout_redirect_uri"),
            state: text("state"),
        })
    }

    /// The client that asks, by its id or its ID token, which must agree.
    pub fn client(&self, hint: Option<&IdTokenClaims>) -> Option<ClientId> {
        match (&self.client_id, hint.map(|hint| hint.aud)) {
            (Some(named), Some(hinted)) => parse_client_id(named).filter(|named| *named == hinted),
            (Some(named), None) => parse_client_id(named),
            (None, hinted) => hinted,
        }
    }

    /// The address that the person goes to, with the state of the application.
    pub fn location(&self, redirect_uri: &str) -> String {
        let with_state = self.state.as_deref().and_then(|state| {
            let answer = Answer {
                redirect_uri: redirect_uri.to_owned(),
                mode: ResponseMode::Query,
                parameters: vec![("state", state.into())],
            };
            answer.location()
        });
        with_state.unwrap_or_else(|| redirect_uri.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    const ONE: &str = "00000000-0000-0000-0000-000000000001";

    #[rstest]
    #[case("", None)]
    #[case("client_id=00000000-0000-0000-0000-000000000001", Some(ONE))]
    #[case("client_id=me", None)]
    fn names_its_client(#[case] query: &str, #[case] expected: Option<&str>) {
        let request = EndSessionRequest::read(query).unwrap();
        assert_eq!(request.client(None).map(|id| id.to_string()).as_deref(), expected);
    }

    #[rstest]
    #[case("", "https://a.example/out")]
    #[case("state=a+b%26c", "https://a.example/out?state=a+b%26c")]
    fn returns_the_state(#[case] query: &str, #[case] expected: &str) {
        let request = EndSessionRequest::read(query).unwrap();
        assert_eq!(request.location("https://a.example/out"), expected);
    }

    #[test]
    fn the_id_and_the_hint_agree_or_name_nobody() {
        let hint = |aud| IdTokenClaims {
            aud: ClientId(Uuid::from_u128(aud)),
            ..IdTokenClaims::new(
                &crate::issuer::Issuer::new("https://id.example.com").unwrap(),
                crate::id_token::Authentication {
                    user_id: domain::user::UserId(Uuid::from_u128(9)),
                    client_id: ClientId(Uuid::from_u128(9)),
                    tenant_id: domain::tenant::TenantId(Uuid::from_u128(9)),
                    auth_time: chrono::DateTime::UNIX_EPOCH,
                    session_id: domain::grant::SessionId(Uuid::from_u128(9)),
                    nonce: None,
                },
                chrono::DateTime::UNIX_EPOCH,
            )
        };
        let named = EndSessionRequest::read(&format!("client_id={ONE}")).unwrap();
        assert_eq!(named.client(Some(&hint(1))), Some(ClientId(Uuid::from_u128(1))));
        assert_eq!(named.client(Some(&hint(2))), None);
        let unnamed = EndSessionRequest::read("").unwrap();
        assert_eq!(unnamed.client(Some(&hint(2))), Some(ClientId(Uuid::from_u128(2))));
    }

    #[rstest]
    #[case("state=1&state=2")]
    #[case("state=%ff")]
    fn what_is_ambiguous_is_not_read(#[case] query: &str) {
        assert_eq!(EndSessionRequest::read(query).err(), Some(ShownError::Unreadable));
    }

    proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = EndSessionRequest::read(&text).map(|request| request.location("https://a.example/out"));
        }
    }
}
