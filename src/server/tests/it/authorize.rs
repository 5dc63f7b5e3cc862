//! People sign in to applications.

use domain::client::ClientKind;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use rstest::rstest;
use store::testing::Engine;

use crate::application::{AUTHORIZE, Application, REDIRECT_URI, answered};
use crate::http::{encode, send};
use crate::server::TestServer;
use crate::story::MEMBER;

#[rstest]
#[case(Engine::Sqlite, ClientKind::AuthorizationCode)]
#[case(Engine::Postgres, ClientKind::AuthorizationCode)]
#[case(Engine::Sqlite, ClientKind::Hybrid)]
#[tokio::test]
async fn a_person_signs_in_and_the_application_learns_who(#[case] engine: Engine, #[case] kind: ClientKind) {
    let server = TestServer::builder().engine(engine).start().await;
    let app = Application::on(server, kind).await;
    let sent = app.server.get(&app.request(&[]), "").await;
    assert_eq!(sent.status, 303);
    let sign_in = sent.header("location").to_owned();
    let page = app.server.get(&sign_in, "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<strong>Pump station 7</strong>"), "{}", page.body);
    for id in ["email", "password", "submit"] {
        assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
    }

    let signed_in = app.submit_sign_in(&sign_in, "").await;
    assert_eq!(signed_in.status, 303);
    let cookies = signed_in.cookie();
    let back = app.server.get(signed_in.header("location"), &cookies).await;
    assert!(back.header("location").starts_with(&format!("{REDIRECT_URI}?code=")));
    assert_eq!(back.header("cache-control"), "no-store");
    let answer = answered(&back);
    assert_eq!(answer["state"], "a state");
    assert_eq!(answer["iss"], format!("{}/identity", app.server.address));

    let tokens = app.redeem(&answer["code"], &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.body);
    assert_eq!(tokens.header("cache-control"), "no-store");
    let tokens = tokens.json();
    assert_eq!(tokens["scope"], "openid email offline_access");
    assert!(tokens["id_token"].is_string());
    let told = send(app.userinfo(tokens["access_token"].as_str().unwrap())).await;
    assert_eq!((told.status.as_u16(), &told.json()["email"]), (200, &MEMBER.into()));

    let refreshed = app
        .refresh(tokens["refresh_token"].as_str().unwrap(), &app.client_id)
        .await;
    assert_eq!(refreshed.status, 200, "{}", refreshed.body);
}

#[tokio::test]
async fn one_sign_in_opens_portal_and_applications() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    assert!(app.answer(&cookies, &[]).await.contains_key("code"));
    let out = app.server.request(Method::POST, "/sign-out").header(COOKIE, &cookies);
    assert_eq!(send(out).await.status, 303);
    let answer = app.answer(&cookies, &[("prompt", "none")]).await;
    assert_eq!(answer["error"], "login_required");
}

#[tokio::test]
async fn the_cookie_of_the_portal_signs_nobody_in_to_an_application() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let with = |name: &str| cookies.split("; ").find(|cookie| cookie.starts_with(name)).unwrap();
    let (portal, authorize) = (with("clientele_session="), with("clientele_authorize="));
    let answer = app.answer(portal, &[("prompt", "none")]).await;
    assert_eq!(answer["error"], "login_required");
    for name in ["clientele_authorize", "clientele_browser_state"] {
        let stolen = with(name).replace(name, "clientele_session");
        assert_eq!(app.server.get("/security/clients", &stolen).await.status, 303);
    }
    assert_eq!(app.server.get("/security/clients", authorize).await.status, 303);
    let stolen = with("clientele_browser_state=").replace("browser_state", "authorize");
    let answer = app.answer(&stolen, &[("prompt", "none")]).await;
    assert_eq!(answer["error"], "login_required");
}

#[tokio::test]
async fn a_posted_request_comes_again_with_its_cookies() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let posted = app.server.form(AUTHORIZE, &app.parameters(&[]));
    let posted = send(posted.header("origin", "https://app.example.com")).await;
    assert_eq!(posted.status, 303);
    let again = app.server.get(posted.header("location"), &cookies).await;
    assert!(answered(&again).contains_key("code"));

    let other = app.server.request(Method::POST, AUTHORIZE);
    let other = other
        .header(CONTENT_TYPE, "text/plain")
        .body(encode(&app.parameters(&[])));
    assert_eq!(send(other).await.status, 400);
}

#[tokio::test]
async fn prompt_login_asks_again_once() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let sent = app.server.get(&app.request(&[("prompt", "login")]), &cookies).await;
    let page = app.server.get(sent.header("location"), &cookies).await;
    assert_eq!(page.status, 200, "whoever is signed in sees the page too");
    let signed_in = app.submit_sign_in(sent.header("location"), &cookies).await;
    let back = app.server.get(signed_in.header("location"), &signed_in.cookie()).await;
    assert!(answered(&back).contains_key("code"));
}

#[tokio::test]
async fn any_port_of_this_machine_is_answered() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let uri = ("redirect_uri", "http://127.0.0.1:49152/callback");
    let answer = app.answer(&cookies, &[uri]).await;
    assert_eq!(app.redeem(&answer["code"], &[]).await.status, 400, "another address");
    assert_eq!(app.redeem(&answer["code"], &[uri]).await.status, 200);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_request_and_the_name() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let sent = app.server.get(&app.request(&[("login_hint", MEMBER)]), "").await;
    let (_, resume) = sent.header("location").split_once("resume=").unwrap();
    let page = app.server.get(sent.header("location"), "").await;
    assert!(page.body.contains(&format!("value=\"{MEMBER}\"")), "{}", page.body);
    let fields = [("email", MEMBER), ("password", "wrong"), ("resume", resume)];
    let again = send(app.server.form("/sign-in", &fields)).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("<strong>Pump station 7</strong>"));
    assert!(again.body.contains(resume));
}

#[tokio::test]
async fn a_sign_in_that_took_too_long_says_so() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let sent = app.server.get(&app.request(&[]), "").await;
    app.server.clock.advance(chrono::Duration::hours(1));
    let page = app.server.get(sent.header("location"), "").await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("Signing in took too long."), "{}", page.body);
    let resumed = app.server.get("/identity/connect/authorize/resume", "").await;
    assert_eq!(resumed.status, 400);
}

#[rstest]
#[case("/sign-in?resume=a&resume=b")]
#[case("/identity/connect/authorize/resume?request=a&request=b")]
#[tokio::test]
async fn what_names_two_requests_is_said_to_be_unreadable(#[case] path: &str) {
    let server = TestServer::start().await;
    let page = server.get(path, "").await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("be read. Tell"), "{}", page.body);
}

#[tokio::test]
async fn a_posted_request_that_is_too_long_is_said_to_be() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let state = "a".repeat(60_000);
    let posted = app.server.form(AUTHORIZE, &app.parameters(&[("state", &state)]));
    let page = send(posted).await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("a request that is too long"), "{}", page.body);
}
