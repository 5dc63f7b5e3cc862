//! The setup link.

use reqwest::RequestBuilder;
use rstest::rstest;
use secrecy::ExposeSecret;

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::{ADMINISTRATOR, PASSWORD};

/// The form, filled in.
fn form(server: &TestServer, token: &str, name: &str, password: &str) -> RequestBuilder {
    let fields = [
        ("token", token),
        ("name", name),
        ("email", ADMINISTRATOR),
        ("password", password),
    ];
    server.form("/setup", &fields)
}

async fn submit(server: &TestServer, token: &str, name: &str, password: &str) -> Answer {
    send(form(server, token, name, password)).await
}

#[tokio::test]
async fn a_link_makes_one_administrator() {
    let server = TestServer::start().await;
    let link = server.service.make_setup_link().await.unwrap();
    let token = link.expose_secret();
    let page = server.get(&format!("/setup?token={token}"), "").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), "no-store");

    let wrong = submit(&server, token, "", "short").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Name is 1 to 128 characters. It is empty."));
    assert!(wrong.body.contains("Password"));
    assert!(!wrong.body.contains("value=\"short\""));

    let done = submit(&server, token, "Ada", PASSWORD).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    let clients = server.get("/security/clients", &done.cookie()).await;
    assert!(clients.body.contains("Add Client"), "Ada is an administrator");

    let again = submit(&server, token, "Eve", PASSWORD).await;
    assert_eq!((again.status.as_u16(), again.header("set-cookie")), (404, ""));
    assert_eq!(server.get(&format!("/setup?token={token}"), "").await.status, 404);
}

#[tokio::test]
async fn without_the_link_there_is_no_setup() {
    let server = TestServer::start().await;
    server.service.make_setup_link().await.unwrap();
    for path in ["/setup", "/setup?token=", "/setup?token=invented"] {
        let page = server.get(path, "").await;
        assert_eq!(page.status, 404);
        assert!(page.body.contains("This setup link was used or is over"));
    }
    assert_eq!(submit(&server, "invented", "Eve", PASSWORD).await.status, 404);
}

#[rstest]
#[case("sec-fetch-site", "cross-site")]
#[case("origin", "https://evil.example")]
#[tokio::test]
async fn another_site_makes_no_administrator(#[case] header: &str, #[case] value: &str) {
    let server = TestServer::start().await;
    let link = server.service.make_setup_link().await.unwrap();
    let token = link.expose_secret();
    let answer = send(form(&server, token, "Eve", PASSWORD).header(header, value)).await;
    assert_eq!((answer.status.as_u16(), answer.header("set-cookie")), (403, ""));
    assert_eq!(server.get(&format!("/setup?token={token}"), "").await.status, 200);
    assert_eq!(server.sign_in(ADMINISTRATOR, PASSWORD).await.status, 422);
}
