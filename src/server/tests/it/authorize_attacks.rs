//! What is tried at the authorization and token endpoints, and the answer that the specifications name.

use chrono::Duration;
use domain::client::ClientKind;
use reqwest::header::COOKIE;
use rstest::rstest;

use crate::application::{Application, CHALLENGE, VERIFIER, add};
use crate::http::{Answer, send};
use crate::story::{MEMBER, PASSWORD};

const CODE_CLIENT: ClientKind = ClientKind::AuthorizationCode;

/// The error of the token endpoint.
fn error(answer: &Answer) -> (u16, String) {
    let code = answer.json()["error"].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), code)
}

fn refused(code: &str) -> (u16, String) {
    let status = if code == "invalid_client" { 401 } else { 400 };
    (status, code.to_owned())
}

#[rstest]
#[case::unknown_client(&[("client_id", "00000000-0000-4000-8000-00000000abcd")], "unknown or disabled")]
#[case::no_client(&[("client_id", "")], "unknown or disabled")]
#[case::two_clients(&[("client_id", "a"), ("client_id", "b")], "unknown or disabled")]
#[case::other_address(&[("redirect_uri", "https://evil.example/callback")], "hasn't registered")]
#[case::longer_address(&[("redirect_uri", "https://app.example.com/callback/../evil")], "hasn't registered")]
#[case::other_host(&[("redirect_uri", "https://app.example.com.evil.example/callback")], "hasn't registered")]
#[case::hidden_host(&[("redirect_uri", "http://127.0.0.1:80@evil.example/callback")], "hasn't registered")]
#[case::script(&[("redirect_uri", "javascript:alert(1)")], "hasn't registered")]
#[case::no_address(&[("redirect_uri", "")], "hasn't registered")]
#[tokio::test]
async fn nothing_goes_to_an_address_that_is_not_registered(#[case] changes: &[(&str, &str)], #[case] told: &str) {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let answer = app.server.get(&app.request(changes), &cookies).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (400, ""));
    assert!(answer.body.contains(told), "{}", answer.body);
    assert!(!answer.body.contains("evil.example"), "{}", answer.body);
}

#[rstest]
#[case::without_pkce(&[("code_challenge", ""), ("code_challenge_method", "")], "invalid_request")]
#[case::plain_pkce(&[("code_challenge", VERIFIER), ("code_challenge_method", "plain")], "invalid_request")]
#[case::plain_by_default(&[("code_challenge", CHALLENGE), ("code_challenge_method", "")], "invalid_request")]
#[case::repeated(&[("scope", "openid"), ("scope", "openid ocsapi")], "invalid_request")]
#[case::repeated_unknown(&[("foo", "1"), ("foo", "2")], "invalid_request")]
#[case::request_object(&[("request", "eyJhbGciOiJub25lIn0.e30.")], "request_not_supported")]
#[case::request_uri(&[("request_uri", "https://evil.example/request")], "request_uri_not_supported")]
#[tokio::test]
async fn a_request_is_refused_to_its_application(#[case] changes: &[(&str, &str)], #[case] code: &str) {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let answer = app.answer(&cookies, changes).await;
    assert_eq!(answer["error"], code);
    assert_eq!(answer["state"], "a state");
    assert!(!answer.contains_key("code"));
}

#[tokio::test]
async fn huge_parameters_are_refused() {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let long = "s".repeat(3_000);
    let answer = app.answer(&cookies, &[("state", &long)]).await;
    assert_eq!(answer["error"], "invalid_request");
    assert!(!answer.contains_key("state"));
    let huge = "s".repeat(10_000);
    let answer = app.server.get(&app.request(&[("state", &huge)]), &cookies).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (400, ""));
    assert!(answer.body.contains("too long"), "{}", answer.body);
}

#[tokio::test]
async fn a_state_leads_nowhere_else() {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let state = "&redirect_uri=https://evil.example#\r\nLocation: https://evil.example/";
    let answer = app.answer(&cookies, &[("state", state)]).await;
    assert_eq!(answer["state"], state);
    assert!(!answer.contains_key("redirect_uri"));
}

