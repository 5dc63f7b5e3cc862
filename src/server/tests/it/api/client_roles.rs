//! The roles of client-credentials clients through the API, and what a client may see of itself.

use domain::role::RoleType;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use rstest::rstest;
use serde_json::json;
use store::testing::Engine;

use super::clients::{add, new_client};
use super::{Api, UNKNOWN, names, refused};
use crate::http::send;

const COLLECTION: &str = "ClientCredentialClients";

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn roles_are_read_and_replaced_under_both_paths(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (member, viewer) = (
        api.role(RoleType::TenantMember).await,
        api.role(RoleType::TenantViewer).await,
    );
    let id = add(&api, COLLECTION, &new_client(&api, COLLECTION, "Pump").await).await;
    for path in [format!("{COLLECTION}/{id}/Roles"), format!("Clients/{id}/Roles")] {
        let body = json!([{"Id": viewer, "Name": "whatever"}, {"Id": member}]);
        let answer = api.send(Method::PUT, &path, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(names(&answer.json()), ["Tenant Member", "Tenant Viewer"]);
        let tag = answer.header("etag").to_owned();
        let client = api.call(Method::GET, &format!("{COLLECTION}/{id}")).await;
        assert_eq!(client.header("etag"), tag);
        assert_eq!(answer.json()[1]["Description"], "Reads the tenant's data.");
        let read = send(api.request(&api.member, Method::GET, &format!("{path}?skip=1"))).await;
        assert_eq!(
            (read.header("total-count"), read.header("etag"), names(&read.json())),
            ("2", tag.as_str(), vec!["Tenant Viewer"])
        );
        let head = send(api.request(&api.member, Method::HEAD, &path)).await;
        assert_eq!(
            (head.status.as_u16(), head.header("total-count"), head.body.as_str()),
            (200, "2", "")
        );
        let answer = api.send(Method::PUT, &path, &json!([{"Id": member}])).await;
        assert_eq!(names(&answer.json()), ["Tenant Member"]);
    }
    let client = api.call(Method::GET, &format!("{COLLECTION}/{id}")).await;
    assert_eq!(
        (client.header("etag"), &client.json()["RoleIds"]),
        ("\"5\"", &json!([member]))
    );
}

#[tokio::test]
async fn roles_that_a_client_may_not_have_are_refused() {
    let api = Api::start().await;
    let (member, viewer) = (
        api.role(RoleType::TenantMember).await,
        api.role(RoleType::TenantViewer).await,
    );
    let id = add(&api, COLLECTION, &new_client(&api, COLLECTION, "Pump").await).await;
    let portal = add(
        &api,
        "HybridClients",
        &new_client(&api, "HybridClients", "Portal").await,
    )
    .await;
    let missing = format!("RoleIds: Tenant Member is missing, which every client has. Add its id {member}.");
    for path in [format!("{COLLECTION}/{id}/Roles"), format!("Clients/{id}/Roles")] {
        for (body, reason) in [
            (json!([]), missing.as_str()),
            (json!([{"Id": viewer}]), missing.as_str()),
            (
                json!([{"Id": member}, {"Id": UNKNOWN}]),
                "RoleIds: Roles holds a role that doesn't exist in this tenant. Choose from the roles of this tenant.",
            ),
            (json!([{"Id": member}, {"Id": "7"}]), "[1].Id: This is not a GUID. "),
            (json!([{}]), "[0].Id: It is missing. Send the GUID of a role."),
            (
                json!([{"Id": member}, {"Name": "Tenant Viewer"}]),
                "[1].Id: It is missing. Send the GUID of a role.",
            ),
            (
                json!([{"Id": member}, {"Id": null}]),
                "[1].Id: It is missing. Send the GUID of a role.",
            ),
            (json!([{"Id": member}, null]), "[1]: This is null. Send an object."),
            (
                json!([{"Id": member}, [viewer]]),
                "[1]: This is a list. Send an object.",
            ),
            (json!({"Id": member}), "Body: This is an object. Send a list."),
        ] {
            let body = refused(&api.send(Method::PUT, &path, &body).await, 400);
            assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
        }
        let request = api.request(&api.member, Method::PUT, &path);
        refused(&send(request.json(&json!([{"Id": member}]))).await, 403);
        let request = api
            .request(&api.administrator, Method::PUT, &path)
            .header(IF_MATCH, "\"7\"");
        refused(&send(request.json(&json!([{"Id": member}]))).await, 412);
    }
    for client in [portal.as_str(), UNKNOWN] {
        for path in [
            format!("{COLLECTION}/{client}/Roles"),
            format!("Clients/{client}/Roles"),
        ] {
            refused(&api.call(Method::GET, &path).await, 404);
            refused(&api.send(Method::PUT, &path, &json!([])).await, 404);
        }
    }
}

#[tokio::test]
async fn a_client_sees_itself_and_changes_nothing() {
    let api = Api::start().await;
    let new = new_client(&api, COLLECTION, "Pump").await;
    let added = api.send(Method::POST, COLLECTION, &new).await.json();
    let id = added["Client"]["Id"].as_str().unwrap();
    let token = api.server.token(id, added["Secret"].as_str().unwrap()).await;
    let one = format!("{COLLECTION}/{id}");
    for path in [one.clone(), format!("{one}/Roles"), format!("Clients/{id}/Roles")] {
        assert_eq!(
            send(api.request(&token, Method::GET, &path)).await.status,
            200,
            "{path}"
        );
        let change = api.request(&token, Method::PUT, &path).json(&json!({}));
        refused(&send(change).await, 403);
    }
    refused(&send(api.request(&token, Method::DELETE, &one)).await, 403);
    refused(
        &send(api.request(&token, Method::POST, COLLECTION).json(&new)).await,
        403,
    );
}
