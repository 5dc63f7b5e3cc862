//! What a client may not be, and who may not add, change or remove one.

use domain::client::MAX_CLIENTS;
use domain::role::RoleType;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use store::clients::testing::{counted, set_counted};
use store::testing::Engine;

use super::clients::{COLLECTIONS, add, new_client};
use super::{Api, CHOSEN, UNKNOWN, refused};
use crate::http::send;

/// Sends the change as a new client and, if it isn't about one that is new, as a change of one that is there.
async fn assert_refused(api: &Api, collection: &str, only_new: bool, field: &str, value: &Value, reason: &str) {
    let mut new = new_client(api, collection, "Pump").await;
    new[field] = value.clone();
    let mut answers = vec![api.send(Method::POST, collection, &new).await];
    if !only_new {
        let id = add(api, collection, &new_client(api, collection, "Pump").await).await;
        let one = format!("{collection}/{id}");
        let before = api.call(Method::GET, &one).await;
        answers.push(api.send(Method::PUT, &one, &json!({ field: value })).await);
        let after = api.call(Method::GET, &one).await;
        assert_eq!(
            (after.header("etag"), after.json()),
            (before.header("etag"), before.json())
        );
    }
    for answer in answers {
        let body = refused(&answer, 400);
        assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
    }
}

fn urls(count: usize) -> Value {
    (0..count).map(|n| format!("https://app{n}.example.com")).collect()
}

#[tokio::test]
async fn each_limit_of_all_kinds_is_refused_with_its_number() {
    let api = Api::start().await;
    let too_many: Vec<String> = (0..21).map(|n| format!("tag {n}")).collect();
    for collection in COLLECTIONS {
        for (field, value, reason) in [
            ("Name", json!(""), "Name: Name is 1 to 128 characters. It is empty."),
            (
                "Name",
                json!("x".repeat(129)),
                "Name: Name is 1 to 128 characters. This has 129.",
            ),
            (
                "AccessTokenLifetime",
                json!(59),
                "AccessTokenLifetime: Token Lifetime is 60 to 3600 seconds. 59 is too short.",
            ),
            (
                "AccessTokenLifetime",
                json!(3601),
                "AccessTokenLifetime: Token Lifetime is 60 to 3600 seconds. 3601 is too long.",
            ),
            (
                "AccessTokenLifetime",
                json!(99_999_999_999_u64),
                "AccessTokenLifetime: Token Lifetime is 60 to 3600 seconds. 99999999999 is too long.",
            ),
            (
                "AccessTokenLifetime",
                json!("60"),
                "AccessTokenLifetime: Token Lifetime is 60 to 3600 seconds. “\"60\"” is not a whole number.",
            ),
            (
                "AccessTokenLifetime",
                json!(60.5),
                "AccessTokenLifetime: Token Lifetime is 60 to 3600 seconds. “60.5” is not a whole number.",
            ),
            (
                "Tags",
                json!(too_many),
                "Tags: A client has at most 20 tags. This has 21.",
            ),
            (
                "Tags",
                json!(["x".repeat(129)]),
                "Tags: Tag is 1 to 128 characters. This has 129.",
            ),
            ("Tags", json!([7]), "Tags[0]: This is a number. Send a string."),
            (
                "Enabled",
                json!("yes"),
                "Enabled: This is a string. Send true or false.",
            ),
        ] {
            assert_refused(&api, collection, false, field, &value, reason).await;
        }
        let id = "Id: This is not a GUID. Send a GUID such as ";
        assert_refused(&api, collection, true, "Id", &json!("7"), id).await;
    }
}

#[tokio::test]
async fn each_limit_of_those_that_sign_people_in_is_refused_with_its_number() {
    let api = Api::start().await;
    for collection in ["AuthorizationCodeClients", "HybridClients"] {
        for (field, value, reason) in [
            (
                "RedirectUris",
                json!([]),
                "RedirectUris: Allowed Redirect URL(s) is empty. Add at least one URL.",
            ),
            (
                "RedirectUris",
                urls(11),
                "RedirectUris: Allowed Redirect URL(s) holds at most 10 entries.",
            ),
            (
                "PostLogoutRedirectUris",
                urls(11),
                "PostLogoutRedirectUris: Allowed Logout Redirect URL(s) holds at most 10 entries.",
            ),
            (
                "RedirectUris",
                json!(["http://app.example.com"]),
                "RedirectUris: Allowed Redirect URL(s): “http://app.example.com” can't be used. ",
            ),
            (
                "ClientUri",
                json!("javascript:alert(1)"),
                "ClientUri: Client URI: “javascript:alert(1)” can't be used. ",
            ),
            ("LogoUri", json!("app"), "LogoUri: Logo URI: “app” can't be used. "),
        ] {
            assert_refused(&api, collection, false, field, &value, reason).await;
        }
    }
    assert_refused(
        &api,
        "AuthorizationCodeClients",
        false,
        "AllowedCorsOrigins",
        &urls(11),
        "AllowedCorsOrigins: Allowed CORS Origin(s) holds at most 10 entries.",
    )
    .await;
}

