//! What an administrator changes decides the next request to every instance, also with codes and tokens that were given
//! before. One instance has answered already and is asked again; another one on the same database makes the change.

use domain::client::{ClientId, ClientKind};
use domain::client_form::ClientForm;
use domain::secret::SecretId;
use identity::authorize_error::ShownError;
use identity::token_response::TokenResponse;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::json;
use store::testing::Engine;

use crate::authorize::fixtures::{Application, BROWSER, application, claims, refresh_token, refusal};
use crate::authorize::{AuthorizeFailure, Authorized};
use crate::clients::SecretsOf;
use crate::clients::fixtures::form_of;
use crate::end_session::SessionEnd;
use crate::introspection::tests::{Asking, ask, asking};
use crate::sign_in::SessionCookies;
use crate::testing::KEY_ENCRYPTION_KEY;
use crate::token::IssueError;
use crate::users::tests::add;
use crate::{Actor, Service};

const OPERATOR: Actor = Actor::CommandLine;
const CODE_CLIENT: ClientKind = ClientKind::AuthorizationCode;
const NEW: &str = "https://new.example.com";

/// An application with its first tokens, and a code.
async fn with_tokens(engine: Engine) -> (Application, TokenResponse, String) {
    let app = application(engine, CODE_CLIENT).await;
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let code = app.code(&[]).await;
    (app, response, code)
}

/// The instance that makes the change.
fn other(app: &Application) -> Service {
    app.test.beside(KEY_ENCRYPTION_KEY)
}

/// Changes fields of the application.
async fn edit(app: &Application, change: impl FnOnce(&mut ClientForm)) {
    let mut form = form_of(CODE_CLIENT, "Portal").client;
    change(&mut form);
    let edited = other(app)
        .edit_client(&OPERATOR, app.tenant, app.client, 1, &form)
        .await;
    edited.unwrap();
}

/// The name on the page where whoever comes from the application signs in.
async fn shown_name(app: &Application) -> String {
    let service = &app.test.service;
    let Ok(Authorized::SignIn(token)) = service.authorize(&app.query(&[]), None, BROWSER).await else {
        panic!("nobody is asked to sign in");
    };
    let waiting = service.waiting_request(token.expose_secret()).await.unwrap();
    waiting.unwrap().application
}

async fn allows(app: &Application, origin: &str) -> bool {
    app.test.service.allows_origin(origin).await.unwrap()
}

/// Whether somebody who signed out goes on to this address.
async fn goes_on_to(app: &Application, address: &str) -> bool {
    let query = format!("client_id={}&post_logout_redirect_uri={address}", app.client);
    let ended = app.test.service.end_session(&query, SessionCookies::default(), None);
    ended.await.unwrap() == SessionEnd::Ended(Some(address.to_owned()))
}

/// For how many seconds an access token lives.
fn lifetime(response: &TokenResponse) -> i64 {
    let claims = claims(&response.access_token.0);
    claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap()
}

/// Whether an API is told that an access token is good.
async fn is_active(app: &Application, api: &Asking, response: &TokenResponse) -> bool {
    let token = response.access_token.0.expose_secret();
    let answer = ask(app, &api.id, &api.secret, token).await.unwrap();
    answer["active"] == true
}

