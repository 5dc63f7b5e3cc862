//! What was done, as an administrator reads it.

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::Engine;

use super::{Api, refused};
use crate::http::send;

fn names(events: &Value) -> Vec<&str> {
    let names = events.as_array().unwrap().iter();
    names
        .map(|event| event["TargetName"].as_str().unwrap_or_default())
        .collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_the_api_changes_can_be_read_there(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let mut ids = Vec::new();
    for name in ["One", "Two", "Three"] {
        api.server.clock.advance(chrono::Duration::seconds(1));
        let made = api.send(Method::POST, "Roles", &json!({"Name": name})).await;
        ids.push(made.json()["Id"].as_str().unwrap().to_owned());
    }
    let all = api.call(Method::GET, "Audit?count=2").await;
    let events = all.json();
    assert_eq!(names(&events), ["Three", "Two"]);
    let event = &events[0];
    assert_eq!(
        (
            &event["Action"],
            &event["ActorName"],
            &event["TargetId"],
            &event["Time"]
        ),
        (
            &json!("role.add"),
            &json!("Pump station 7"),
            &json!(ids[2]),
            &json!("2026-11-21T10:30:03Z")
        )
    );
    assert_eq!(event["Address"], "127.0.0.1");
    let total: u64 = all.header("total-count").parse().unwrap();
    assert!(total > 3, "the clients were added before");

    for (query, expected) in [
        (format!("target={}", ids[1]), vec!["Two"]),
        (
            "from=2026-11-21T10:30:02Z&to=2026-11-21T10:30:03Z".to_owned(),
            vec!["Two"],
        ),
        ("from=2026-11-21T11:30:02%2B01:00&count=1".to_owned(), vec!["Three"]),
        ("from=2026-11-21T10:30:01Z&skip=2".to_owned(), vec!["One"]),
        ("target=a%00b".to_owned(), vec![]),
    ] {
        let found = api.call(Method::GET, &format!("Audit?{query}")).await;
        assert_eq!(names(&found.json()), expected, "{query}");
    }
}

#[rstest]
#[case("from=2026-11-21T10:30:00")]
#[case("from=2026-11-21")]
#[case("from=yesterday")]
#[case("from=9999-12-31T23:59:59-01:00")]
#[tokio::test]
async fn a_time_without_a_zone_is_refused(#[case] query: &str) {
    let api = Api::start().await;
    let body = refused(&api.call(Method::GET, &format!("Audit?{query}")).await, 400);
    let reason = body["Reason"].as_str().unwrap();
    assert!(
        reason.starts_with("from: This is not a date and time with a zone"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_member_reads_none_of_it() {
    let api = Api::start().await;
    refused(&send(api.request(&api.member, Method::GET, "Audit")).await, 403);
}
