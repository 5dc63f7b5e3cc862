//! Pages of other sites call what applications call, if a client lists their origin.

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind};
use domain::client_form::ClientForm;
use reqwest::Method;
use rstest::rstest;
use service::Actor;
use store::testing::Engine;

use crate::api::path;
use crate::application::{REDIRECT_URI, TOKEN, USERINFO};
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::{client_form, secret_of};

const ORIGIN: &str = "https://app.example.com";
const REVOCATION: &str = "/identity/connect/revocation";
/// What a page may read beside the body.
const EXPOSED: &str = "Operation-Id, Total-Count, ETag, Location, Retry-After, WWW-Authenticate";

/// A server with a client that lists the origin.
async fn with_origin(engine: Engine) -> (TestServer, ClientId) {
    let server = TestServer::builder().engine(engine).start().await;
    let form = AddClientForm {
        kind: ClientKind::AuthorizationCode,
        client: ClientForm {
            redirect_urls: vec![REDIRECT_URI.to_owned()],
            cors_origins: vec![ORIGIN.to_owned()],
            ..client_form().client
        },
        ..client_form()
    };
    let id = server.add_client_to(server.tenant, &form).await.id;
    (server, id)
}

/// What a browser asks before a page of this origin calls.
async fn preflight(server: &TestServer, path: &str, origin: &str) -> Answer {
    let request = server.request(Method::OPTIONS, path).header("origin", origin);
    send(request.header("access-control-request-method", "POST")).await
}

async fn allowed(server: &TestServer, path: &str, origin: &str) -> bool {
    let answer = preflight(server, path, origin).await;
    assert_eq!((answer.status.as_u16(), answer.header("vary")), (204, "Origin"));
    answer.header("access-control-allow-origin") == origin
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_listed_origin_may_call_and_read_errors_too(#[case] engine: Engine) {
    let (server, _) = with_origin(engine).await;
    for path in [
        TOKEN,
        USERINFO,
        REVOCATION,
        "/Identity/Connect/Token",
        "/api/v1/Tenants",
    ] {
        let asked = preflight(&server, path, ORIGIN).await;
        assert_eq!(asked.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(asked.header("access-control-allow-methods"), "GET, POST, PUT, DELETE");
        let sent = "Authorization, Content-Type, If-Match, If-None-Match";
        assert_eq!(asked.header("access-control-allow-headers"), sent);
        assert_eq!(asked.header("access-control-max-age"), "600");
        assert_eq!(asked.header("access-control-allow-credentials"), "");
    }
    let refused = send(server.form(TOKEN, &[]).header("origin", ORIGIN)).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("access-control-allow-origin"), ORIGIN);
    assert_eq!(refused.header("access-control-expose-headers"), EXPOSED);
}

/// Of a call itself, of which the browser has no more to ask, every answer says whether the page may read it.
#[rstest]
#[case(ORIGIN, ORIGIN)]
#[case("https://evil.example", "")]
#[tokio::test]
async fn a_call_of_the_api_is_read_by_pages_of_listed_origins_alone(#[case] origin: &str, #[case] allowed: &str) {
    let (server, _) = with_origin(Engine::Sqlite).await;
    let machine = server.add_client().await;
    let token = server.token(&machine.id.to_string(), secret_of(&machine)).await;
    let call = |method, token: &str| {
        let request = server.request(method, &path(server.tenant, "Roles")).bearer_auth(token);
        send(request.header("origin", origin))
    };
    for (answer, status) in [
        (call(Method::GET, &token).await, 200),
        (call(Method::HEAD, &token).await, 200),
        (call(Method::POST, &token).await, 403),
        (call(Method::GET, "nonsense").await, 401),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.header("vary"), "Origin");
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let exposed = if allowed.is_empty() { "" } else { EXPOSED };
        assert_eq!(answer.header("access-control-expose-headers"), exposed);
    }
}

#[tokio::test]
async fn what_is_too_long_is_an_error_as_any_other() {
    let (server, _) = with_origin(Engine::Sqlite).await;
    let token = "a".repeat(70_000);
    for path in [TOKEN, USERINFO, REVOCATION, "/identity/connect/introspect"] {
        let called = server.form(path, &[("token", &token)]).header("origin", ORIGIN);
        let refused = send(called).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("cache-control")),
            (413, "no-store")
        );
        assert_eq!(refused.json()["error"], "invalid_request", "{path}");
        let page = if path.ends_with("introspect") { "" } else { ORIGIN };
        assert_eq!(refused.header("access-control-allow-origin"), page, "{path}");
    }
}

#[rstest]
#[case("https://evil.example")]
#[case("https://app.example.com:8443")]
#[case("http://app.example.com")]
#[case("https://APP.example.com")]
#[case("https://app.example.com/callback")]
#[case("null")]
#[tokio::test]
async fn another_origin_may_not(#[case] origin: &str) {
    let (server, _) = with_origin(Engine::Sqlite).await;
    assert!(!allowed(&server, TOKEN, origin).await);
    let called = send(server.form(TOKEN, &[]).header("origin", origin)).await;
    assert_eq!(called.header("access-control-allow-origin"), "");
    assert_eq!(called.header("vary"), "Origin");
}

#[tokio::test]
async fn it_holds_from_the_next_request_on() {
    let (server, id) = with_origin(Engine::Sqlite).await;
    assert!(allowed(&server, TOKEN, ORIGIN).await);
    let operator = Actor::CommandLine;
    let disabled = server
        .service
        .set_client_enabled(&operator, server.tenant, id, false, None);
    disabled.await.unwrap();
    assert!(!allowed(&server, TOKEN, ORIGIN).await);
}

#[rstest]
#[case("/identity/connect/authorize")]
#[case("/identity/connect/introspect")]
#[case("/sign-in")]
#[tokio::test]
async fn what_pages_of_applications_do_not_call_is_closed_to_them(#[case] path: &str) {
    let (server, _) = with_origin(Engine::Sqlite).await;
    let asked = preflight(&server, path, ORIGIN).await;
    assert_eq!(asked.header("access-control-allow-origin"), "");
}
