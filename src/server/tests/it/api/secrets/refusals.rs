//! Who may do nothing with the secrets of a client, and what may not be done with them.

use domain::client::ClientKind;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::Client;
use crate::api::{Api, UNKNOWN, path, refused};
use crate::http::{Answer, send};

/// A method, a path, a body, and the status when it may.
type Operation = (Method, String, Option<Value>, u16);

/// Every operation on the secrets of a client that has one, right in all that it sends.
fn operations(secrets: &str) -> Vec<Operation> {
    let never = || Some(json!({"Expires": false}));
    vec![
        (Method::GET, secrets.to_owned(), None, 200),
        (Method::HEAD, secrets.to_owned(), None, 200),
        (Method::POST, secrets.to_owned(), never(), 201),
        (Method::GET, format!("{secrets}/2"), None, 200),
        (Method::HEAD, format!("{secrets}/2"), None, 200),
        (Method::PUT, format!("{secrets}/2"), never(), 200),
        (Method::POST, format!("{secrets}/2/Rotate"), Some(json!({})), 201),
        (Method::DELETE, format!("{secrets}/2"), None, 204),
    ]
}

async fn call(api: &Api, token: &str, (method, rest, body, _): &Operation) -> Answer {
    let request = api.request(token, method.clone(), rest);
    send(match body {
        Some(body) => request.json(body),
        None => request,
    })
    .await
}

/// By itself and by an administrator; a member and a client of the same id in another place may nothing.
#[tokio::test]
async fn each_operation_is_for_those_whom_the_table_names() {
    let api = Api::start().await;
    let (pump, portal) = (
        Client::pump(&api).await,
        Client::new(&api, api.server.tenant, ClientKind::Hybrid).await,
    );
    let itself = pump.token(&api).await;
    for client in [&pump, &portal] {
        for operation in &operations(&client.secrets) {
            refused_or_empty(&call(&api, &api.member, operation).await, operation);
        }
    }
    // Its own id in the place of hybrid clients is none of its own.
    for operation in &operations(&pump.secrets.replace("ClientCredential", "Hybrid")) {
        refused_or_empty(&call(&api, &itself, operation).await, operation);
    }
    for operation in &operations(&portal.secrets) {
        let answer = call(&api, &api.administrator, operation).await;
        assert_eq!(answer.status.as_u16(), operation.3, "{operation:?}: {}", answer.body);
    }
    for operation in &operations(&pump.secrets) {
        let answer = call(&api, &itself, operation).await;
        if operation.0 == Method::PUT {
            refused(&answer, 403);
            let announced = api.server.announce_too_much(&api.path(&operation.1), &itself).await;
            assert_eq!(announced, "HTTP/1.1 403 Forbidden\r\n", "the body isn't looked at");
        } else {
            assert_eq!(answer.status.as_u16(), operation.3, "{operation:?}: {}", answer.body);
        }
    }
}

/// HEAD is refused without a body.
fn refused_or_empty(answer: &Answer, operation: &Operation) {
    assert_eq!(answer.status, 403, "{operation:?}");
    if operation.0 != Method::HEAD {
        refused(answer, 403);
    }
}

/// A client of the other kind, of another tenant, and of nobody, all alike.
#[tokio::test]
async fn secrets_of_no_such_client_are_not_there() {
    let api = Api::start().await;
    let (other, _) = api.another_tenant().await;
    let (pump, portal) = (
        Client::pump(&api).await,
        Client::new(&api, api.server.tenant, ClientKind::Hybrid).await,
    );
    let foreign = Client::new(&api, other, ClientKind::ClientCredentials).await;
    let mut answers = Vec::new();
    for secrets in [
        pump.secrets.replace("ClientCredential", "Hybrid"),
        portal.secrets.replace("Hybrid", "ClientCredential"),
        foreign.secrets,
        format!("HybridClients/{UNKNOWN}/Secrets"),
    ] {
        for operation in operations(&secrets) {
            let answer = call(&api, &api.administrator, &operation).await;
            assert_eq!(answer.status, 404, "{operation:?}");
            if operation.0 != Method::HEAD {
                let mut body = refused(&answer, 404);
                body["OperationId"].take();
                answers.push(body);
            }
        }
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    for secrets in [&pump.secrets, &portal.secrets] {
        let count = api.call(Method::GET, secrets).await;
        assert_eq!(count.header("total-count"), "1", "nothing was made");
    }
    let theirs = api.server.request(Method::GET, &path(other, &pump.secrets));
    refused(&send(theirs.bearer_auth(&api.administrator)).await, 403);
}

#[rstest]
#[case(json!({}), "Expiration Date is missing. Send Expiration,")]
#[case(json!({"Expires": true}), "Expiration Date is missing. Send Expiration,")]
#[case(json!({"Expires": false, "Expiration": "2027-11-21T10:30:00Z"}), "A secret that never expires has no Expiration Date.")]
#[case(json!({"Expiration": "2027-11-21T10:30:00"}), "Expiration Date is not a date and time with its zone, such as")]
#[case(json!({"Expiration": ""}), "Expiration Date is missing.")]
#[case(
    json!({"Expiration": "2026-11-21T10:30:00Z"}),
    "Expiration Date lies in the past. The server's time is 2026-11-21T10:30:00Z."
)]
#[tokio::test]
async fn an_expiry_that_makes_no_sense_is_refused(#[case] body: Value, #[case] reason: &str) {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    let reason = format!("Expiration: {reason}");
    let mut answers = vec![api.send(Method::POST, &client.secrets, &body).await];
    // Where nothing is said, nothing changes.
    if body != json!({}) {
        answers.push(api.send(Method::PUT, &client.one(1), &body).await);
    }
    for answer in answers {
        let body = refused(&answer, 400);
        assert!(body["Reason"].as_str().unwrap().starts_with(&reason), "{body}");
        assert!(body["DynamicProperties"]["Expiration"].is_string(), "{body}");
    }
    let list = api.call(Method::GET, &client.secrets).await.json();
    let first = json!({"Id": 1, "Description": "", "Expiration": null, "Expires": false});
    assert_eq!(list, json!([first]));
}