/// Asks for a token of a client that calls for itself.
async fn machine_token(app: &Application, machine: &Asking) -> Result<TokenResponse, IssueError> {
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", machine.id.as_str()),
        ("client_secret", machine.secret.as_str()),
    ];
    app.ask(&fields).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_name(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    assert_eq!(shown_name(&app).await, "Portal");
    edit(&app, |form| form.name = "Shop".to_owned()).await;
    assert_eq!(shown_name(&app).await, "Shop");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_redirect_urls(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    app.code(&[]).await;
    edit(&app, |form| form.redirect_urls = vec![NEW.to_owned()]).await;
    let old = app.authorize(&[]).await;
    assert!(
        matches!(old, Err(AuthorizeFailure::Shown(ShownError::RedirectUri))),
        "{old:?}"
    );
    let new = [("redirect_uri", NEW)];
    app.redeem(&app.code(&new).await, &new).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whether_refresh_tokens_are_allowed(#[case] engine: Engine) {
    let (app, first, code) = with_tokens(engine).await;
    edit(&app, |form| form.allow_refresh_token = false).await;
    let refused = refusal(app.refresh(refresh_token(&first)).await);
    assert_eq!(refused.code(), "invalid_grant");
    let late = app.redeem(&code, &[]).await.unwrap();
    assert!(late.refresh_token.is_none());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_cors_origins(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let old = "https://app.example.com";
    assert!(allows(&app, old).await && !allows(&app, NEW).await);
    edit(&app, |form| form.cors_origins = vec![NEW.to_owned()]).await;
    assert!(!allows(&app, old).await && allows(&app, NEW).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_logout_redirect_urls(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let old = "https://app.example.com/signed-out";
    assert!(goes_on_to(&app, old).await && !goes_on_to(&app, NEW).await);
    edit(&app, |form| form.logout_redirect_urls = vec![NEW.to_owned()]).await;
    assert!(!goes_on_to(&app, old).await && goes_on_to(&app, NEW).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_token_lifetime(#[case] engine: Engine) {
    let (app, first, code) = with_tokens(engine).await;
    assert_eq!(lifetime(&first), 900);
    edit(&app, |form| form.token_lifetime = "60".to_owned()).await;
    assert_eq!(lifetime(&app.refresh(refresh_token(&first)).await.unwrap()), 60);
    assert_eq!(lifetime(&app.redeem(&code, &[]).await.unwrap()), 60);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whether_the_client_is_enabled(#[case] engine: Engine) {
    let (app, first, code) = with_tokens(engine).await;
    let api = asking(&app, app.tenant).await;
    assert!(is_active(&app, &api, &first).await);
    let disabled = other(&app)
        .set_client_enabled(&OPERATOR, app.tenant, app.client, false, None)
        .await;
    disabled.unwrap();
    assert!(!is_active(&app, &api, &first).await && !app.opens_userinfo(&first).await);
    for refused in [app.refresh(refresh_token(&first)).await, app.redeem(&code, &[]).await] {
        assert_eq!(refusal(refused).code(), "invalid_client");
    }
    let asked = app.authorize(&[]).await;
    assert!(
        matches!(asked, Err(AuthorizeFailure::Shown(ShownError::UnknownClient))),
        "{asked:?}"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whether_the_person_is_enabled(#[case] engine: Engine) {
    let (app, first, code) = with_tokens(engine).await;
    let api = asking(&app, app.tenant).await;
    let roles = ["Tenant Administrator"];
    add(&app.test, &OPERATOR, app.tenant, "bo@example.com", &roles)
        .await
        .unwrap();
    assert!(is_active(&app, &api, &first).await);
    let disabled = other(&app)
        .set_user_enabled(&OPERATOR, app.tenant, app.ana, false)
        .await;
    disabled.unwrap();
    assert!(!is_active(&app, &api, &first).await && !app.opens_userinfo(&first).await);
    for refused in [app.refresh(refresh_token(&first)).await, app.redeem(&code, &[]).await] {
        assert_eq!(refusal(refused).code(), "invalid_grant");
    }
    let asked = app.authorize(&[]).await;
    assert!(matches!(asked, Ok(Authorized::SignIn(_))), "{asked:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_roles_and_secrets_of_a_client_that_calls_for_itself(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let machine = asking(&app, app.tenant).await;
    let of = SecretsOf {
        tenant: app.tenant,
        client: ClientId(machine.id.parse().unwrap()),
    };
    let before = machine_token(&app, &machine).await.unwrap();
    assert_eq!(claims(&before.access_token.0)["roles"], json!(["Tenant Member"]));
    let other = other(&app);
    let offered = other.offered_roles(&OPERATOR, of.tenant).await.unwrap();
    let viewer = offered.iter().find(|role| role.name == "Tenant Viewer").unwrap();
    let mut form = form_of(ClientKind::ClientCredentials, "Api").client;
    form.roles = vec![viewer.id];
    form.token_lifetime = "60".to_owned();
    let edited = other.edit_client(&OPERATOR, of.tenant, of.client, 1, &form).await;
    edited.unwrap();
    let after = machine_token(&app, &machine).await.unwrap();
    let roles = json!(["Tenant Member", "Tenant Viewer"]);
    assert_eq!(claims(&after.access_token.0)["roles"], roles);
    assert_eq!(lifetime(&after), 60);

    other.remove_secret(&OPERATOR, of, SecretId(1), None).await.unwrap();
    assert_eq!(refusal(machine_token(&app, &machine).await).code(), "invalid_client");
}
