//! Clients of each kind through the API, from the first day to the last.

use domain::client::ClientKind;
use domain::role::RoleType;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::Engine;

use super::{Api, CHOSEN, refused};
use crate::application::{Application, REDIRECT_URI};
use crate::http::send;

/// Where clients of this kind are.
pub const fn collection(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => "ClientCredentialClients",
        ClientKind::AuthorizationCode => "AuthorizationCodeClients",
        ClientKind::Hybrid => "HybridClients",
    }
}

/// Where those of each kind are.
pub const COLLECTIONS: [&str; 3] = [
    collection(ClientKind::ClientCredentials),
    collection(ClientKind::AuthorizationCode),
    collection(ClientKind::Hybrid),
];

/// As little as adds a client there.
pub async fn new_client(api: &Api, collection: &str, name: &str) -> Value {
    if collection == "ClientCredentialClients" {
        json!({"Name": name, "RoleIds": [api.role(RoleType::TenantMember).await]})
    } else {
        json!({"Name": name, "RedirectUris": [REDIRECT_URI]})
    }
}

/// Adds a client there and answers its id.
pub async fn add(api: &Api, collection: &str, new: &Value) -> String {
    let added = api.send(Method::POST, collection, new).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let added = added.json();
    let client = added.get("Client").unwrap_or(&added);
    client["Id"].as_str().unwrap().to_owned()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn changes_at_the_same_moment_both_stay(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let list = "HybridClients";
    let one = format!(
        "{list}/{}",
        add(&api, list, &new_client(&api, list, "Portal").await).await
    );
    for lifetime in 60..70 {
        let name = format!("Portal {lifetime}");
        let (rename, shorten) = (json!({"Name": name}), json!({"AccessTokenLifetime": lifetime}));
        let (renamed, shortened) = tokio::join!(
            api.send(Method::PUT, &one, &rename),
            api.send(Method::PUT, &one, &shorten)
        );
        assert_eq!((renamed.status.as_u16(), shortened.status.as_u16()), (200, 200));
        let client = api.call(Method::GET, &one).await.json();
        assert_eq!(
            (&client["Name"], &client["AccessTokenLifetime"]),
            (&json!(name), &json!(lifetime))
        );
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_credentials_client_is_added_read_changed_and_removed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let member = api.role(RoleType::TenantMember).await;
    let new = json!({
        "Id": CHOSEN,
        "Name": " Pump ",
        "AccessTokenLifetime": 900,
        "Tags": ["north", " a ", "north"],
        "RoleIds": [member],
        "SecretDescription": "gateway",
        "SecretExpirationDate": "2030-01-01T00:00:00+01:00",
        "Color": "red"
    });
    let added = api.send(Method::POST, "ClientCredentialClients", &new).await;
    assert_eq!(
        (added.status.as_u16(), added.header("etag")),
        (201, "\"1\""),
        "{}",
        added.body
    );
    let one = format!("ClientCredentialClients/{CHOSEN}");
    assert_eq!(added.header("location"), api.path(&one));
    let mut answer = added.json();
    let secret = answer["Secret"].take();
    let secret = secret.as_str().unwrap();
    let client = json!({
        "Id": CHOSEN,
        "Name": "Pump",
        "Enabled": true,
        "AccessTokenLifetime": 900,
        "Tags": ["a", "north"],
        "RoleIds": [member]
    });
    let expected = json!({
        "Secret": null,
        "Id": 1,
        "Description": "gateway",
        "ExpirationDate": "2029-12-31T23:00:00Z",
        "Client": client
    });
    assert_eq!(answer, expected);
    let token = send(api.server.ask_for_token(CHOSEN, secret)).await;
    assert_eq!(token.json()["expires_in"], 900, "{}", token.body);

    let read = send(api.request(&api.member, Method::GET, &one)).await;
    assert_eq!(
        (read.status.as_u16(), read.header("etag"), read.json()),
        (200, "\"1\"", client)
    );
    assert!(!read.body.contains(secret));
    let change = json!({"Id": 7, "Name": null, "Enabled": false, "Tags": []});
    let changed = api.send(Method::PUT, &one, &change).await;
    assert_eq!(
        (changed.status.as_u16(), changed.header("etag")),
        (200, "\"2\""),
        "{}",
        changed.body
    );
    let expected = json!({
        "Id": CHOSEN,
        "Name": "Pump",
        "Enabled": false,
        "AccessTokenLifetime": 900,
        "Tags": [],
        "RoleIds": [member]
    });
    assert_eq!(changed.json(), expected);
    assert_ne!(send(api.server.ask_for_token(CHOSEN, secret)).await.status, 200);

    assert_eq!(api.call(Method::DELETE, &one).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        refused(&api.call(method, &one).await, 404);
    }
    refused(&api.send(Method::PUT, &one, &change).await, 404);
    let again = refused(
        &api.send(
            Method::POST,
            "HybridClients",
            &json!({
                "Id": CHOSEN, "Name": "Pump", "RedirectUris": [REDIRECT_URI]
            }),
        )
        .await,
        409,
    );
    assert_eq!(again["Reason"], format!("Id: {CHOSEN} is taken."));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_authorization_code_client_is_added_changed_and_removed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let new = json!({
        "Id": CHOSEN,
        "Name": "Shop",
        "Enabled": false,
        "RedirectUris": ["https://b.example.com/callback", "https://a.example.com/callback"],
        "PostLogoutRedirectUris": ["https://a.example.com/bye"],
        "ClientUri": "http://a.example.com/#home",
        "LogoUri": "https://a.example.com/logo.svg",
        "AllowedCorsOrigins": ["https://a.example.com"],
        "AllowOfflineAccess": true
    });
    let added = api.send(Method::POST, "AuthorizationCodeClients", &new).await;
    let mut expected = new;
    expected["AccessTokenLifetime"] = json!(3600);
    expected["Tags"] = json!([]);
    assert_eq!((added.status.as_u16(), added.json()), (201, expected.clone()));
    let one = format!("AuthorizationCodeClients/{CHOSEN}");
    assert_eq!(added.header("location"), api.path(&one));
    assert_eq!(api.call(Method::GET, &one).await.json(), expected);

    let change = json!({
        "Enabled": true,
        "PostLogoutRedirectUris": [],
        "ClientUri": "",
        "LogoUri": null,
        "AllowedCorsOrigins": ["https://b.example.com"],
        "AllowOfflineAccess": false
    });
    let changed = api.send(Method::PUT, &one, &change).await;
    for (field, value) in change.as_object().unwrap() {
        if !value.is_null() {
            expected[field] = value.clone();
        }
    }
    assert_eq!((changed.status.as_u16(), changed.json()), (200, expected));
    assert_eq!(api.call(Method::DELETE, &one).await.status, 204);
    refused(&api.call(Method::GET, &one).await, 404);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_hybrid_client_is_added_changed_and_removed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let new = json!({
        "Id": CHOSEN,
        "Name": "Portal",
        "RedirectUris": [REDIRECT_URI],
        "AllowAccessTokensViaBrowser": true,
        "SecretExpirationDate": null
    });
    let added = api.send(Method::POST, "HybridClients", &new).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let answer = added.json();
    assert!(answer["Secret"].as_str().unwrap().starts_with("cls_"));
    assert_eq!(
        (&answer["Id"], &answer["Description"], &answer["ExpirationDate"]),
        (&json!(1), &json!(""), &Value::Null)
    );
    let mut expected = json!({
        "Id": CHOSEN,
        "Name": "Portal",
        "Enabled": true,
        "AccessTokenLifetime": 3600,
        "Tags": [],
        "RedirectUris": [REDIRECT_URI],
        "PostLogoutRedirectUris": [],
        "ClientUri": "",
        "LogoUri": "",
        "AllowOfflineAccess": false,
        "AllowAccessTokensViaBrowser": true
    });
    assert_eq!(answer["Client"], expected);
    let one = format!("HybridClients/{CHOSEN}");
    let changed = api
        .send(
            Method::PUT,
            &one,
            &json!({"AllowAccessTokensViaBrowser": false, "AccessTokenLifetime": 60}),
        )
        .await;
    expected["AllowAccessTokensViaBrowser"] = json!(false);
    expected["AccessTokenLifetime"] = json!(60);
    assert_eq!((changed.status.as_u16(), changed.json()), (200, expected));
    assert_eq!(api.call(Method::DELETE, &one).await.status, 204);
    refused(&api.call(Method::GET, &one).await, 404);
}

#[tokio::test]
async fn what_a_hybrid_client_may_get_through_the_browser_counts_at_its_next_request() {
    let api = Api::start().await;
    let mut new = new_client(&api, "HybridClients", "Portal").await;
    let without = add(&api, "HybridClients", &new).await;
    new["AllowAccessTokensViaBrowser"] = json!(true);
    let with = add(&api, "HybridClients", &new).await;
    let mut app = Application {
        server: api.server,
        client_id: without,
        secret: String::new(),
    };
    let changes = [("response_type", "code token"), ("scope", "openid")];
    let refused = app.server.get(&app.request(&changes), "").await;
    assert!(refused.header("location").contains("error=unauthorized_client"));
    app.client_id = with;
    let asked = app.server.get(&app.request(&changes), "").await;
    assert!(
        asked.header("location").contains("resume="),
        "{}",
        asked.header("location")
    );
}

#[tokio::test]
async fn a_change_of_another_version_is_refused() {
    let api = Api::start().await;
    for collection in COLLECTIONS {
        let id = add(&api, collection, &new_client(&api, collection, "Pump").await).await;
        let one = format!("{collection}/{id}");
        for (tag, status) in [("\"7\"", 412), ("\"1\"", 200), ("\"1\"", 412), ("*", 200)] {
            let request = api.request(&api.administrator, Method::PUT, &one);
            let answer = send(request.json(&json!({"Name": "Valve"})).header(IF_MATCH, tag)).await;
            assert_eq!(answer.status.as_u16(), status, "{tag}: {}", answer.body);
        }
        for (tag, status) in [("\"1\"", 412), ("\"3\"", 204)] {
            let request = api.request(&api.administrator, Method::DELETE, &one);
            let answer = send(request.header(IF_MATCH, tag)).await;
            assert_eq!(answer.status.as_u16(), status, "{tag}: {}", answer.body);
        }
    }
}
