//! Who is answered, who signs in first, who is told what is wrong.

use std::collections::BTreeMap;

use domain::client::ClientKind;
use identity::algorithm::Algorithm;
use identity::id_token::half_hash;
use rstest::rstest;
use serde_json::json;
use store::testing::{Engine, contents, disable, holds_text, until_waiting};
use store::users;

use super::fixtures::{ANA, Application, BROWSER, REDIRECT_URI, answered, application, claims, refresh_token, sign_in};
use super::*;
use crate::Actor;
use crate::clients::fixtures::{form_of, other_tenant};
use crate::users::tests::add;

const CODE_CLIENT: ClientKind = ClientKind::AuthorizationCode;

/// What resumes the request that waits for somebody to sign in.
fn waits(authorized: Result<Authorized, AuthorizeFailure>) -> SecretString {
    match authorized {
        Ok(Authorized::SignIn(token)) => token,
        other => panic!("nobody is asked to sign in: {other:?}"),
    }
}

/// Resumes a request with a session.
async fn resume(
    application: &Application,
    token: &SecretString,
    session: &SecretString,
) -> Result<Authorized, AuthorizeFailure> {
    let service = &application.test.service;
    service
        .resume_authorize(token.expose_secret(), Some(session.expose_secret()))
        .await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whoever_is_signed_in_is_answered_at_once(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let mut answer = app.answer(&[]).await;
    let code = answer.remove("code").unwrap();
    assert_eq!(code.len(), 43);
    let state = answer.remove("session_state").unwrap();
    let (_, salt) = state.split_once('.').unwrap();
    let browser = browser_state(app.session.expose_secret());
    assert_eq!(
        session_state(app.client, REDIRECT_URI, &browser, salt),
        Some(state.clone())
    );
    let rest = [("iss", "https://id.example.com/identity"), ("state", "s")];
    let rest = rest.map(|(name, value)| (name, value.to_owned()));
    assert_eq!(answer, BTreeMap::from(rest));
    assert!(!holds_text(&app.test.database, &code).await, "only its hash is stored");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whoever_is_not_signs_in_first(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let service = &app.test.service;
    let query = app.query(&[("login_hint", ANA)]);
    let token = waits(service.authorize(&query, Some("no such session"), BROWSER).await);
    let expected = WaitingRequest {
        application: "Portal".to_owned(),
        email: ANA.to_owned(),
    };
    let waiting = service.waiting_request(token.expose_secret()).await.unwrap();
    assert_eq!(waiting, Some(expected));
    assert_eq!(service.waiting_request("another").await.unwrap(), None);

    let again = waits(service.resume_authorize(token.expose_secret(), None).await);
    assert_eq!(again.expose_secret(), token.expose_secret(), "it goes on to wait");
    let session = sign_in(&app.test, ANA).await;
    assert!(answered(resume(&app, &token, &session).await).contains_key("code"));

    app.test.clock.advance(WAITING);
    let over = resume(&app, &token, &session).await;
    assert!(matches!(over, Err(AuthorizeFailure::Shown(ShownError::Over))));
    assert_eq!(service.waiting_request(token.expose_secret()).await.unwrap(), None);
}

#[tokio::test]
async fn a_posted_request_goes_on_as_one_that_was_not() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let form = Some("application/x-www-form-urlencoded");
    let body = app.query(&[]);
    let token = app
        .test
        .service
        .post_authorize(form, body.as_bytes(), BROWSER)
        .await
        .unwrap();
    assert!(answered(resume(&app, &token, &app.session).await).contains_key("code"));
    let refused = app.test.service.post_authorize(None, body.as_bytes(), BROWSER).await;
    assert!(matches!(refused, Err(AuthorizeFailure::Shown(ShownError::Unreadable))));
}

#[rstest]
#[case(&[("prompt", "login")])]
#[case(&[("max_age", "9")])]
#[case(&[("max_age", "0")])]
#[tokio::test]
async fn an_older_session_may_not_do(#[case] changes: &[(&str, &str)]) {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let token = waits(app.authorize(changes).await);
    waits(resume(&app, &token, &app.session).await);
    app.test.clock.advance(Duration::seconds(5));
    let session = sign_in(&app.test, ANA).await;
    app.test.clock.advance(Duration::seconds(5));
    assert!(answered(resume(&app, &token, &session).await).contains_key("code"));
}

#[rstest]
#[case(&[("max_age", "10")], None)]
#[case(&[("prompt", "none")], None)]
#[case(&[("prompt", "none"), ("max_age", "9")], Some("login_required"))]
#[tokio::test]
async fn nobody_is_asked_who_need_not_or_may_not_be(#[case] changes: &[(&str, &str)], #[case] error: Option<&str>) {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let answer = app.answer(changes).await;
    assert_eq!(answer.get("error").map(String::as_str), error);
    let signed_out = app
        .test
        .service
        .authorize(&app.query(&[("prompt", "none")]), None, BROWSER)
        .await;
    let answer = answered(signed_out);
    assert_eq!(
        (answer["error"].as_str(), answer["state"].as_str()),
        ("login_required", "s")
    );
}

#[tokio::test]
async fn the_application_may_expect_somebody() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let operator = Actor::CommandLine;
    add(&app.test, &operator, app.tenant, "bo@example.com", &[])
        .await
        .unwrap();
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let hint = response.id_token.unwrap().0;
    let hint = ("id_token_hint", hint.expose_secret());
    assert!(app.answer(&[hint]).await.contains_key("code"));

    let bo = sign_in(&app.test, "bo@example.com").await;
    let service = &app.test.service;
    let query = app.query(&[hint, ("prompt", "none")]);
    let answer = answered(service.authorize(&query, Some(bo.expose_secret()), BROWSER).await);
    assert_eq!(answer["error"], "login_required");
    app.test.clock.advance(Duration::seconds(1));
    let token = waits(
        service
            .authorize(&app.query(&[hint]), Some(bo.expose_secret()), BROWSER)
            .await,
    );
    let bo = sign_in(&app.test, "bo@example.com").await;
    assert_eq!(answered(resume(&app, &token, &bo).await)["error"], "login_required");
    let ana = sign_in(&app.test, ANA).await;
    let again = resume(&app, &token, &ana).await;
    assert!(
        matches!(again, Err(AuthorizeFailure::Shown(ShownError::Over))),
        "a request is answered once"
    );
    let token = waits(
        service
            .authorize(&app.query(&[hint]), Some(bo.expose_secret()), BROWSER)
            .await,
    );
    app.test.clock.advance(Duration::seconds(1));
    let ana = sign_in(&app.test, ANA).await;
    assert!(answered(resume(&app, &token, &ana).await).contains_key("code"));
}

