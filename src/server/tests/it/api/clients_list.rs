//! Lists of clients through the API.

use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use store::testing::Engine;

use super::clients::{COLLECTIONS, add, new_client};
use super::{Api, UNKNOWN, names, path, refused};
use crate::http::send;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn clients_are_listed_and_counted(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let list = "AuthorizationCodeClients";
    for (name, tags) in [
        ("Éclair", json!(["north"])),
        ("Shop", json!(["north", "web"])),
        ("Portal", json!([])),
    ] {
        let mut new = new_client(&api, list, name).await;
        new["Tags"] = tags;
        add(&api, list, &new).await;
    }
    for (query, total, expected) in [
        ("", "3", vec!["Portal", "Shop", "Éclair"]),
        ("skip=1&count=1", "3", vec!["Shop"]),
        ("count=0", "3", vec![]),
        ("tag=north", "2", vec!["Shop", "Éclair"]),
        ("tag=north&tag=web", "1", vec!["Shop"]),
        ("TAG=north&tag=north&skip=1", "2", vec!["Éclair"]),
        ("tag=North", "0", vec![]),
        ("query=%C3%A9CL", "1", vec!["Éclair"]),
        ("query=o&tag=web&count=0", "1", vec![]),
        ("query=a%00b", "0", vec![]),
    ] {
        let found = send(api.request(&api.member, Method::GET, &format!("{list}?{query}"))).await;
        assert_eq!(found.status, 200, "{}", found.body);
        assert_eq!(
            (found.header("total-count"), names(&found.json())),
            (total, expected),
            "{query}"
        );
        let head = send(api.request(&api.member, Method::HEAD, &format!("{list}?{query}"))).await;
        assert_eq!(
            (head.status.as_u16(), head.header("total-count"), head.body.as_str()),
            (200, total, ""),
            "{query}"
        );
    }
    // Those whose tokens call here are of another kind.
    let others = api.call(Method::GET, "ClientCredentialClients").await;
    assert_eq!((others.header("total-count"), names(&others.json()).len()), ("2", 2));
}

#[rstest]
#[case("tag=", "tag: Tag is 1 to 128 characters. It is empty.")]
#[case("tag=a%00b", "tag: Tag holds a character that can't be seen (U+0000). Remove it.")]
#[case(
    "tag=1&tag=2&tag=3&tag=4&tag=5&tag=6",
    "tag: Send it at most 5 times. This request has 6."
)]
#[case("id=7", "id: This is not a GUID.")]
#[case("count=1001", "count: It must be a whole number from 0 to 1,000.")]
#[tokio::test]
async fn what_makes_no_sense_is_named(#[case] query: &str, #[case] reason: &str) {
    let api = Api::start().await;
    for collection in COLLECTIONS {
        let body = refused(&api.call(Method::GET, &format!("{collection}?{query}")).await, 400);
        assert_eq!(body["Reason"], reason);
    }
}

/// Whatever is asked about a client of another tenant, or of another kind, is answered as if there were none.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_of_another_tenant_or_kind_is_none(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (other, token) = api.another_tenant().await;
    let theirs = api.server.request(Method::POST, &path(other, "HybridClients"));
    let theirs = theirs
        .bearer_auth(&token)
        .json(&new_client(&api, "HybridClients", "Theirs").await);
    let theirs = send(theirs).await.json()["Client"]["Id"].as_str().unwrap().to_owned();
    let another = "AuthorizationCodeClients";
    let another = add(&api, another, &new_client(&api, another, "Shop").await).await;
    let own = add(&api, "HybridClients", &new_client(&api, "HybridClients", "Ours").await).await;

    let mut answers = Vec::new();
    for id in [theirs.as_str(), another.as_str(), UNKNOWN] {
        let one = format!("HybridClients/{id}");
        for method in [Method::GET, Method::DELETE] {
            answers.push(refused(&api.call(method, &one).await, 404));
        }
        answers.push(refused(&api.send(Method::PUT, &one, &json!({"Name": ""})).await, 404));

        let found = api
            .call(Method::GET, &format!("HybridClients?id={own}&id={id}&skip=5&tag=none"))
            .await;
        let body = refused(&found, 207);
        assert_eq!((found.header("total-count"), names(&body["Data"])), ("1", vec!["Ours"]));
        let error = &body["ChildErrors"][0];
        assert_eq!((&error["StatusCode"], &error["ModelId"]), (&json!(404), &json!(id)));
    }
    for answer in &mut answers {
        answer["OperationId"].take();
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    let whole = api.call(Method::GET, &format!("HybridClients?id={own}")).await;
    assert_eq!((whole.status.as_u16(), names(&whole.json())), (200, vec!["Ours"]));
}
