//! The description of the API.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Api, UNKNOWN, refused};
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

/// The statuses with which an operation may refuse.
fn refusals(method: &str, path: &str) -> BTreeSet<&'static str> {
    let rest = path.strip_prefix("/api/v1/Tenants/{tenantId}").unwrap();
    let (reads, puts, posts) = (["get", "head"].contains(&method), method == "put", method == "post");
    let takes_nothing = reads && ["", "/ClientCredentialClients/Export"].contains(&rest);
    let finds_it_always = (reads && rest == "/Users/{userId}/Preferences") || (posts && rest == "/Users/{userId}");
    let chooses_what_is_unique = [
        "/AuthorizationCodeClients",
        "/ClientCredentialClients",
        "/HybridClients",
        "/Roles",
        "/Users",
        "/Users/{userId}",
    ];
    let possible = [
        (!takes_nothing, "400"),
        (rest.contains('{') && !finds_it_always, "404"),
        (puts || (posts && chooses_what_is_unique.contains(&rest)), "409"),
        (puts || method == "delete", "412"),
        (puts || posts, "413"),
        (puts || posts, "415"),
    ];
    let possible = possible.into_iter().filter_map(|(may, status)| may.then_some(status));
    let always = ["401", "403", "414", "429", "500", "503"];
    always.into_iter().chain(possible).collect()
}

/// The component that describes a refusal.
fn component<'a>(operation: &'a Value, status: &str) -> &'a str {
    let reference = operation["responses"][status]["$ref"].as_str().unwrap();
    reference.strip_prefix("#/components/responses/").unwrap()
}

/// Whether whatever is sent or answered has an example. Many have no body at all.
fn shows_its_content(described: &Value) -> bool {
    let contents = described["content"].as_object();
    contents.is_none_or(|contents| contents.values().all(|content| content.get("example").is_some()))
}

async fn document(api: &Api) -> Value {
    send(api.server.request(Method::GET, "/api/openapi.json")).await.json()
}

/// What a reader of the document may rely on in every operation.
#[tokio::test]
async fn every_operation_is_whole() {
    let document = document(&Api::start().await).await;
    let mut ids = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let (method, named) = (method.as_str(), format!("{method} {path}"));
            ids.push(operation["operationId"].as_str().unwrap().to_owned());
            is_summed_up(operation);
            parameters_are_told(path, operation);
            answers_are_told(method, operation);
            let responses = operation["responses"].as_object().unwrap();
            let told = responses.keys().map(String::as_str).filter(|status| *status >= "400");
            assert_eq!(told.collect::<BTreeSet<_>>(), refusals(method, path), "{named}");
            for status in refusals(method, path) {
                let name = component(operation, status);
                assert!(document["components"]["responses"][name].is_object(), "{name}");
                match (method, status) {
                    ("post" | "put", "400") => assert_eq!(name, "BadBody", "{named}"),
                    ("post", "409") => assert_eq!(name, "Taken", "{named}"),
                    _ => assert!(!["BadBody", "Taken"].contains(&name), "{status} of {named}"),
                }
            }
        }
        assert_eq!(item.get("get").is_some(), item.get("head").is_some(), "{path}");
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids of operations are unique");
}

/// In one sentence, on one line, as plain text. Whatever else is to be said is its description.
fn is_summed_up(operation: &Value) {
    let summary = operation["summary"].as_str().unwrap();
    assert_eq!(summary.find(['.', '\n', '`']), Some(summary.len() - 1), "{summary}");
    assert!(summary.ends_with('.'), "{summary}");
}

/// Each is described, and those of the path, the tenant first, have an example.
fn parameters_are_told(path: &str, operation: &Value) {
    let parameters = operation["parameters"].as_array().unwrap();
    assert_eq!(parameters[0]["name"], "tenantId", "{path}");
    assert!(
        parameters.iter().all(|parameter| parameter["description"].is_string()),
        "{path}"
    );
    let of_path: Vec<&Value> = parameters
        .iter()
        .filter(|parameter| parameter["in"] == "path")
        .collect();
    assert_eq!(of_path.len(), path.matches('{').count(), "{path}");
    assert!(
        of_path.iter().all(|parameter| parameter.get("example").is_some()),
        "{path}"
    );
}

