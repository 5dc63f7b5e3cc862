//! Secrets of clients through the API.

mod refusals;

use chrono::Duration;
use domain::client::ClientKind;
use domain::tenant::TenantId;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::Engine;

use super::clients::collection;
use super::{Api, refused};
use crate::http::send;
use crate::story::{client_form, secret_of};

/// A client whose secrets are looked after. The first one has the number 1 and never expires.
struct Client {
    id: String,
    secret: String,
    /// Where its secrets are, in its tenant.
    secrets: String,
}

impl Client {
    async fn new(api: &Api, tenant: TenantId, kind: ClientKind) -> Self {
        let mut form = client_form();
        form.kind = kind;
        form.client.redirect_urls = vec!["https://app.example.com/callback".to_owned()];
        let created = api.server.add_client_to(tenant, &form).await;
        Self {
            id: created.id.to_string(),
            secret: secret_of(&created).to_owned(),
            secrets: format!("{}/{}/Secrets", collection(kind), created.id),
        }
    }

    async fn pump(api: &Api) -> Self {
        Self::new(api, api.server.tenant, ClientKind::ClientCredentials).await
    }

    async fn token(&self, api: &Api) -> String {
        api.server.token(&self.id, &self.secret).await
    }

    /// One of the secrets.
    fn one(&self, id: i32) -> String {
        format!("{}/{id}", self.secrets)
    }

    fn rotate(&self, id: i32) -> String {
        format!("{}/{id}/Rotate", self.secrets)
    }
}

/// Whether a secret opens its client.
async fn opens(api: &Api, client: &Client, secret: &Value) -> bool {
    let secret = secret.as_str().unwrap();
    let answer = send(api.server.ask_for_token(&client.id, secret)).await;
    answer.status == 200
}

#[rstest]
#[tokio::test]
async fn a_secret_is_made_read_changed_and_removed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(ClientKind::ClientCredentials, ClientKind::Hybrid)] kind: ClientKind,
) {
    let api = Api::on(engine).await;
    let client = Client::new(&api, api.server.tenant, kind).await;
    let new = json!({"Description": " Gateway ", "Expiration": "2027-11-21T11:30:00+01:00", "Color": "red"});
    let made = api.send(Method::POST, &client.secrets, &new).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.header("location"), api.path(&client.one(2)));
    let mut made = made.json();
    let text = made.as_object_mut().unwrap().remove("Secret").unwrap();
    assert!(text.as_str().unwrap().starts_with("cls_"));
    let expected = json!({"Id": 2, "Description": "Gateway", "Expiration": "2027-11-21T10:30:00Z", "Expires": true});
    assert_eq!(made, expected);

    let read = api.call(Method::GET, &client.one(2)).await;
    assert_eq!(
        (read.status.as_u16(), read.header("etag"), read.json()),
        (200, "\"1\"", expected)
    );
    let change = json!({"Description": null, "Expires": false});
    let changed = api.send(Method::PUT, &client.one(2), &change).await;
    let expected = json!({"Id": 2, "Description": "Gateway", "Expiration": null, "Expires": false});
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""));
    assert_eq!(changed.json(), expected);
    let first = json!({"Id": 1, "Description": "", "Expiration": null, "Expires": false});
    assert_eq!(
        api.call(Method::GET, &client.secrets).await.json(),
        json!([first, expected])
    );

    assert_eq!(api.call(Method::DELETE, &client.one(2)).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        refused(&api.call(method, &client.one(2)).await, 404);
    }
}