#[rstest]
#[case::wrong_verifier(&[("code_verifier", "another-verifier-another-verifier-another-verifier")], "invalid_grant")]
#[case::no_verifier(&[("code_verifier", "")], "invalid_grant")]
#[case::other_address(&[("redirect_uri", "http://127.0.0.1/callback")], "invalid_grant")]
#[case::secret_of_a_public_client(&[("client_secret", "cls_x")], "invalid_client")]
#[case::unknown_code(&[("code", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")], "invalid_grant")]
#[tokio::test]
async fn a_code_is_refused(#[case] changes: &[(&str, &str)], #[case] code: &str) {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let answer = app.redeem(&app.code(&cookies).await, changes).await;
    assert_eq!(error(&answer), refused(code));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_replayed_code_ends_the_tokens_of_its_first_use() {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let code = app.code(&cookies).await;
    let tokens = app.redeem(&code, &[]).await.json();
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(send(app.userinfo(token)).await.status, 200);
    assert_eq!(error(&app.redeem(&code, &[]).await), refused("invalid_grant"));
    assert_eq!(send(app.userinfo(token)).await.status, 401);
    let refreshed = app
        .refresh(tokens["refresh_token"].as_str().unwrap(), &app.client_id)
        .await;
    assert_eq!(error(&refreshed), refused("invalid_grant"));
}

#[tokio::test]
async fn an_expired_code_is_refused() {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let code = app.code(&cookies).await;
    app.server.clock.advance(Duration::seconds(60));
    assert_eq!(error(&app.redeem(&code, &[]).await), refused("invalid_grant"));
}

#[tokio::test]
async fn another_client_gets_nothing_for_a_code_or_refresh_token() {
    let app = Application::start(CODE_CLIENT).await;
    let (other, _) = add(&app.server, CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let code = app.code(&cookies).await;
    let stolen = app.redeem(&code, &[("client_id", &other)]).await;
    assert_eq!(error(&stolen), refused("invalid_grant"));
    let tokens = app.redeem(&code, &[]).await.json();
    let token = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(error(&app.refresh(token, &other).await), refused("invalid_grant"));
    assert_eq!(app.refresh(token, &app.client_id).await.status, 200);
}

#[tokio::test]
async fn a_reused_refresh_token_ends_its_family() {
    let app = Application::start(CODE_CLIENT).await;
    let cookies = app.signed_in().await;
    let tokens = app.redeem(&app.code(&cookies).await, &[]).await.json();
    let first = tokens["refresh_token"].as_str().unwrap();
    let next = app.refresh(first, &app.client_id).await.json();
    assert_eq!(
        error(&app.refresh(first, &app.client_id).await),
        refused("invalid_grant")
    );
    let next = next["refresh_token"].as_str().unwrap();
    assert_eq!(
        error(&app.refresh(next, &app.client_id).await),
        refused("invalid_grant")
    );
}

/// Another site signs nobody in to an account of its own.
#[rstest]
#[case("sec-fetch-site", "cross-site")]
#[case("origin", "https://evil.example")]
#[tokio::test]
async fn another_site_signs_nobody_in(#[case] header: &str, #[case] value: &str) {
    let app = Application::start(CODE_CLIENT).await;
    let sent = app.server.get(&app.request(&[]), "").await;
    let (_, resume) = sent.header("location").split_once("resume=").unwrap();
    let fields = [("email", MEMBER), ("password", PASSWORD), ("resume", resume)];
    let form = app.server.form("/sign-in", &fields).header(header, value);
    let answer = send(form).await;
    assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (403, ""));
}

#[tokio::test]
async fn nobody_frames_what_people_select() {
    let app = Application::start(CODE_CLIENT).await;
    let sent = app.server.get(&app.request(&[]), "").await;
    let pages = [
        app.server.get(sent.header("location"), "").await,
        app.server.get(&app.request(&[("client_id", "")]), "").await,
    ];
    for page in [&sent, &pages[0], &pages[1]] {
        assert_eq!(page.header("x-frame-options"), "DENY");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    }
    // Browsers hold it against the redirect to the application that follows.
    assert!(!pages[0].header("content-security-policy").contains("form-action"));
    assert!(!pages[0].body.contains("<script"));
}

#[tokio::test]
async fn a_request_that_waits_resumes_nothing_but_itself() {
    let app = Application::start(CODE_CLIENT).await;
    let wanted = "//evil.example/";
    let fields = [("email", MEMBER), ("password", PASSWORD), ("resume", wanted)];
    let answer = send(app.server.form("/sign-in", &fields)).await;
    let expected = "/identity/connect/authorize/resume?request=%2F%2Fevil.example%2F";
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, expected));
    let resumed = app.server.request(reqwest::Method::GET, expected);
    let resumed = send(resumed.header(COOKIE, answer.cookie())).await;
    assert_eq!((resumed.status.as_u16(), resumed.header("location")), (400, ""));
}
