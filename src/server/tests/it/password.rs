//! The one-time link with which a person chooses a password.

use chrono::Duration;
use domain::user_form::UserForm;
use domain::view::PasswordLink;
use rstest::rstest;
use service::Actor;
use store::testing::Engine;

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::PASSWORD;

const BO: &str = "bo@example.com";

/// Invites Bo.
async fn invite(server: &TestServer) -> PasswordLink {
    let form = UserForm {
        name: "Bo".to_owned(),
        email: BO.to_owned(),
        ..UserForm::default()
    };
    let link = server
        .service
        .invite_user(&Actor::CommandLine, server.tenant, None, &form)
        .await;
    link.unwrap()
}

/// What opens the link, which leads to this server.
fn token(server: &TestServer, link: &PasswordLink) -> String {
    let start = format!("{}/password?token=", server.address);
    link.url.0.strip_prefix(&start).unwrap().to_owned()
}

async fn open(server: &TestServer, token: &str) -> Answer {
    server.get(&format!("/password?token={token}"), "").await
}

async fn choose(server: &TestServer, token: &str, password: &str) -> Answer {
    send(server.form("/password", &[("token", token), ("password", password)])).await
}

/// The link neither shows the page nor takes a password, and what to do instead is said.
async fn assert_dead(server: &TestServer, token: &str) {
    for answer in [open(server, token).await, choose(server, token, PASSWORD).await] {
        assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (404, ""));
        assert!(
            answer
                .body
                .contains("This link was used or is over, or a newer one was made. Ask a Tenant Administrator"),
            "{}",
            answer.body
        );
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_invited_chooses_a_password_once_and_is_signed_in(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let token = token(&server, &invite(&server).await);
    for _ in 0..2 {
        let page = open(&server, &token).await;
        assert_eq!(page.status, 200, "to look at it doesn't use it");
        assert!(
            page.body.contains(BO) && page.body.contains("Set Password"),
            "{}",
            page.body
        );
        // The address holds what opens the account: nobody else may keep it or be told it.
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin");
    }

    let done = choose(&server, &token, PASSWORD).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    assert_eq!(done.header("cache-control"), "no-store");
    let clients = server.get("/security/clients", &done.cookie()).await;
    assert_eq!(clients.status, 200);
    assert!(clients.body.contains(BO), "signed in as Bo");
    assert_eq!(server.sign_in(BO, PASSWORD).await.status, 303);
    assert_dead(&server, &token).await;
}

#[tokio::test]
async fn a_password_out_of_bounds_leaves_the_link() {
    let server = TestServer::start().await;
    let token = token(&server, &invite(&server).await);
    let long = "x".repeat(129);
    for (wrong, why) in [
        ("elevenchars", "This one is too short."),
        (long.as_str(), "This one is too long."),
    ] {
        let answer = choose(&server, &token, wrong).await;
        assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (422, ""));
        let message = format!("Password is 12 to 128 characters. {why}");
        assert!(answer.body.contains(&message), "{}", answer.body);
        assert!(answer.body.contains(&token), "one can try again at once");
        assert!(!answer.body.contains(wrong));
        assert_eq!(server.sign_in(BO, wrong).await.status, 422);
    }
    assert_eq!(choose(&server, &token, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_link_that_is_none_says_what_to_do() {
    let server = TestServer::start().await;
    invite(&server).await;
    for token in ["", "invented"] {
        assert_dead(&server, token).await;
    }
    assert_eq!(server.get("/password", "").await.status, 404);
    assert_eq!(send(server.form("/password", &[])).await.status, 404);
}

#[tokio::test]
async fn a_link_is_over_after_seven_days_or_with_a_newer_one() {
    let server = TestServer::start().await;
    server.administrator().await;
    let first = invite(&server).await;
    server.clock.advance(Duration::days(7));
    assert_dead(&server, &token(&server, &first)).await;
    let reset = async || {
        let reset = server
            .service
            .reset_user(&Actor::CommandLine, server.tenant, first.id)
            .await;
        token(&server, &reset.unwrap())
    };
    let (older, newer) = (reset().await, reset().await);
    assert_dead(&server, &older).await;
    assert_eq!(choose(&server, &newer, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn the_link_of_somebody_disabled_waits_until_they_are_enabled() {
    let server = TestServer::start().await;
    server.administrator().await;
    let link = invite(&server).await;
    let token = token(&server, &link);
    let enable = async |enabled| {
        let (service, actor) = (&server.service, Actor::CommandLine);
        let set = service.set_user_enabled(&actor, server.tenant, link.id, enabled).await;
        set.unwrap();
    };
    enable(false).await;
    assert_dead(&server, &token).await;
    enable(true).await;
    assert_eq!(choose(&server, &token, PASSWORD).await.status, 303);
}

#[rstest]
#[case("sec-fetch-site", "cross-site")]
#[case("origin", "https://evil.example")]
#[tokio::test]
async fn another_site_chooses_no_password(#[case] header: &str, #[case] value: &str) {
    let server = TestServer::start().await;
    let token = token(&server, &invite(&server).await);
    let form = server.form("/password", &[("token", &token), ("password", PASSWORD)]);
    let answer = send(form.header(header, value)).await;
    assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (403, ""));
    assert_eq!(open(&server, &token).await.status, 200);
    assert_eq!(server.sign_in(BO, PASSWORD).await.status, 422);
}
