//! The description of the API.

use reqwest::Method;
use serde_json::Value;

use super::Api;
use crate::http::send;
use crate::process::print;

#[tokio::test]
async fn the_server_and_the_command_line_tell_the_same() {
    let api = Api::start().await;
    let answer = send(api.server.request(Method::GET, "/api/openapi.json")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "application/json")
    );
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let folder = tempfile::tempdir().unwrap();
    let printed: serde_json::Value = serde_json::from_str(&print(folder.path(), &["openapi"])).unwrap();
    assert_eq!(printed, document);
    assert!(!folder.path().join("data").exists(), "it needs no database");
}

/// Whether whatever is sent or answered has an example. Many have no body at all.
fn shows_its_content(described: &Value) -> bool {
    let contents = described["content"].as_object();
    contents.is_none_or(|contents| contents.values().all(|content| content.get("example").is_some()))
}

/// What a reader of the document may rely on in every operation.
#[tokio::test]
async fn every_operation_is_whole() {
    let api = Api::start().await;
    let document = send(api.server.request(Method::GET, "/api/openapi.json")).await.json();
    let mut ids = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/Tenants/{tenantId}"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            ids.push(operation["operationId"].as_str().unwrap().to_owned());
            assert_eq!(operation["parameters"][0]["name"], "tenantId", "{method} {path}");
            for status in ["400", "401", "403", "429", "500", "503"] {
                let refusal = operation["responses"][status]["$ref"].as_str().unwrap();
                let name = refusal.strip_prefix("#/components/responses/").unwrap();
                assert!(document["components"]["responses"][name].is_object(), "{name}");
            }
            if let Some(body) = operation.get("requestBody") {
                assert!(shows_its_content(body), "{method} {path}");
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(shows_its_content(response), "{status} of {method} {path}");
            }
        }
        assert_eq!(item.get("get").is_some(), item.get("head").is_some(), "{path}");
    }
    let refusals = document["components"]["responses"].as_object().unwrap();
    for (name, refusal) in refusals {
        assert!(shows_its_content(refusal), "{name}");
        let waits = ["TooManyRequests", "ServiceUnavailable"].contains(&name.as_str());
        let told = &refusal["headers"]["Retry-After"]["description"];
        assert_eq!(told.is_string(), waits, "{name}");
    }
    let example = &refusals["NotFound"]["content"]["application/json"]["example"];
    assert_eq!(example["Error"], "Not Found");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids of operations are unique");
}

/// The description is part of what is promised: a change of it must be meant.
#[test]
fn the_description_is_the_one_that_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let printed = print(folder.path(), &["openapi"]);
    let kept = include_str!("../../../../../docs/openapi.json");
    // assert_eq! would print the whole of both.
    assert!(
        printed == kept,
        "docs/openapi.json is another one. Look at what changed:\n    \
         cargo run --package server -- openapi > docs/openapi.json && git diff docs/openapi.json"
    );
}

#[tokio::test]
async fn the_page_to_read_it_runs_our_script_alone() {
    let api = Api::start().await;
    let page = send(api.server.request(Method::GET, "/API/Docs")).await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    assert!(page.body.contains("UpdateRole"));
    let fetched = page.body.matches("src=\"").count();
    assert_eq!(fetched, 1, "one script and nothing else is fetched");
    assert!(page.body.contains("src=\"/api/docs.js\""));
    let script = send(api.server.request(Method::GET, "/api/docs.js")).await;
    assert_eq!(
        (script.status.as_u16(), script.header("content-type")),
        (200, "text/javascript; charset=utf-8")
    );
}