#[tokio::test]
async fn what_is_missing_is_named_with_its_bound() {
    let api = Api::start().await;
    for collection in COLLECTIONS {
        for missing in [json!({}), json!({"Name": null, "RedirectUris": null})] {
            let body = refused(&api.send(Method::POST, collection, &missing).await, 400);
            let fields = &body["DynamicProperties"];
            assert_eq!(fields["Name"], "Name is 1 to 128 characters. It is empty.", "{body}");
            if collection != "ClientCredentialClients" {
                let empty = "Allowed Redirect URL(s) is empty. Add at least one URL.";
                assert_eq!(fields["RedirectUris"], empty, "{body}");
            }
        }
    }
    let nameless = json!({"RoleIds": []});
    let body = refused(&api.send(Method::POST, "ClientCredentialClients", &nameless).await, 400);
    assert_eq!(body["Reason"], "Name: Name is 1 to 128 characters. It is empty.");
}

#[tokio::test]
async fn each_limit_of_the_first_secret_and_of_roles_is_refused() {
    let api = Api::start().await;
    let (member, viewer) = (
        api.role(RoleType::TenantMember).await,
        api.role(RoleType::TenantViewer).await,
    );
    for collection in ["ClientCredentialClients", "HybridClients"] {
        for (field, value, reason) in [
            (
                "SecretDescription",
                json!("x".repeat(129)),
                "SecretDescription: Description is at most 128 characters. This has 129.",
            ),
            (
                "SecretExpirationDate",
                json!("2026-11-21T10:30:00Z"),
                "SecretExpirationDate: Expiration Date lies in the past. ",
            ),
            (
                "SecretExpirationDate",
                json!("2030-01-01T00:00:00"),
                "SecretExpirationDate: Expiration Date is not a date and time with its zone, such as ",
            ),
        ] {
            assert_refused(&api, collection, true, field, &value, reason).await;
        }
    }
    let missing = format!("RoleIds: Tenant Member is missing, which every client has. Add its id {member}.");
    for (value, reason) in [
        (json!([]), missing.as_str()),
        (json!([viewer]), missing.as_str()),
        (
            json!([member, UNKNOWN]),
            "RoleIds: Roles holds a role that doesn't exist ",
        ),
    ] {
        assert_refused(&api, "ClientCredentialClients", false, "RoleIds", &value, reason).await;
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_tenant_with_50_000_clients_gets_no_more_of_any_kind(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (database, tenant) = (&api.server.database.database, api.server.tenant);
    set_counted(database, tenant, MAX_CLIENTS).await;
    for collection in COLLECTIONS {
        let new = new_client(&api, collection, "Pump").await;
        let body = refused(&api.send(Method::POST, collection, &new).await, 400);
        assert!(body["Reason"].as_str().unwrap().contains("50,000"), "{body}");
    }
    assert_eq!(counted(database, tenant).await, MAX_CLIENTS);
}

#[tokio::test]
async fn an_id_is_taken_for_all_kinds_and_tenants() {
    let api = Api::start().await;
    let (other, token) = api.another_tenant().await;
    let mut new = new_client(&api, "HybridClients", "Theirs").await;
    new["Id"] = json!(CHOSEN);
    let theirs = api.server.request(Method::POST, &super::path(other, "HybridClients"));
    assert_eq!(send(theirs.bearer_auth(&token).json(&new)).await.status, 201);
    for collection in COLLECTIONS {
        let mut new = new_client(&api, collection, "Ours").await;
        new["Id"] = json!(CHOSEN);
        let body = refused(&api.send(Method::POST, collection, &new).await, 409);
        assert_eq!(body["Reason"], format!("Id: {CHOSEN} is taken."));
    }
}

#[tokio::test]
async fn an_id_of_zeros_is_none() {
    let api = Api::start().await;
    let zeros = "00000000-0000-0000-0000-000000000000";
    for collection in COLLECTIONS {
        for name in ["Pump", "Valve"] {
            let mut new = new_client(&api, collection, name).await;
            new["Id"] = json!(zeros);
            assert_ne!(add(&api, collection, &new).await, zeros);
        }
    }
    for (path, new) in [
        ("Roles", json!({"Id": zeros, "Name": "MyData.Role"})),
        ("Users", json!({"Id": zeros, "Name": "Ana", "Email": "ana@example.com"})),
    ] {
        let added = api.send(Method::POST, path, &new).await;
        assert_eq!(added.status, 201, "{}", added.body);
        assert_ne!(added.json()["Id"], zeros);
    }
}

#[tokio::test]
async fn who_is_only_a_member_changes_nothing() {
    let api = Api::start().await;
    for collection in COLLECTIONS {
        let new = new_client(&api, collection, "Pump").await;
        let id = add(&api, collection, &new).await;
        let one = format!("{collection}/{id}");
        let before = api.call(Method::GET, &one).await.json();
        for (method, path) in [
            (Method::POST, collection),
            (Method::PUT, one.as_str()),
            (Method::DELETE, one.as_str()),
        ] {
            let request = api.request(&api.member, method, path);
            refused(&send(request.json(&new)).await, 403);
        }
        assert_eq!(api.call(Method::GET, &one).await.json(), before);
    }
}
