//! Signing in through the form.

use reqwest::Method;
use rstest::rstest;
use store::testing::{Engine, audit_trail};

use crate::http::send;
use crate::server::TestServer;
use crate::story::{ADMINISTRATOR, MEMBER, PASSWORD};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_right_password_opens_a_session(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    server.add_user(MEMBER, "Max", &[]).await;
    let answer = server.sign_in(" MAX@Example.com ", PASSWORD).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
    assert_eq!(answer.header("cache-control"), "no-store");
    for name in ["clientele_session", "clientele_authorize"] {
        let (token, flags) = answer.set_cookie(name).split_once("; ").unwrap();
        assert_eq!(token.len(), name.len() + 1 + 43);
        assert_eq!(flags, "HttpOnly; SameSite=Lax; Path=/; Max-Age=43200");
    }
    assert_eq!(server.get("/security/clients", &answer.cookie()).await.status, 200);
    let trail = audit_trail(&server.database.database).await;
    let (action, who, whom) = trail.last().unwrap();
    assert_eq!(
        (action.as_str(), who.as_str(), whom.as_deref()),
        ("user.sign_in", "Max", Some("Max"))
    );
}

#[tokio::test]
async fn on_https_the_cookie_is_secure_and_belongs_to_the_host() {
    let server = TestServer::builder().public_url("https://id.example.com").start().await;
    server.add_user(MEMBER, "Max", &[]).await;
    let answer = server.sign_in(MEMBER, PASSWORD).await;
    let (_, flags) = answer.set_cookie("__Host-clientele_session").split_once("; ").unwrap();
    assert_eq!(flags, "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200");
    let (_, flags) = answer
        .set_cookie("__Host-clientele_authorize")
        .split_once("; ")
        .unwrap();
    assert_eq!(flags, "HttpOnly; SameSite=None; Secure; Path=/; Max-Age=43200");
    assert_eq!(server.get("/security/clients", &answer.cookie()).await.status, 200);
    // The plain name could have been set by another host of the domain.
    let plain = answer.cookie().replace("__Host-", "");
    assert_eq!(server.get("/security/clients", &plain).await.status, 303);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let server = TestServer::start().await;
    server.add_user(MEMBER, "Max", &[]).await;
    let wrong = server.sign_in(MEMBER, "wrong password").await;
    let unknown = server.sign_in("nobody@example.com", "wrong password").await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, 422);
        assert_eq!(answer.header("set-cookie"), "");
        assert!(answer.body.contains("The e-mail address or the password is wrong."));
        assert!(!answer.body.contains("wrong password"));
    }
    assert_eq!(wrong.body, unknown.body.replace("nobody@example.com", MEMBER));
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text() {
    let server = TestServer::start().await;
    let answer = server.sign_in("\"><script>alert(1)</script>", "x").await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script"), "{}", answer.body);
}

#[tokio::test]
async fn an_incomplete_form_is_a_wrong_one() {
    let server = TestServer::start().await;
    assert_eq!(send(server.form("/sign-in", &[])).await.status, 422);
}

#[tokio::test]
async fn whoever_was_sent_to_sign_in_returns_to_where_they_were() {
    let server = TestServer::start().await;
    server.add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"]).await;
    let sent = server.get("/security/clients?filter=a%26b&page=2", "").await;
    assert_eq!(sent.status, 303);
    let sign_in = sent.header("location");
    assert_eq!(
        sign_in,
        "/sign-in?return_to=%2Fsecurity%2Fclients%3Ffilter%3Da%2526b%26page%3D2"
    );
    let page = server.get(sign_in, "").await;
    assert_eq!(page.status, 200);
    let hidden = r#"value="/security/clients?filter=a%26b&amp;page=2""#;
    assert!(page.body.contains(hidden), "{}", page.body);
    let back = returned_to(&server, "/security/clients?filter=a%26b&page=2").await;
    assert_eq!(back, "/security/clients?filter=a%26b&page=2");
}

#[rstest]
#[case("https://evil.example/")]
#[case("//evil.example/a")]
#[case("/\\evil.example/a")]
#[case("/\t/evil.example/a")]
#[case("/.//evil.example/a")]
#[case("security")]
#[tokio::test]
async fn nobody_is_sent_to_another_site(#[case] wanted: &str) {
    let server = TestServer::start().await;
    server.add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"]).await;
    assert_eq!(returned_to(&server, wanted).await, "/");
}

/// Signs in and answers where that leads.
async fn returned_to(server: &TestServer, wanted: &str) -> String {
    let fields = [("email", ADMINISTRATOR), ("password", PASSWORD), ("return_to", wanted)];
    send(server.form("/sign-in", &fields))
        .await
        .header("location")
        .to_owned()
}

#[tokio::test]
async fn whoever_is_signed_in_needs_no_form() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let answer = server.get("/sign-in?return_to=/security/clients?page=2", &cookie).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/security/clients?page=2")
    );
    let head = send(server.request(Method::HEAD, "/sign-in")).await;
    assert_eq!(head.status, 200);
}
