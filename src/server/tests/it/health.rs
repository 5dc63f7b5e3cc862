//! What a supervisor asks.

use std::sync::Arc;

use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use server::listen::Gate;
use server::router::router;
use service::testing::TestClock;
use store::Database;
use store::testing::Engine;

use crate::api::{path, refused};
use crate::headers::assert_guarded;
use crate::http::{Answer, send};
use crate::server::{TestServer, address, client, listener, run, service};
use crate::story::secret_of;

fn said(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), &answer.body)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_server_is_ready_until_its_database_is_gone(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let client = server.add_client().await;
    let cookie = server.administrator().await;
    let token = server.token(&client.id.to_string(), secret_of(&client)).await;
    assert_eq!(said(&server.get("/health/live", "").await), (200, "live"));
    assert_eq!(said(&server.get("/health/ready", "").await), (200, "ready"));

    server.service.close().await;
    assert_eq!(said(&server.get("/health/live", "").await), (200, "live"));
    let ready = server.get("/health/ready", "").await;
    assert_eq!(said(&ready), (503, "the database doesn't answer"));
    assert_guarded(&ready);
    // The other doors fail as plainly, and say nothing of the inside.
    for page in ["/security/clients", "/sign-in"] {
        let page = server.get(page, &cookie).await;
        let operation = page.header("operation-id");
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "5"));
        assert!(
            page.body
                .contains(&format!("its log says why, under operation {operation}."))
        );
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let call = server.call("roles/offered", &cookie, &json!({})).await;
    let failed = json!({ "Failed": call.header("operation-id") });
    assert_eq!((call.status.as_u16(), call.json()), (500, failed));
    assert_eq!(call.header("cache-control"), "no-store");
    let request = server.request(Method::GET, &path(server.tenant, "Roles"));
    let answer = send(request.bearer_auth(token)).await;
    let body = refused(&answer, 503);
    assert_eq!(body["Reason"], "The server is busy, or its database doesn't answer.");
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_guarded(&answer);
    let token = send(server.ask_for_token(&client.id.to_string(), secret_of(&client))).await;
    assert_eq!(said(&token), (500, r#"{"error":"server_error"}"#));
    assert_eq!(token.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_server_without_tables_lives_and_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/empty.db", folder.path().display());
    let database = Database::connect(&url).await.unwrap();
    let (listener, gate) = (listener().await, Gate::default());
    let address = address(&listener);
    let _stop = run(listener, gate.clone());
    let ask = async |path: &str| send(client().get(format!("{address}{path}"))).await;
    assert_eq!(said(&ask("/health/live").await), (200, "live"));
    assert_eq!(said(&ask("/health/ready").await), (503, "starting"));
    let page = ask("/sign-in").await;
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "1"));
    assert_guarded(&page);
    for path in [
        "/api",
        "/api/v1/Tenants/x/Roles",
        "/API/V1/nothing",
        "/api/openapi.json",
    ] {
        let answer = ask(path).await;
        assert_eq!(refused(&answer, 503)["Reason"], "The server is starting.", "{path}");
        assert_eq!(answer.header("retry-after"), "1");
        assert_guarded(&answer);
    }

    let service = service(database.clone(), Arc::new(TestClock::default()), &address);
    let _ = gate.set(router(service, Vec::new()));
    assert_eq!(said(&ask("/health/live").await), (200, "live"));
    let ready = ask("/health/ready").await;
    assert_eq!(said(&ready), (503, "the database is not migrated"));
    database.migrate().await.unwrap();
    assert_eq!(said(&ask("/health/ready").await), (200, "ready"));
}