#[tokio::test]
async fn secrets_are_listed_and_counted() {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    for _ in 0..2 {
        let made = api
            .send(Method::POST, &client.secrets, &json!({"Expires": false}))
            .await;
        assert_eq!(made.status, 201);
    }
    let head = api.call(Method::HEAD, &client.secrets.to_lowercase()).await;
    assert_eq!(
        (head.status.as_u16(), head.header("total-count"), head.body.as_str()),
        (200, "3", "")
    );
    for (query, expected) in [("", vec![1, 2, 3]), ("?skip=1&Count=1", vec![2]), ("?count=0", vec![])] {
        let list = api.call(Method::GET, &format!("{}{query}", client.secrets)).await;
        let ids: Vec<i64> = list
            .json()
            .as_array()
            .unwrap()
            .iter()
            .map(|secret| secret["Id"].as_i64().unwrap())
            .collect();
        assert_eq!((list.header("total-count"), ids), ("3", expected), "{query}");
    }
    let wrong = api.call(Method::GET, &format!("{}?count=1001", client.secrets)).await;
    assert_eq!(
        refused(&wrong, 400)["Reason"],
        "count: It must be a whole number from 0 to 1,000."
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_rotates_its_secret_has_both_for_a_while(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let client = Client::pump(&api).await;
    let token = client.token(&api).await;
    let rotation = api.request(&token, Method::POST, &client.rotate(1));
    let made = send(rotation.json(&json!({"OverlapSeconds": 60}))).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(
        (made.header("etag"), made.header("location")),
        ("\"1\"", api.path(&client.one(2)).as_str())
    );
    let (old, new) = (json!(client.secret), made.json()["Secret"].take());
    assert!(opens(&api, &client, &old).await && opens(&api, &client, &new).await);
    let list = send(api.request(&token, Method::GET, &client.secrets)).await.json();
    assert_eq!(
        (&list[0]["Expiration"], &list[1]["Expiration"]),
        (&json!("2026-11-21T10:31:00Z"), &Value::Null)
    );

    // Without the name of an overlap it is a day.
    let again = send(api.request(&token, Method::POST, &client.rotate(2)).json(&json!({}))).await;
    assert_eq!((again.status.as_u16(), &again.json()["Id"]), (201, &json!(3)));
    let read = send(api.request(&token, Method::GET, &client.one(2))).await;
    assert_eq!(
        (read.header("etag"), &read.json()["Expiration"]),
        ("\"2\"", &json!("2026-11-22T10:30:00Z"))
    );

    // A program that never got the first answer asks again.
    let retried = api.request(&token, Method::POST, &client.rotate(1));
    let retried = send(retried.json(&json!({"OverlapSeconds": 60}))).await.json();
    assert_eq!((&retried["Id"], &retried["Expiration"]), (&json!(4), &Value::Null));
    assert!(opens(&api, &client, &retried["Secret"]).await);

    api.server.clock.advance(Duration::seconds(60));
    assert!(!opens(&api, &client, &old).await);
    assert!(opens(&api, &client, &new).await);
}

#[tokio::test]
async fn what_is_not_said_in_a_change_stays() {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    let date = "2027-11-21T10:30:00Z";
    for (change, description, expiration) in [
        (json!({}), "", None),
        (json!({"Expiration": date}), "", Some(date)),
        (json!({"Description": "Gateway"}), "Gateway", Some(date)),
        (json!({"Expires": null, "Expiration": null}), "Gateway", Some(date)),
        (
            json!({"Expires": true, "Expiration": "2028-01-01T00:00:00Z"}),
            "Gateway",
            Some("2028-01-01T00:00:00Z"),
        ),
        (json!({"Expires": false, "Description": ""}), "", None),
    ] {
        let changed = api.send(Method::PUT, &client.one(1), &change).await;
        assert_eq!(changed.status, 200, "{change}: {}", changed.body);
        let expected = json!({
            "Id": 1,
            "Description": description,
            "Expiration": expiration,
            "Expires": expiration.is_some()
        });
        assert_eq!(changed.json(), expected, "{change}");
    }
}

#[tokio::test]
async fn a_change_of_another_version_is_refused() {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    let request = |method, tag: &str| {
        api.request(&api.administrator, method, &client.one(1))
            .header(IF_MATCH, tag)
    };
    for (tag, status) in [("\"7\"", 412), ("\"1\"", 200), ("\"1\"", 412), ("*", 200)] {
        let answer = send(request(Method::PUT, tag).json(&json!({"Description": "Gateway"}))).await;
        assert_eq!(answer.status.as_u16(), status, "{tag}: {}", answer.body);
    }
    refused(&send(request(Method::DELETE, "\"1\"")).await, 412);
    assert_eq!(send(request(Method::DELETE, "\"3\"")).await.status, 204);
}
