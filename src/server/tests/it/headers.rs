//! The headers that every kind of answer has.

use std::collections::BTreeSet;

use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Method, RequestBuilder};

use crate::http::{Answer, send};
use crate::server::TestServer;

const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Whether an answer has the headers that guard it.
pub fn assert_guarded(answer: &Answer) {
    let status = answer.status;
    for (name, value) in ALWAYS {
        assert_eq!(answer.header(name), value, "{status}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{status}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{status}: {policy}");
    assert!(policy.contains("base-uri 'none'"), "{status}: {policy}");
}

/// One request of each kind, with the status of its answer.
async fn answers(server: &TestServer) -> Vec<(u16, Answer)> {
    let cookie = server.administrator().await;
    let page = |path: &str| server.request(Method::GET, path).header(COOKIE, &cookie);
    let huge = server.form("/sign-in", &[("email", &"x".repeat(70_000))]);
    let foreign = server.form("/sign-out", &[]).header("sec-fetch-site", "cross-site");
    let function = server.request(Method::POST, "/_fn/roles/offered");
    let broken = server
        .request(Method::POST, "/sign-in")
        .header(CONTENT_TYPE, "text/plain");
    let requests: Vec<(u16, RequestBuilder)> = vec![
        (200, page("/security/clients")),
        (404, page("/nowhere")),
        (303, page("/")),
        (303, server.request(Method::GET, "/security/clients")),
        (200, server.request(Method::GET, "/sign-in")),
        (422, server.form("/sign-in", &[])),
        (415, broken),
        (405, server.request(Method::GET, "/sign-out")),
        (403, foreign),
        (413, huge),
        (404, server.request(Method::GET, "/setup?token=x")),
        (401, function.header(CONTENT_TYPE, "application/json").body("{}")),
        (400, server.form("/identity/connect/token", &[("a", "1"), ("a", "2")])),
        (405, server.request(Method::GET, "/identity/connect/token")),
        (404, server.request(Method::GET, "/identity/nowhere")),
        (
            200,
            server.request(Method::GET, "/identity/.well-known/openid-configuration"),
        ),
        (404, server.request(Method::GET, "/pkg/0000/clientele.css")),
        (200, server.request(Method::GET, "/health/live")),
        (200, server.request(Method::GET, "/health/ready")),
    ];
    let mut answers = Vec::new();
    for (status, request) in requests {
        answers.push((status, send(request).await));
    }
    answers
}

#[tokio::test]
async fn every_answer_is_guarded_and_has_an_id_of_its_own() {
    let server = TestServer::start().await;
    let answers = answers(&server).await;
    for (status, answer) in &answers {
        assert_eq!(answer.status.as_u16(), *status, "{}", answer.body);
        assert_guarded(answer);
        assert_eq!(answer.header("strict-transport-security"), "");
        assert_eq!(answer.header("operation-id").len(), 36, "{status}");
    }
    let ids: BTreeSet<&str> = answers
        .iter()
        .map(|(_, answer)| answer.header("operation-id"))
        .collect();
    assert_eq!(ids.len(), answers.len());
}

#[tokio::test]
async fn on_https_browsers_are_told_to_stay_there() {
    let server = TestServer::builder().public_url("https://id.example.com").start().await;
    for (status, answer) in answers(&server).await {
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000",
            "{status}"
        );
    }
}

#[tokio::test]
async fn nobody_chooses_the_id_of_their_request() {
    let server = TestServer::start().await;
    let request = server
        .request(Method::GET, "/health/live")
        .header("operation-id", "mine");
    let answer = send(request).await;
    assert_eq!(
        answer.header("operation-id").len(),
        36,
        "{}",
        answer.header("operation-id")
    );
}
