//! Whole flows by `openidconnect`, a client library that we did not write. It checks issuer, audience, signature, nonce and
//! times of every ID token. Only revocation is missing: the library asks for `https` there.

use std::collections::HashMap;
use std::time::Duration;

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::clock::Clock;
use domain::view::Created;
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreIdToken, CoreIdTokenVerifier,
    CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, AuthorizationCodeHash, ClientId, ClientSecret, CsrfToken, EndSessionUrl,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IntrospectionUrl, IssuerUrl,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RefreshToken, RequestTokenError, Scope, TokenIntrospectionResponse,
    TokenResponse,
};
use reqwest::header::COOKIE;
use rstest::rstest;
use store::testing::Engine;
use url::Url;
use url::form_urlencoded::parse;

use crate::http::send;
use crate::server::{TestServer, client};
use crate::story::{MEMBER, PASSWORD, client_form, secret_of};

/// As it is registered; a native application listens on whatever port is free (RFC 8252, section 7.3).
const REGISTERED: &str = "http://127.0.0.1/callback";
const REDIRECT: &str = "http://127.0.0.1:49215/callback";
const SIGNED_OUT: &str = "https://app.example.com/signed-out";

/// What discovery makes of a server that has all the endpoints.
type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_authorization_code_client_signs_somebody_in(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let party = RelyingParty::new(&server, ClientKind::AuthorizationCode).await;
    let (tokens, nonce) = party.sign_in().await;
    assert_eq!(tokens.expires_in(), Some(Duration::from_mins(15)));
    let id_token = tokens.id_token().unwrap();
    let claims = id_token.claims(&party.verifier(), &nonce).unwrap();
    assert_eq!(claims.email().unwrap().as_str(), MEMBER);
    assert_eq!(claims.name().unwrap().get(None).unwrap().as_str(), "Max");
    // The library fails when the answer is about somebody else.
    let subject = claims.subject().clone();
    let info: CoreUserInfoClaims = party
        .client
        .user_info(tokens.access_token().clone(), Some(subject))
        .unwrap()
        .request_async(&call)
        .await
        .unwrap();
    assert_eq!(info.email().unwrap().as_str(), MEMBER);
    assert_eq!(info.name().unwrap().get(None).unwrap().as_str(), "Max");
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_its_reuse_ends_all_that_came_of_it() {
    let server = TestServer::start().await;
    let party = RelyingParty::new(&server, ClientKind::AuthorizationCode).await;
    let (tokens, _) = party.sign_in().await;
    let first = tokens.refresh_token().unwrap();
    let renewed = party.refresh(first).await.unwrap();
    assert_ne!(renewed.access_token().secret(), tokens.access_token().secret());
    let second = renewed.refresh_token().unwrap();
    assert_ne!(second.secret(), first.secret());
    assert_eq!(
        party.refresh(first).await.unwrap_err(),
        CoreErrorResponseType::InvalidGrant
    );
    assert_eq!(
        party.refresh(second).await.unwrap_err(),
        CoreErrorResponseType::InvalidGrant
    );
}

#[tokio::test]
async fn after_signing_out_nobody_is_signed_in_silently() {
    let server = TestServer::start().await;
    let party = RelyingParty::new(&server, ClientKind::AuthorizationCode).await;
    let (tokens, _) = party.sign_in().await;
    assert!(!party.silently().await.contains_key("error"));

    let request = LogoutRequest::from(party.end_session.clone())
        .set_id_token_hint(tokens.id_token().unwrap())
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(SIGNED_OUT.to_owned()).unwrap())
        .set_state(CsrfToken::new("bye".to_owned()));
    let answer = party.open(request.http_get_url()).await;
    assert_eq!(answer.as_str(), format!("{SIGNED_OUT}?state=bye"));

    assert_eq!(party.silently().await["error"], "login_required");
}

#[tokio::test]
async fn a_hybrid_client_gets_a_code_that_its_id_token_vouches_for() {
    let server = TestServer::start().await;
    let party = RelyingParty::new(&server, ClientKind::Hybrid).await;
    let flow = AuthenticationFlow::Hybrid(vec![CoreResponseType::Code, CoreResponseType::IdToken]);
    let (url, state, nonce) = party
        .client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("email".to_owned()))
        .url();
    let answer = party.open(url).await;
    let fragment = answer.fragment().unwrap();
    let answer: HashMap<_, _> = parse(fragment.as_bytes()).into_owned().collect();
    assert_eq!(&answer["state"], state.secret());
    let code = AuthorizationCode::new(answer["code"].clone());

    let front: CoreIdToken = answer["id_token"].parse().unwrap();
    let verifier = party.verifier();
    let claims = front.claims(&verifier, &nonce).unwrap();
    // Whoever reads the address bar learns no more than who it is.
    assert!(claims.email().is_none());
    let (alg, key) = (front.signing_alg().unwrap(), front.signing_key(&verifier).unwrap());
    let hash = AuthorizationCodeHash::from_code(&code, alg, key).unwrap();
    assert_eq!(claims.code_hash(), Some(&hash));

    let request = party.client.exchange_code(code).unwrap();
    let tokens = request.request_async(&call).await.unwrap();
    let back = tokens.id_token().unwrap();
    let back_claims = back.claims(&verifier, &nonce).unwrap();
    assert_eq!(back_claims.subject(), claims.subject());
    assert_eq!(back_claims.email().unwrap().as_str(), MEMBER);

    let endpoint = format!("{}/identity/connect/introspect", server.address);
    let endpoint = IntrospectionUrl::new(endpoint).unwrap();
    let client = party.client.clone().set_introspection_url(endpoint);
    let introspection = client.introspect(tokens.access_token());
    assert!(introspection.request_async(&call).await.unwrap().active());
}

