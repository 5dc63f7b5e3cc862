//! Signing in again and again.

use chrono::Duration;

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::{MEMBER, PASSWORD};

#[tokio::test]
async fn after_ten_failures_even_the_right_password_waits() {
    let server = TestServer::start().await;
    server.add_user(MEMBER, "Max", &[]).await;
    for _ in 0..10 {
        assert_eq!(server.sign_in(MEMBER, "wrong").await.status, 422);
    }
    server.clock.advance(Duration::seconds(30));
    let answer = server.sign_in(MEMBER, PASSWORD).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, "870"));
    assert_eq!(answer.header("set-cookie"), "");
    assert!(answer.body.contains("Try again in 15 minutes."), "{}", answer.body);
    server.clock.advance(Duration::seconds(870));
    assert_eq!(server.sign_in(MEMBER, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_account_that_does_not_exist_waits_too() {
    let server = TestServer::start().await;
    for _ in 0..10 {
        assert_eq!(server.sign_in("nobody@example.com", "wrong").await.status, 422);
    }
    assert_eq!(server.sign_in("nobody@example.com", "wrong").await.status, 429);
}

/// Fails to sign in, each time to another account.
async fn fail_from(server: &TestServer, number: u32, forwarded: &str) -> Answer {
    let email = format!("user{number}@example.com");
    let form = server.form("/sign-in", &[("email", &email), ("password", "wrong")]);
    send(form.header("x-forwarded-for", forwarded)).await
}

#[tokio::test]
async fn an_address_waits_after_fifty_failures() {
    let server = TestServer::builder().trusted_proxy("127.0.0.1/32").start().await;
    for number in 0..50 {
        assert_eq!(fail_from(&server, number, "203.0.113.9").await.status, 422);
    }
    assert_eq!(fail_from(&server, 50, "203.0.113.9").await.status, 429);
    assert_eq!(fail_from(&server, 51, "203.0.113.10").await.status, 422);
}
