//! People sign out at the wish of an application.

use domain::client::ClientKind;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use rstest::rstest;

use crate::application::{Application, SIGNED_OUT};
use crate::http::{Answer, encode, send};
use crate::server::TestServer;
use crate::story::MEMBER;

const END_SESSION: &str = "/identity/connect/endsession";

/// An application, Max's cookies, and an ID token of his session.
async fn signed_in() -> (Application, String, String) {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let tokens = app.redeem(&app.code(&cookies).await, &[]).await.json();
    let hint = tokens["id_token"].as_str().unwrap().to_owned();
    (app, cookies, hint)
}

async fn end(app: &Application, cookies: &str, fields: &[(&str, &str)]) -> Answer {
    app.server
        .get(&format!("{END_SESSION}?{}", encode(fields)), cookies)
        .await
}

async fn is_signed_in(app: &Application, cookies: &str) -> bool {
    app.server.get("/security/clients", cookies).await.status == 200
}

#[tokio::test]
async fn with_a_hint_of_the_session_it_ends_and_the_person_goes_back() {
    let (app, cookies, hint) = signed_in().await;
    let fields = [
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", SIGNED_OUT),
        ("state", "a state"),
        ("logout_hint", MEMBER),
        ("ui_locales", "pt-PT en"),
    ];
    let ended = end(&app, &cookies, &fields).await;
    let location = format!("{SIGNED_OUT}?state=a+state");
    assert_eq!(
        (ended.status.as_u16(), ended.header("location")),
        (303, location.as_str())
    );
    assert_eq!(ended.header("cache-control"), "no-store");
    for name in ["clientele_session", "clientele_authorize"] {
        assert!(ended.set_cookie(name).ends_with("Max-Age=0"));
    }
    assert!(!is_signed_in(&app, &cookies).await);
}

#[tokio::test]
async fn without_a_hint_the_person_is_asked_first() {
    let (app, cookies, _) = signed_in().await;
    let fields = [
        ("client_id", app.client_id.as_str()),
        ("post_logout_redirect_uri", SIGNED_OUT),
    ];
    let asked = end(&app, &cookies, &fields).await;
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains("action=\"/sign-out\""), "{}", asked.body);
    let policy = asked.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("form-action"));
    assert!(is_signed_in(&app, &cookies).await);

    let wish = encode(&fields);
    let form = app.server.form("/sign-out", &[("end_session", &wish)]);
    let foreign = app.server.form("/sign-out", &[("end_session", &wish)]);
    let foreign = send(foreign.header(COOKIE, &cookies).header("sec-fetch-site", "cross-site")).await;
    assert_eq!(foreign.status, 403);
    let agreed = send(form.header(COOKIE, &cookies)).await;
    let next = format!("{END_SESSION}?{wish}");
    assert_eq!(
        (agreed.status.as_u16(), agreed.header("location")),
        (303, next.as_str())
    );
    assert!(!is_signed_in(&app, &cookies).await);
    let back = app.server.get(&next, "").await;
    assert_eq!((back.status.as_u16(), back.header("location")), (303, SIGNED_OUT));
}

#[tokio::test]
async fn with_the_cookie_of_the_portal_alone_the_person_is_asked_too() {
    let (app, cookies, hint) = signed_in().await;
    let portal = cookies
        .split("; ")
        .find(|cookie| cookie.starts_with("clientele_session="));
    let portal = portal.unwrap();
    for fields in [vec![], vec![("id_token_hint", hint.as_str())]] {
        let asked = end(&app, portal, &fields).await;
        assert_eq!((asked.status.as_u16(), asked.header("set-cookie")), (200, ""));
        assert!(asked.body.contains("action=\"/sign-out\""), "{}", asked.body);
    }
    assert!(is_signed_in(&app, &cookies).await);
}

#[rstest]
#[case("https://evil.example/")]
#[case("https://app.example.com/callback")]
#[case("https://app.example.com/signed-out/../evil")]
#[case("//evil.example/")]
#[case("javascript:alert(1)")]
#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered(#[case] uri: &str) {
    let (app, cookies, hint) = signed_in().await;
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", uri)];
    let ended = end(&app, &cookies, &fields).await;
    assert_eq!((ended.status.as_u16(), ended.header("location")), (200, ""));
    assert!(ended.body.contains("You are signed out."), "{}", ended.body);
    let wish = format!("post_logout_redirect_uri={uri}\r\nLocation: {uri}");
    let form = app.server.form("/sign-out", &[("end_session", &wish)]);
    let next = send(form).await;
    assert!(next.header("location").starts_with(&format!("{END_SESSION}?")));
    assert_eq!(app.server.get(next.header("location"), "").await.status, 200);
}

#[tokio::test]
async fn a_posted_wish_comes_again_with_its_cookies() {
    let (app, cookies, hint) = signed_in().await;
    let fields = [("id_token_hint", hint.as_str())];
    let posted = send(app.server.form(END_SESSION, &fields)).await;
    assert_eq!(posted.status, 303);
    let again = app.server.request(Method::GET, posted.header("location"));
    let again = send(again.header(COOKIE, &cookies)).await;
    assert!(again.body.contains("You are signed out."), "{}", again.body);
    assert!(!is_signed_in(&app, &cookies).await);
}

#[rstest]
#[case::not_utf8("application/x-www-form-urlencoded", b"state=\xff".to_vec(), "be read. Tell")]
#[case::no_form("application/json", b"{}".to_vec(), "be read. Tell")]
#[case::too_long("application/x-www-form-urlencoded", b"a".repeat(60_000), "is too long. Tell")]
// As a query it would be.
#[case::too_long_a_query("application/x-www-form-urlencoded", b"/".repeat(8_000), "is too long. Tell")]
#[tokio::test]
async fn what_can_not_be_read_is_said_on_a_page(#[case] content_type: &str, #[case] body: Vec<u8>, #[case] why: &str) {
    let server = TestServer::start().await;
    let posted = server.request(Method::POST, END_SESSION);
    let answer = send(posted.header(CONTENT_TYPE, content_type).body(body)).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (400, ""));
    assert!(answer.body.contains(why), "{}", answer.body);
}
