//! Clients from one installation to another.

use domain::role::RoleType;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::Engine;

use super::{Api, path, refused};
use crate::http::{Answer, send};

const IMPORT: &str = "ClientCredentialClients/Import";
const EXPORT: &str = "ClientCredentialClients/Export";

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_one_exports_another_imports_with_secrets_of_its_own(#[case] engine: Engine) {
    // The two begin alike, so that roles have the same ids, and so have the clients that call.
    let (from, to) = (Api::on(engine).await, Api::on(engine).await);
    let role = from.role(RoleType::TenantMember).await;
    let new = json!({
        "Name": "Valve",
        "Enabled": true,
        "AccessTokenLifetime": 120,
        "Tags": ["north"],
        "RoleIds": [role],
        "SecretDescription": "gateway",
    });
    let made = from.send(Method::POST, "ClientCredentialClients", &new).await.json();

    let exported = from.call(Method::GET, EXPORT).await;
    assert_eq!(exported.status, 200, "{}", exported.body);
    assert!(!exported.body.to_lowercase().contains("secret"));
    assert!(!exported.body.contains(made["Secret"].as_str().unwrap()));
    let clients = exported.json();
    assert_eq!(clients.as_array().unwrap().len(), 3);

    let imported = to.send(Method::POST, IMPORT, &clients).await;
    let body = refused(&imported, 207);
    let taken: Vec<&Value> = body["ChildErrors"].as_array().unwrap().iter().collect();
    assert_eq!(taken.len(), 2, "the clients that call are there already: {body}");
    assert!(taken.iter().all(|error| error["StatusCode"] == 409), "{body}");
    for error in taken {
        let place = clients
            .as_array()
            .unwrap()
            .iter()
            .position(|client| client["Id"] == error["ModelId"]);
        let reason = format!(
            "[{}].Id: {} is taken.",
            place.unwrap(),
            error["ModelId"].as_str().unwrap()
        );
        assert_eq!(error["Reason"], reason);
    }
    let added = &body["Data"][0];
    assert_eq!(added["Client"], made["Client"]);
    let (id, secret) = (
        added["Client"]["Id"].as_str().unwrap(),
        added["Secret"].as_str().unwrap(),
    );
    assert_eq!(send(to.server.ask_for_token(id, secret)).await.status, 200);

    let again = refused(&to.send(Method::POST, IMPORT, &clients).await, 207);
    assert_eq!(
        (again["ChildErrors"].as_array().unwrap().len(), &again["Data"]),
        (3, &json!([]))
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn another_tenant_takes_an_export_with_its_own_roles_and_other_ids(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (other, token) = api.another_tenant().await;
    let request = |method: Method, rest: &str| api.server.request(method, &path(other, rest)).bearer_auth(&token);
    let import = async |client: &Value| send(request(Method::POST, IMPORT).json(&json!([client]))).await;
    let why = |answer: &Answer| {
        let error = &refused(answer, 207)["ChildErrors"][0];
        (
            error["StatusCode"].clone(),
            error["Reason"].as_str().unwrap().to_owned(),
        )
    };

    let clients = api.call(Method::GET, EXPORT).await.json();
    let mut client = clients[0].clone();
    let (status, reason) = why(&import(&client).await);
    assert_eq!(status, 400);
    assert!(reason.starts_with("[0].RoleIds: "), "{reason}");

    let roles = format!("Roles?roleTypeId={}", RoleType::TenantMember.id());
    let role = send(request(Method::GET, &roles)).await.json()[0]["Id"].clone();
    client["RoleIds"] = json!([role]);
    let (status, reason) = why(&import(&client).await);
    assert_eq!(status, 409);
    assert!(reason.starts_with("[0].Id: "), "{reason}");

    client["Id"].take();
    let imported = import(&client).await;
    assert_eq!(imported.status, 201, "{}", imported.body);
    let added = &imported.json()[0]["Client"];
    assert_ne!(added["Id"], clients[0]["Id"]);
    assert_eq!(
        (&added["Name"], &added["RoleIds"]),
        (&clients[0]["Name"], &json!([role]))
    );
}

#[tokio::test]
async fn an_import_is_as_careful_as_a_single_client() {
    let api = Api::start().await;
    let role = api.role(RoleType::TenantMember).await;
    let clients = json!([
        { "Name": "Pump", "RoleIds": [role] },
        { "Name": "", "RoleIds": [role] },
        { "Name": "Valve", "RoleIds": [role], "SecretExpirationDate": "2020-01-01T00:00:00Z" },
        { "Name": "Lid", "RoleIds": [role], "SecretExpirationDate": "2030-01-01T00:00:00" },
        { "Name": "", "RoleIds": [role], "AccessTokenLifetime": 59 },
    ]);
    let body = refused(&api.send(Method::POST, IMPORT, &clients).await, 207);
    assert_eq!(body["Data"].as_array().unwrap().len(), 1);
    let reasons: Vec<&str> = body["ChildErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["Reason"].as_str().unwrap())
        .collect();
    assert!(reasons[0].starts_with("[1].Name: "), "{reasons:?}");
    assert!(reasons[1].starts_with("[2].SecretExpirationDate: "), "{reasons:?}");
    assert!(reasons[2].starts_with("[3].SecretExpirationDate: "), "{reasons:?}");
    assert!(reasons[2].contains("with its zone, such as "), "{reasons:?}");
    assert!(reasons[3].starts_with("[4].AccessTokenLifetime: "), "{reasons:?}");
    assert!(reasons[3].contains(" [4].Name: "), "{reasons:?}");

    for (clients, reason) in [
        (json!({}), "Body: "),
        (json!([{ "Name": 7 }]), "[0].Name: "),
        (
            json!([{ "Name": "Pump" }, [null, "Pump"]]),
            "[1]: This is a list. Send an object.",
        ),
        (
            json!(vec![json!({ "Name": "Pump" }); 1_001]),
            "Body: At most 1,000 clients ",
        ),
    ] {
        let body = refused(&api.send(Method::POST, IMPORT, &clients).await, 400);
        assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
    }
}

#[tokio::test]
async fn an_import_may_be_longer_than_other_bodies() {
    let api = Api::start().await;
    let role = api.role(RoleType::TenantMember).await;
    let padded = |bytes: usize| json!([{ "Name": "Pump", "RoleIds": [role], "Color": "x".repeat(bytes) }]);
    assert_eq!(api.send(Method::POST, IMPORT, &padded(100_000)).await.status, 201);
    refused(&api.send(Method::POST, IMPORT, &padded(1024 * 1024)).await, 413);
}

#[tokio::test]
async fn a_member_neither_exports_nor_imports() {
    let api = Api::start().await;
    refused(&send(api.request(&api.member, Method::GET, EXPORT)).await, 403);
    let import = api.request(&api.member, Method::POST, IMPORT);
    refused(&send(import.json(&json!([]))).await, 403);
}