#[tokio::test]
async fn a_hint_that_can_not_be_read_is_of_nobody_who_is_signed_in() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    for hint in ["nonsense", "eyJhbGciOiJub25lIn0.e30."] {
        let hint = ("id_token_hint", hint);
        let answer = app.answer(&[hint, ("prompt", "none")]).await;
        assert_eq!(answer["error"], "login_required");
        let token = waits(app.authorize(&[hint]).await);
        app.test.clock.advance(Duration::seconds(1));
        let session = sign_in(&app.test, ANA).await;
        assert!(answered(resume(&app, &token, &session).await).contains_key("code"));
    }
}

#[rstest]
#[case("0", 1, false)]
#[case("1", 999, true)]
#[case("1", 1001, false)]
#[case("9223372036854775807", 1001, true)]
#[tokio::test]
async fn max_age_counts_parts_of_a_second(#[case] max_age: &str, #[case] milliseconds: i64, #[case] code: bool) {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let session = sign_in(&app.test, ANA).await;
    app.test.clock.advance(Duration::milliseconds(milliseconds));
    let query = app.query(&[("max_age", max_age), ("prompt", "none")]);
    let answer = app
        .test
        .service
        .authorize(&query, Some(session.expose_secret()), BROWSER);
    assert_eq!(answered(answer.await).contains_key("code"), code);
}

#[tokio::test]
async fn a_person_of_another_tenant_is_denied() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let other = other_tenant(&app.test).await;
    let operator = Actor::CommandLine;
    add(&app.test, &operator, other, "bo@example.com", &[]).await.unwrap();
    let bo = sign_in(&app.test, "bo@example.com").await;
    let answer = app
        .test
        .service
        .authorize(&app.query(&[]), Some(bo.expose_secret()), BROWSER)
        .await;
    assert_eq!(answered(answer)["error"], "access_denied");
    let named = format!("tenant:{other}");
    assert_eq!(app.answer(&[("acr_values", &named)]).await["error"], "invalid_request");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_client_or_address_is_shown_and_nothing_goes_there(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let shown = async |changes: &[(&str, &str)]| match app.authorize(changes).await {
        Err(AuthorizeFailure::Shown(error)) => error,
        other => panic!("not shown: {other:?}"),
    };
    let evil = "https://evil.example/callback";
    assert_eq!(shown(&[("redirect_uri", evil)]).await, ShownError::RedirectUri);
    assert_eq!(shown(&[("client_id", "")]).await, ShownError::UnknownClient);
    let nobody = "00000000-0000-4000-8000-00000000abcd";
    assert_eq!(shown(&[("client_id", nobody)]).await, ShownError::UnknownClient);
    disable(&app.test.database.database, app.client.0).await;
    assert_eq!(shown(&[]).await, ShownError::UnknownClient);
}

