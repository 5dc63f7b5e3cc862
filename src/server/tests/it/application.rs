//! An application that people sign in to, and what a library of its would send.

use std::collections::BTreeMap;

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::tenant::TenantId;
use reqwest::header::COOKIE;
use reqwest::{Method, RequestBuilder};
use url::Url;

use crate::http::{Answer, encode, send};
use crate::server::TestServer;
use crate::story::{MEMBER, PASSWORD, client_form};

pub const AUTHORIZE: &str = "/identity/connect/authorize";
pub const TOKEN: &str = "/identity/connect/token";
pub const USERINFO: &str = "/identity/connect/userinfo";
pub const REDIRECT_URI: &str = "https://app.example.com/callback";
pub const SIGNED_OUT: &str = "https://app.example.com/signed-out";
/// The pair of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A server with an application and Max, who isn't signed in.
pub struct Application {
    pub server: TestServer,
    pub client_id: String,
    /// Empty when its kind has none.
    pub secret: String,
}

impl Application {
    /// An application of this kind.
    pub async fn start(kind: ClientKind) -> Self {
        Self::on(TestServer::start().await, kind).await
    }

    /// The same on a server of the test's own.
    pub async fn on(server: TestServer, kind: ClientKind) -> Self {
        server.add_user(MEMBER, "Max", &[]).await;
        let (client_id, secret) = add(&server, kind).await;
        Self {
            server,
            client_id,
            secret,
        }
    }

    /// Signs Max in and answers his cookies; a moment passes.
    pub async fn signed_in(&self) -> String {
        let cookies = self.server.sign_in(MEMBER, PASSWORD).await.cookie();
        self.server.clock.advance(chrono::Duration::seconds(1));
        cookies
    }

    /// The path and query of a right request, with these parameters added or, when they are empty, left out.
    pub fn request(&self, changes: &[(&str, &str)]) -> String {
        format!("{AUTHORIZE}?{}", encode(&self.parameters(changes)))
    }

    /// Its parameters.
    pub fn parameters<'a>(&'a self, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut pairs = vec![
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", REDIRECT_URI),
            ("response_type", "code"),
            ("scope", "openid email offline_access"),
            ("state", "a state"),
            ("nonce", "n"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        pairs.extend(changes);
        pairs
    }

    /// The parameters of the answer to such a request in a browser with these cookies.
    pub async fn answer(&self, cookies: &str, changes: &[(&str, &str)]) -> BTreeMap<String, String> {
        answered(&self.server.get(&self.request(changes), cookies).await)
    }

    /// A code.
    pub async fn code(&self, cookies: &str) -> String {
        let mut answer = self.answer(cookies, &[]).await;
        answer.remove("code").unwrap_or_else(|| panic!("{answer:?}"))
    }

    /// Redeems a code, with these fields changed.
    pub async fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.secret.as_str()),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes);
        send(self.server.form(TOKEN, &fields)).await
    }

    /// Refreshes, as this client.
    pub async fn refresh(&self, token: &str, client_id: &str) -> Answer {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", client_id),
            ("client_secret", self.secret.as_str()),
        ];
        send(self.server.form(TOKEN, &fields)).await
    }

    /// A request to userinfo with this access token.
    pub fn userinfo(&self, token: &str) -> RequestBuilder {
        self.server.request(Method::GET, USERINFO).bearer_auth(token)
    }

    /// The sign-in form, as the browser sends it from the page at this address.
    pub async fn submit_sign_in(&self, page: &str, cookies: &str) -> Answer {
        let (_, resume) = page.split_once("resume=").unwrap();
        let fields = [("email", MEMBER), ("password", PASSWORD), ("resume", resume)];
        let form = self.server.form("/sign-in", &fields);
        send(if cookies.is_empty() {
            form
        } else {
            form.header(COOKIE, cookies)
        })
        .await
    }
}

/// The access token with which an application calls the REST API for whoever has these cookies, in their tenant.
pub async fn api_token(server: &TestServer, tenant: TenantId, cookies: &str) -> String {
    let (client_id, _) = add_to(server, tenant, ClientKind::AuthorizationCode).await;
    let parameters = [
        ("client_id", client_id.as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("response_type", "code"),
        ("scope", "openid ocsapi"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let request = format!("{AUTHORIZE}?{}", encode(&parameters));
    let answer = answered(&server.get(&request, cookies).await);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", answer["code"].as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", VERIFIER),
        ("client_id", client_id.as_str()),
    ];
    let tokens = send(server.form(TOKEN, &fields)).await.json();
    tokens["access_token"].as_str().unwrap().to_owned()
}

/// Adds an application to the first tenant and answers its id and secret.
pub async fn add(server: &TestServer, kind: ClientKind) -> (String, String) {
    add_to(server, server.tenant, kind).await
}

async fn add_to(server: &TestServer, tenant: TenantId, kind: ClientKind) -> (String, String) {
    let form = AddClientForm {
        kind,
        client: ClientForm {
            allow_refresh_token: true,
            logout_redirect_urls: vec![SIGNED_OUT.to_owned()],
            redirect_urls: vec![REDIRECT_URI.to_owned(), "http://127.0.0.1/callback".to_owned()],
            ..client_form().client
        },
        ..client_form()
    };
    let created = server.add_client_to(tenant, &form).await;
    let secret = created.secret.map_or_else(String::new, |secret| secret.0);
    (created.id.to_string(), secret)
}

/// The parameters that a redirect carries, wherever they stand.
pub fn answered(answer: &Answer) -> BTreeMap<String, String> {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let location = Url::parse(answer.header("location")).unwrap();
    let carried = location.fragment().or(location.query()).unwrap_or_default();
    url::form_urlencoded::parse(carried.as_bytes()).into_owned().collect()
}
