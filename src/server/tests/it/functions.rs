//! The server functions, called without the page around them.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;
use store::testing::Engine;

use crate::http::send;
use crate::server::TestServer;
use crate::story::client_form;

/// What each function takes.
fn arguments(function: &str, client_id: &str) -> Value {
    match function {
        "list" => json!({ "query": domain::list::ClientQuery::default() }),
        "details" => json!({ "id": client_id }),
        "name-in-use" => json!({ "name": "Pump station 7" }),
        "add" => json!({ "form": client_form() }),
        _ => json!({}),
    }
}

#[rstest]
#[case("list")]
#[case("details")]
#[case("roles")]
#[case("name-in-use")]
#[case("add")]
#[tokio::test]
async fn nobody_calls_one_without_a_session(#[case] function: &str) {
    let server = TestServer::start().await;
    let id = server.add_client().await.id.to_string();
    for cookie in ["", "clientele_session=invented"] {
        let answer = server.call(function, cookie, &arguments(function, &id)).await;
        assert_eq!(answer.status, 401, "{}", answer.body);
        assert_eq!(answer.json(), "SignedOut");
    }
}

#[rstest]
#[case("list")]
#[case("details")]
#[case("roles")]
#[case("name-in-use")]
#[tokio::test]
async fn a_member_reads(#[case] function: &str) {
    let server = TestServer::start().await;
    let id = server.add_client().await.id.to_string();
    let cookie = server.member().await;
    let answer = server.call(function, &cookie, &arguments(function, &id)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_of_another_tenant_is_not_there(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let cookie = server.administrator().await;
    let name = domain::tenant::TenantName::parse("Other").unwrap();
    let other = server
        .service
        .create_tenant(&Actor::CommandLine, None, &name)
        .await
        .unwrap();
    let foreign = server.add_client_to(other, &client_form()).await.id.to_string();
    let unknown = "00000000-0000-4000-8000-00000000abcd";
    for id in [foreign.as_str(), unknown] {
        let answer = server.call("details", &cookie, &arguments("details", id)).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (404, json!("NotFound")));
    }
    let list = server.call("list", &cookie, &arguments("list", "")).await;
    assert_eq!(list.json()["total"], 0);
    let in_use = server.call("name-in-use", &cookie, &arguments("name-in-use", "")).await;
    assert_eq!(in_use.json(), false);
}

#[rstest]
#[case::not_json("{")]
#[case::other_arguments(r#"{"id":7}"#)]
#[case::no_id(r#"{"id":"x"}"#)]
#[tokio::test]
async fn arguments_that_make_no_sense_are_the_callers_fault(#[case] body: &'static str) {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let request = server.request(Method::POST, "/_fn/clients/details");
    let request = request.header(COOKIE, cookie).header(CONTENT_TYPE, "application/json");
    let answer = send(request.body(body)).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.body);
}

#[tokio::test]
async fn a_function_that_is_none_is_not_found() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    assert_eq!(server.call("remove", &cookie, &json!({})).await.status, 404);
    let read = send(server.request(Method::GET, "/_fn/clients/roles").header(COOKIE, cookie)).await;
    assert_eq!(read.status, 405);
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let mut form = client_form();
    form.name = "x".repeat(64 * 1024);
    let answer = server.call("add", &cookie, &json!({ "form": form })).await;
    assert_eq!(answer.status, 413);
}