#[tokio::test]
async fn bounds_are_named() {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    let long = json!({"Description": "x".repeat(129), "Expires": false});
    let wrong = "Description: Description is at most 128 characters. This has 129.";
    for (method, path) in [(Method::POST, client.secrets.clone()), (Method::PUT, client.one(1))] {
        assert_eq!(refused(&api.send(method, &path, &long).await, 400)["Reason"], wrong);
    }
    for (seconds, reason) in [
        (
            json!(-1),
            "OverlapSeconds: It must be a whole number of seconds from 0 to 2,592,000 (30 days). This is “-1”.",
        ),
        (
            json!(2_592_001),
            "OverlapSeconds: It must be a whole number of seconds from 0 to 2,592,000 (30 days). This is “2592001”.",
        ),
        (
            json!("60"),
            "OverlapSeconds: It must be a whole number of seconds from 0 to 2,592,000 (30 days). This is “\"60\"”.",
        ),
        (
            json!(0.5),
            "OverlapSeconds: It must be a whole number of seconds from 0 to 2,592,000 (30 days). This is “0.5”.",
        ),
    ] {
        let body = json!({"OverlapSeconds": seconds});
        let body = refused(&api.send(Method::POST, &client.rotate(1), &body).await, 400);
        assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
    }
    for _ in 0..9 {
        let made = api
            .send(Method::POST, &client.secrets, &json!({"Expires": false}))
            .await;
        assert_eq!(made.status, 201);
    }
    for (path, body) in [
        (client.secrets.clone(), json!({"Expires": false})),
        (client.rotate(1), json!({})),
    ] {
        let body = refused(&api.send(Method::POST, &path, &body).await, 400);
        assert_eq!(body["Reason"], "This client has 10 secrets, and may not have more.");
        assert_eq!(body["Resolution"], "Remove one first.");
    }
}

#[tokio::test]
async fn ids_that_are_none_are_named() {
    let api = Api::start().await;
    let client = Client::pump(&api).await;
    for id in ["x", "1.5", "2147483648"] {
        let answer = api.call(Method::GET, &format!("{}/{id}", client.secrets)).await;
        assert_eq!(
            refused(&answer, 400)["Reason"],
            "secretId: This is not a whole number of 32 bits."
        );
    }
    for id in ["0", "-1", "2147483647"] {
        refused(&api.call(Method::GET, &format!("{}/{id}", client.secrets)).await, 404);
    }
    // Without the client, it is of no matter which of its secrets is meant.
    for (method, rest) in [
        (Method::GET, "x"),
        (Method::PUT, "x"),
        (Method::DELETE, "x"),
        (Method::POST, "x/Rotate"),
    ] {
        let of_nobody = format!("ClientCredentialClients/{UNKNOWN}/Secrets/{rest}");
        refused(&api.call(method, &of_nobody).await, 404);
    }
    let nobody = "ClientCredentialClients/7/Secrets";
    assert_eq!(
        refused(&api.call(Method::GET, nobody).await, 400)["Reason"],
        "clientId: This is not a GUID."
    );
    refused(&send(api.request(&api.member, Method::GET, nobody)).await, 403);
}
