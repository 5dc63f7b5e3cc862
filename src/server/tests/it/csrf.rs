//! No other site's page can act for whoever is signed in here.

use reqwest::header::{COOKIE, ORIGIN};
use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::json;

use crate::http::send;
use crate::server::TestServer;
use crate::story::{ADMINISTRATOR, PASSWORD, client_form, secret_of};

/// Each thing that a page can send, with the status that it has when it may.
fn posts(server: &TestServer, cookie: &str) -> [(RequestBuilder, u16); 4] {
    let add = server.request(Method::POST, "/_fn/clients/add");
    let add = add.json(&json!({ "form": client_form() }));
    // The last two end the session.
    let posts = [
        (server.form("/preferences", &[("theme", "dark")]), 303),
        (add, 200),
        (server.form("/sign-out", &[]), 303),
        (
            server.form("/sign-in", &[("email", ADMINISTRATOR), ("password", PASSWORD)]),
            303,
        ),
    ];
    posts.map(|(post, status)| (post.header(COOKIE, cookie), status))
}

#[rstest]
#[case("sec-fetch-site", "cross-site")]
#[case("sec-fetch-site", "same-site")]
#[case("origin", "https://evil.example")]
#[case("origin", "null")]
#[tokio::test]
async fn another_site_is_refused(#[case] header: &str, #[case] value: &str) {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    for (post, _) in posts(&server, &cookie) {
        let answer = send(post.header(header, value)).await;
        assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (403, ""));
    }
    let page = server.get("/security/clients", &cookie).await;
    assert_eq!(page.status, 200, "the session goes on");
    assert!(!page.body.contains("Pump station 7"), "nothing was added");
}

#[rstest]
#[case("sec-fetch-site", "same-origin")]
#[case("sec-fetch-site", "none")]
#[case("origin", "https://id.example.com")]
#[case("user-agent", "no browser at all")]
#[tokio::test]
async fn our_own_pages_are_not(#[case] header: &str, #[case] value: &str) {
    let server = TestServer::builder().public_url("https://id.example.com").start().await;
    let cookie = server.administrator().await;
    for (post, status) in posts(&server, &cookie) {
        assert_eq!(send(post.header(header, value)).await.status, status);
    }
}

#[tokio::test]
async fn the_bound_address_is_our_own() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    for (post, status) in posts(&server, &cookie) {
        let answer = send(post.header(ORIGIN, &server.address)).await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn a_link_from_another_site_opens_the_page() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let request = server.request(Method::GET, "/security/clients");
    let request = request.header(COOKIE, cookie).header("sec-fetch-site", "cross-site");
    assert_eq!(send(request).await.status, 200);
}

#[rstest]
#[case("sec-fetch-site", "cross-site")]
#[case("origin", "https://app.example")]
#[tokio::test]
async fn the_token_endpoint_takes_no_cookie_and_so_anybody(#[case] header: &str, #[case] value: &str) {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let request = server.ask_for_token(&client.id.to_string(), secret_of(&client));
    let answer = send(request.header(header, value)).await;
    assert_eq!(answer.status, 200);
}
