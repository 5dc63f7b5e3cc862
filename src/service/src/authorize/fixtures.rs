//! An application that Ana is signed in to, for the tests of all that follows from that.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::client::{ClientId, ClientKind};
use domain::tenant::TenantId;
use domain::user::UserId;
use identity::error::TokenError;
use identity::token_request::TokenRequest;
use identity::token_response::TokenResponse;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use store::testing::Engine;
use url::form_urlencoded::Serializer;

use super::{AuthorizeFailure, Authorized};
use crate::Actor;
use crate::clients::fixtures::added;
use crate::sign_in::{SessionCookies, authorize_token};
use crate::testing::TestService;
use crate::token::IssueError;
use crate::users::tests::{PASSWORD, add, mill};

pub(crate) const ANA: &str = "ana@example.com";
pub(crate) const REDIRECT_URI: &str = "https://app.example.com/callback";
/// Where everybody's browser is.
pub(crate) const BROWSER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
/// The pair of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A service with keys, an application that may get refresh tokens, and Ana's session.
pub(crate) struct Application {
    pub test: TestService,
    pub tenant: TenantId,
    pub ana: UserId,
    pub client: ClientId,
    /// Empty when its kind has none.
    pub secret: String,
    /// What Ana's browser sends to the authorization endpoint.
    pub session: SecretString,
}

/// Makes one. Ana signed in ten seconds ago.
pub(crate) async fn application(engine: Engine, kind: ClientKind) -> Application {
    let (test, tenant) = mill(engine).await;
    test.service.ensure_keys().await.unwrap();
    let ana = add(&test, &Actor::CommandLine, tenant, ANA, &[]).await.unwrap();
    let created = added(&test, tenant, kind, "Portal").await;
    let session = sign_in(&test, ANA).await;
    test.clock.advance(chrono::Duration::seconds(10));
    Application {
        tenant,
        ana,
        client: created.id,
        secret: created.secret.map_or_else(String::new, |secret| secret.0),
        session,
        test,
    }
}

/// Signs somebody in and answers their cookie for applications.
pub(crate) async fn sign_in(test: &TestService, email: &str) -> SecretString {
    let session = test
        .service
        .sign_in(email, &PASSWORD.into(), None, SessionCookies::default())
        .await
        .unwrap();
    authorize_token(&session)
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &SecretString) -> Value {
    let part = token.expose_secret().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

impl Application {
    /// A right request with these parameters added or, when they are empty, left out.
    pub fn query(&self, changes: &[(&str, &str)]) -> String {
        let client = self.client.to_string();
        let mut pairs = vec![
            ("client_id", client.as_str()),
            ("redirect_uri", REDIRECT_URI),
            ("response_type", "code"),
            ("scope", "openid offline_access"),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        pairs.extend(changes);
        Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// What becomes of such a request in Ana's browser.
    pub async fn authorize(&self, changes: &[(&str, &str)]) -> Result<Authorized, AuthorizeFailure> {
        let session = Some(self.session.expose_secret());
        self.test
            .service
            .authorize(&self.query(changes), session, BROWSER)
            .await
    }

    /// What the application is answered.
    pub async fn answer(&self, changes: &[(&str, &str)]) -> BTreeMap<&'static str, String> {
        answered(self.authorize(changes).await)
    }

    /// A code.
    pub async fn code(&self, changes: &[(&str, &str)]) -> String {
        let mut answer = self.answer(changes).await;
        answer
            .remove("code")
            .unwrap_or_else(|| panic!("no code: {:?}", answer.get("error_description")))
    }

    /// Asks the token endpoint, as the application or, with another `client_id`, as somebody else.
    pub async fn ask(&self, fields: &[(&str, &str)]) -> Result<TokenResponse, IssueError> {
        let client = self.client.to_string();
        let mut pairs = vec![("client_id", client.as_str()), ("client_secret", self.secret.as_str())];
        pairs.retain(|(name, _)| fields.iter().all(|(given, _)| given != name));
        pairs.extend(fields);
        let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
        let form = Some("application/x-www-form-urlencoded");
        let request = TokenRequest::read(None, form, body.as_bytes()).unwrap();
        self.test.service.issue_token(&request, BROWSER).await
    }

    /// Redeems a code, with these fields changed.
    pub async fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> Result<TokenResponse, IssueError> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes);
        self.ask(&fields).await
    }

    /// Refreshes.
    pub async fn refresh(&self, token: &str) -> Result<TokenResponse, IssueError> {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", token)])
            .await
    }

    /// Whether an access token still opens userinfo.
    pub async fn opens_userinfo(&self, response: &TokenResponse) -> bool {
        self.test.service.user_info(&response.access_token.0).await.is_ok()
    }
}

/// The parameters of an answer.
pub(crate) fn answered(authorized: Result<Authorized, AuthorizeFailure>) -> BTreeMap<&'static str, String> {
    match authorized {
        Ok(Authorized::Answer(answer)) => {
            let parameters = answer.parameters.into_iter();
            parameters
                .map(|(name, value)| (name, value.expose_secret().to_owned()))
                .collect()
        }
        other => panic!("no answer: {other:?}"),
    }
}

/// The refresh token of a response.
pub(crate) fn refresh_token(response: &TokenResponse) -> &str {
    response.refresh_token.as_ref().unwrap().0.expose_secret()
}

/// Why nothing was issued.
pub(crate) fn refusal(result: Result<TokenResponse, IssueError>) -> TokenError {
    match result {
        Err(IssueError::Refused(error)) => error,
        other => panic!("not refused: {other:?}"),
    }
}