/// Allows an application what an administrator allows it through the API.
async fn allow_access_tokens_via_browser(app: &Application) {
    let mut form = form_of(ClientKind::Hybrid, "Portal").client;
    form.extras.allow_access_tokens_via_browser = Some(true);
    let allowed = app
        .test
        .service
        .edit_client(&Actor::CommandLine, app.tenant, app.client, 1, &form);
    allowed.await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn tokens_beside_the_code_are_bound_to_it(#[case] engine: Engine) {
    let app = application(engine, ClientKind::Hybrid).await;
    let changes = [
        ("response_type", "code id_token token"),
        ("scope", "openid profile email"),
    ];
    assert_eq!(app.answer(&changes).await["error"], "unauthorized_client");
    allow_access_tokens_via_browser(&app).await;
    let answer = app.answer(&changes).await;
    assert_eq!(
        (answer["token_type"].as_str(), answer["expires_in"].as_str()),
        ("Bearer", "900")
    );
    let id_token = claims(&answer["id_token"].as_str().into());
    assert_eq!(id_token["nonce"], "n");
    assert_eq!(id_token["sub"], json!(app.ana));
    let hash = |name: &str| half_hash(&answer[name].as_str().into(), Algorithm::Rs256);
    assert_eq!(id_token["c_hash"], hash("code"));
    assert_eq!(id_token["at_hash"], hash("access_token"));
    assert_eq!(
        (id_token.get("name"), id_token.get("email")),
        (None, None),
        "not through the browser"
    );

    let response = app.redeem(&answer["code"], &[]).await.unwrap();
    let later = claims(&response.id_token.unwrap().0);
    assert_eq!(
        (later["name"].as_str(), later["email"].as_str()),
        (Some("Ana"), Some(ANA))
    );
    assert_eq!(later["nonce"], "n");
    assert_eq!(later.get("c_hash"), None);
}

#[tokio::test]
async fn an_access_token_comes_beside_the_code_alone_too() {
    let app = application(Engine::Sqlite, ClientKind::Hybrid).await;
    allow_access_tokens_via_browser(&app).await;
    let answer = app
        .answer(&[("response_type", "code token"), ("scope", "openid email")])
        .await;
    assert!(!answer.contains_key("id_token"));
    let told = app
        .test
        .service
        .user_info(&answer["access_token"].as_str().into())
        .await;
    let told = told.unwrap();
    assert_eq!((told.sub, told.profile.email.as_deref()), (app.ana, Some(ANA)));

    let response = app.redeem(&answer["code"], &[]).await.unwrap();
    assert!(app.opens_userinfo(&response).await);
    assert!(response.id_token.is_some());
}

#[tokio::test]
async fn grants_are_forgotten_when_nothing_of_them_can_be_good() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let token = refresh_token(&response).to_owned();
    let absolute = RefreshTokenLifetimes::default().absolute();
    app.test.clock.advance(absolute + ACCESS_TOKEN);
    app.test.service.forget_grants().await.unwrap();
    let hash = bearer_hash(&token);
    let found = store::refresh_tokens::find(&app.test.database.database, &hash).await;
    assert_eq!(found.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn many_requests_of_a_network_push_out_its_own_alone(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let service = &app.test.service;
    let query = app.query(&[]);
    let ask = async |address: &str| {
        app.test.clock.advance(Duration::seconds(1));
        waits(service.authorize(&query, None, address.parse().unwrap()).await)
    };
    let is_waiting = async |token: &SecretString| {
        let waiting = service.waiting_request(token.expose_secret()).await;
        waiting.unwrap().is_some()
    };
    let elsewhere = ask("2001:db8:1:3::1").await;
    let first = ask("2001:db8:1:2::1").await;
    let second = ask("2001:db8:1:2::2").await;
    for _ in 2..WAITING_OF_A_NETWORK {
        ask("2001:db8:1:2::3").await;
    }
    assert!(is_waiting(&first).await);
    ask("2001:db8:1:2::4").await;
    assert!(!is_waiting(&first).await);
    assert!(is_waiting(&second).await && is_waiting(&elsewhere).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_reset_in_this_very_moment_allows_nothing(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let (service, database) = (app.test.service.clone(), &app.test.database.database);
    // A reset or being disabled, but for its end.
    let mut reset = database.begin().await.unwrap();
    users::lock(&mut reset, app.tenant, app.ana).await.unwrap();
    sessions::delete_of_user(&mut reset, app.ana).await.unwrap();
    grants::end_of_user(&mut reset, app.ana, service.clock.now())
        .await
        .unwrap();
    let (query, session) = (app.query(&[]), app.session.clone());
    let asked = tokio::spawn(async move { service.authorize(&query, Some(session.expose_secret()), BROWSER).await });
    until_waiting(database, 1, || asked.is_finished()).await;
    reset.commit().await.unwrap();

    waits(asked.await.unwrap());
    let kept = contents(database).await;
    assert!(!kept.iter().any(|row| row.starts_with("grants: ")), "{kept:?}");
}