#[tokio::test]
async fn a_client_credentials_client_gets_a_token_for_the_api() {
    let server = TestServer::start().await;
    let party = RelyingParty::new(&server, ClientKind::ClientCredentials).await;
    let request = party.client.exchange_client_credentials().unwrap();
    let token = request.request_async(&call).await.unwrap();
    assert_eq!(token.expires_in(), Some(Duration::from_mins(15)));
    assert_eq!(token.scopes().unwrap(), &[Scope::new("ocsapi".to_owned())]);
    assert!(token.id_token().is_none() && token.refresh_token().is_none());
}

/// An application, and the browser of somebody who is signed in.
struct RelyingParty<'a> {
    server: &'a TestServer,
    client: Client,
    end_session: EndSessionUrl,
    cookies: String,
}

impl<'a> RelyingParty<'a> {
    /// Adds a client of this kind and learns the rest by discovery.
    async fn new(server: &'a TestServer, kind: ClientKind) -> Self {
        server.add_user(MEMBER, "Max", &[]).await;
        let created = server.add_client_to(server.tenant, &form(kind)).await;
        let issuer = IssuerUrl::new(format!("{}/identity", server.address)).unwrap();
        let metadata = ProviderMetadataWithLogout::discover_async(issuer, &call).await.unwrap();
        let end_session = metadata.additional_metadata().end_session_endpoint.clone();
        let client = CoreClient::from_provider_metadata(metadata, id(&created), secret(&created))
            .set_redirect_uri(RedirectUrl::new(REDIRECT.to_owned()).unwrap());
        Self {
            server,
            client,
            end_session: end_session.unwrap(),
            // It and the portal share one session.
            cookies: server.sign_in(MEMBER, PASSWORD).await.cookie(),
        }
    }

    /// The library's rules for an ID token, by the clock of the test.
    fn verifier(&self) -> CoreIdTokenVerifier<'_> {
        let clock = self.server.clock.clone();
        self.client.id_token_verifier().set_time_fn(move || clock.now())
    }

    /// The code flow from the first address to the tokens.
    async fn sign_in(&self) -> (CoreTokenResponse, Nonce) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = ["profile", "email", "offline_access"].map(|scope| Scope::new(scope.to_owned()));
        let (url, state, nonce) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(scopes)
            .set_pkce_challenge(challenge)
            .url();
        let answer = self.answer(url).await;
        assert_eq!(&answer["state"], state.secret());
        // RFC 9207: an application that uses several servers learns which one answers.
        assert_eq!(answer["iss"], format!("{}/identity", self.server.address));
        (self.redeem(&answer["code"], verifier).await, nonce)
    }

    async fn redeem(&self, code: &str, verifier: PkceCodeVerifier) -> CoreTokenResponse {
        let code = AuthorizationCode::new(code.to_owned());
        let request = self.client.exchange_code(code).unwrap().set_pkce_verifier(verifier);
        request.request_async(&call).await.unwrap()
    }

    /// Uses a refresh token; answers the tokens or the error's code.
    async fn refresh(&self, token: &RefreshToken) -> Result<CoreTokenResponse, CoreErrorResponseType> {
        let request = self.client.exchange_refresh_token(token).unwrap();
        match request.request_async(&call).await {
            Ok(tokens) => Ok(tokens),
            Err(RequestTokenError::ServerResponse(refusal)) => Err(refusal.error().clone()),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// What the server says when it may show nothing.
    async fn silently(&self) -> HashMap<String, String> {
        let (challenge, _) = PkceCodeChallenge::new_random_sha256();
        let (url, ..) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_prompt(CoreAuthPrompt::None)
            .set_pkce_challenge(challenge)
            .url();
        self.answer(url).await
    }

    /// The parameters that come back in the query of the redirect URL.
    async fn answer(&self, url: Url) -> HashMap<String, String> {
        let answer = self.open(url).await;
        assert!(answer.as_str().starts_with(&format!("{REDIRECT}?")), "{answer}");
        answer.query_pairs().into_owned().collect()
    }

    /// Opens an address in the browser; answers where it leads.
    async fn open(&self, url: Url) -> Url {
        let answer = send(self.server.http.get(url).header(COOKIE, &self.cookies)).await;
        assert!(answer.status.is_redirection(), "{}: {}", answer.status, answer.body);
        Url::parse(answer.header("location")).unwrap()
    }
}

/// The HTTP client that the library speaks through.
async fn call(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let answer = client().execute(request.try_into()?).await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

fn form(kind: ClientKind) -> AddClientForm {
    let mut form = client_form();
    form.kind = kind;
    form.client.allow_refresh_token = true;
    form.client.redirect_urls = vec![REGISTERED.to_owned()];
    form.client.logout_redirect_urls = vec![SIGNED_OUT.to_owned()];
    form
}

fn id(created: &Created) -> ClientId {
    ClientId::new(created.id.to_string())
}

fn secret(created: &Created) -> Option<ClientSecret> {
    let has_secret = created.secret.is_some();
    has_secret.then(|| ClientSecret::new(secret_of(created).to_owned()))
}