/// Bodies are there where the method has them, with an example, and a list that lacks some has the headers of a whole one.
fn answers_are_told(method: &str, operation: &Value) {
    let id = &operation["operationId"];
    let body = operation.get("requestBody");
    assert_eq!(body.is_some(), ["post", "put"].contains(&method), "{id}");
    assert!(body.is_none_or(shows_its_content), "{id}");
    for (status, response) in operation["responses"].as_object().unwrap() {
        if status.as_str() < "300" {
            let has_body = response.get("content").is_some();
            assert_eq!(has_body, method != "head" && status != "204", "{status} of {id}");
        }
        assert!(shows_its_content(response), "{status} of {id}");
    }
    let headers = |status: &str| operation["responses"][status]["headers"].clone();
    if method != "post" && operation["responses"].get("207").is_some() {
        assert!(headers("207")["Total-Count"].is_object(), "{id}");
        assert_eq!(headers("207"), headers("200"), "{id}");
    }
}

#[tokio::test]
async fn every_refusal_is_shown_and_only_some_say_when_to_come_again() {
    let document = document(&Api::start().await).await;
    for (name, refusal) in document["components"]["responses"].as_object().unwrap() {
        // The one has no body, the other one is answered before anybody looks at the request.
        let bare = ["Unauthorized", "URITooLong"].contains(&name.as_str());
        assert_eq!(refusal.get("content").is_none(), bare, "{name}");
        assert!(shows_its_content(refusal), "{name}");
        let waits = ["TooManyRequests", "ServiceUnavailable"].contains(&name.as_str());
        let told = &refusal["headers"]["Retry-After"]["description"];
        assert_eq!(told.is_string(), waits, "{name}");
    }
}

#[tokio::test]
async fn refusals_are_answered_as_they_are_shown() {
    let api = Api::start().await;
    let document = document(&api).await;
    let shown = |name: &str| {
        let mut example = document["components"]["responses"][name]["content"]["application/json"]["example"].clone();
        example["OperationId"].take();
        example
    };
    let id = shown("Taken")["Reason"]
        .as_str()
        .and_then(|reason| reason.strip_prefix("Id: ")?.strip_suffix(" is taken."))
        .unwrap()
        .to_owned();
    let role = |name: &str| json!({ "Id": id, "Name": name });
    assert_eq!(api.send(Method::POST, "Roles", &role("One")).await.status, 201);
    for (answer, status, name) in [
        (api.call(Method::GET, "Roles?skip=-1").await, 400, "BadRequest"),
        (api.send(Method::POST, "Roles", &json!({})).await, 400, "BadBody"),
        (api.send(Method::POST, "Roles", &role("Two")).await, 409, "Taken"),
        (
            api.call(Method::GET, &format!("Roles/{UNKNOWN}")).await,
            404,
            "NotFound",
        ),
    ] {
        let mut told = refused(&answer, status);
        told["OperationId"].take();
        assert_eq!(told, shown(name), "{name}");
    }
}

#[tokio::test]
async fn what_is_refused_unread_has_neither_an_id_nor_a_body() {
    let api = Api::start().await;
    let long = "x".repeat(64 * 1024);
    let many = "x: 1\r\n".repeat(101);
    for (head, status) in [
        (format!("GET /api/{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"), "414"),
        (format!("GET /api/ HTTP/1.1\r\nhost: localhost\r\n{many}\r\n"), "431"),
        ("GET /api/ HTTP/1.1\r\nno header\r\n\r\n".to_owned(), "400"),
    ] {
        let mut stream = TcpStream::connect(&api.server.address["http://".len()..])
            .await
            .unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(!answer.contains("operation-id"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
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
