//! The roles of people, and the people and clients that have a role.

use domain::role::RoleType;
use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use store::testing::Engine;

use super::{Api, UNKNOWN, names, path, refused};
use crate::http::send;
use crate::story::{ADMINISTRATOR, MEMBER};

async fn role_of_another_tenant(api: &Api) -> String {
    let (other, token) = api.another_tenant().await;
    let theirs = api.server.request(Method::GET, &path(other, "Roles"));
    let theirs = send(theirs.bearer_auth(&token)).await.json();
    theirs[0]["Id"].as_str().unwrap().to_owned()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_has_the_roles_that_were_put(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    api.server
        .add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"])
        .await;
    api.server.add_user(MEMBER, "Max", &[]).await;
    let roles = format!("Users/{}/Roles", api.server.person("Max").await);
    let viewer = api.role(RoleType::TenantViewer).await;

    let put = api.send(Method::PUT, &roles, &json!([viewer, viewer])).await;
    assert_eq!(
        (put.status.as_u16(), put.header("etag")),
        (200, "\"2\""),
        "{}",
        put.body
    );
    assert_eq!(names(&put.json()), ["Tenant Member", "Tenant Viewer"]);
    let read = send(api.request(&api.member, Method::GET, &roles)).await;
    assert_eq!((read.header("etag"), read.header("total-count")), ("\"2\"", "2"));
    assert_eq!(read.json(), put.json());
    assert_eq!(read.json()[1]["Id"], viewer);
    let some = api.call(Method::GET, &format!("{roles}?query=view&count=1")).await;
    assert_eq!(
        (some.header("total-count"), names(&some.json())),
        ("1", vec!["Tenant Viewer"])
    );

    for (wrong, reason) in [
        (
            json!([UNKNOWN]),
            "RoleIds: Roles holds a role that doesn't exist in this tenant.",
        ),
        (json!(["7"]), "[0]: This is not a GUID. "),
        (json!([viewer, {}]), "[1]: This is an object. Send a GUID "),
        (json!([viewer, null]), "[1]: This is null. Send a GUID "),
        (json!({"RoleIds": []}), "Body: This is an object. Send a list."),
        (json!(null), "Body: This is null. Send a list."),
    ] {
        let body = refused(&api.send(Method::PUT, &roles, &wrong).await, 400);
        let told = body["Reason"].as_str().unwrap();
        assert!(told.starts_with(reason), "{told}");
    }
    let emptied = api.send(Method::PUT, &roles, &json!([])).await;
    assert_eq!(names(&emptied.json()), ["Tenant Member"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_people_of_a_role_are_listed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    api.server
        .add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"])
        .await;
    api.server.add_user(MEMBER, "Max", &[]).await;
    let (member, administrator) = (
        api.role(RoleType::TenantMember).await,
        api.role(RoleType::TenantAdministrator).await,
    );
    for (role, total, expected) in [(&member, "2", vec!["Ada", "Max"]), (&administrator, "1", vec!["Ada"])] {
        let found = send(api.request(&api.member, Method::GET, &format!("Roles/{role}/Users"))).await;
        assert_eq!((found.header("total-count"), names(&found.json())), (total, expected));
    }
    let cut = api
        .call(Method::GET, &format!("Roles/{member}/Users?skip=1&query=a"))
        .await;
    assert_eq!((cut.header("total-count"), names(&cut.json())), ("2", vec!["Max"]));

    let max = api.server.person("Max").await.to_string();
    let asked = api
        .call(Method::GET, &format!("Roles/{administrator}/Users?id={max}"))
        .await;
    assert_eq!(refused(&asked, 207)["ChildErrors"][0]["ModelId"], max);

    for role in [role_of_another_tenant(&api).await.as_str(), UNKNOWN] {
        for query in ["", "?count=many"] {
            let people = format!("Roles/{role}/Users{query}");
            refused(&api.call(Method::GET, &people).await, 404);
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_clients_of_a_role_are_listed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (member, administrator) = (
        api.role(RoleType::TenantMember).await,
        api.role(RoleType::TenantAdministrator).await,
    );
    let clients = |role: &str| format!("Roles/{role}/ClientCredentialClients");
    for (role, total) in [(&member, "2"), (&administrator, "1")] {
        let found = send(api.request(&api.member, Method::GET, &clients(role))).await;
        assert_eq!((found.status.as_u16(), found.header("total-count")), (200, total));
        for client in found.json().as_array().unwrap() {
            assert!(client["RoleIds"].as_array().unwrap().contains(&json!(role)), "{client}");
        }
    }
    let new = json!({"Name": "Valve", "RoleIds": [member], "Tags": ["north"]});
    let made = api.send(Method::POST, "ClientCredentialClients", &new).await;
    assert_eq!(made.status, 201, "{}", made.body);
    for (role, total) in [(&member, "1"), (&administrator, "0")] {
        let found = api.call(Method::GET, &(clients(role) + "?tag=north")).await;
        assert_eq!((found.status.as_u16(), found.header("total-count")), (200, total));
    }
    let nameless = api.call(Method::GET, &(clients(&member) + "?tag=")).await;
    assert_eq!(
        refused(&nameless, 400)["Reason"],
        "tag: Tag is 1 to 128 characters. It is empty."
    );
    for role in [role_of_another_tenant(&api).await.as_str(), UNKNOWN] {
        for query in ["", "?count=many"] {
            let clients = clients(role) + query;
            refused(&api.call(Method::GET, &clients).await, 404);
        }
    }
}
