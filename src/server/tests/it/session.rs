//! How sessions end.

use chrono::Duration;
use domain::client::ClientKind;
use domain::user::Email;
use reqwest::Method;
use reqwest::header::COOKIE;
use service::Actor;

use crate::application::Application;
use crate::http::send;
use crate::server::TestServer;
use crate::story::{MEMBER, PASSWORD};

const PAGE: &str = "/security/clients";

#[tokio::test]
async fn signing_out_ends_it_for_whoever_kept_the_cookie_too() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let answer = send(server.request(Method::POST, "/sign-out").header(COOKIE, &cookie)).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/sign-in"));
    assert_eq!(
        answer.set_cookie("clientele_session"),
        "clientele_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
    );
    assert_eq!(
        answer.set_cookie("clientele_authorize"),
        "clientele_authorize=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
    );
    assert_eq!(server.get(PAGE, &cookie).await.status, 303);
    let again = send(server.request(Method::POST, "/sign-out").header(COOKIE, &cookie)).await;
    assert_eq!(again.status, 303, "no error");
}

/// One cookie of a browser may be lost, or be of another session than the other.
#[tokio::test]
async fn signing_out_ends_what_either_cookie_opens() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let other = app.signed_in().await;
    let with = |cookies: &str, name: &str| {
        let found = cookies.split("; ").find(|cookie| cookie.starts_with(name));
        found.unwrap().to_owned()
    };
    let authorize = with(&cookies, "clientele_authorize=");
    let portal = with(&other, "clientele_session=");
    for held in [authorize.clone(), format!("{portal}; {authorize}")] {
        let out = app.server.request(Method::POST, "/sign-out").header(COOKIE, held);
        assert_eq!(send(out).await.status, 303);
        let answer = app.answer(&authorize, &[("prompt", "none")]).await;
        assert_eq!(answer["error"], "login_required");
    }
    assert_eq!(app.server.get(PAGE, &cookies).await.status, 303);
    assert_eq!(app.server.get(PAGE, &portal).await.status, 303);
}

/// What the person allowed applications meanwhile goes on, as after signing out.
#[tokio::test]
async fn signing_in_again_ends_it_and_nothing_more() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let old = app.signed_in().await;
    let tokens = app.redeem(&app.code(&old).await, &[]).await.json();
    let form = app
        .server
        .form("/sign-in", &[("email", MEMBER), ("password", PASSWORD)]);
    let new = send(form.header(COOKIE, &old)).await.cookie();
    assert_eq!(app.server.get(PAGE, &old).await.status, 303);
    assert_eq!(app.answer(&old, &[("prompt", "none")]).await["error"], "login_required");
    assert_eq!(app.server.get(PAGE, &new).await.status, 200);
    let refreshed = app.refresh(tokens["refresh_token"].as_str().unwrap(), &app.client_id);
    assert_eq!(refreshed.await.status, 200);
}

#[tokio::test]
async fn it_is_over_after_12_hours_whatever_is_done_in_it() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    server.clock.advance(Duration::hours(12) - Duration::seconds(1));
    assert_eq!(server.get(PAGE, &cookie).await.status, 200);
    server.clock.advance(Duration::seconds(1));
    assert_eq!(server.get(PAGE, &cookie).await.status, 303);
}

#[tokio::test]
async fn a_new_password_ends_it() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let email = Email::parse(MEMBER).unwrap();
    let password = "another long password".into();
    server
        .service
        .reset_password(&Actor::CommandLine, &email, &password)
        .await
        .unwrap();
    assert_eq!(server.get(PAGE, &cookie).await.status, 303);
}

#[tokio::test]
async fn an_invented_cookie_opens_nothing() {
    let server = TestServer::start().await;
    for value in ["", "x", "\"", "%00", &"A".repeat(43)] {
        let cookie = format!("clientele_session={value}");
        assert_eq!(server.get(PAGE, &cookie).await.status, 303, "{value}");
    }
}
