//! What may not be said of a person, and who may not be changed or removed.

use domain::user_form::UserForm;
use reqwest::Method;
use serde_json::json;
use service::Actor;

use super::{Api, UNKNOWN, refused};
use crate::http::send;
use crate::story::{ADMINISTRATOR, MEMBER};

/// The path of the person with this name.
async fn path_of(api: &Api, name: &str) -> String {
    format!("Users/{}", api.server.person(name).await)
}

#[tokio::test]
async fn what_a_person_may_not_be_is_refused_with_the_bound() {
    let api = Api::start().await;
    let ana = || json!({"Name": "Ana", "Email": "ana@example.com"});
    let with = |name: &str, value: serde_json::Value| {
        let mut body = ana();
        body[name] = value;
        body
    };
    for (new, reason) in [
        (
            json!({}),
            "Email: E-mail is 1 to 128 characters. It is empty. Name: Name is 1 to 128 characters. It is empty.",
        ),
        (
            with("Name", json!("x".repeat(129))),
            "Name: Name is 1 to 128 characters. This has 129.",
        ),
        (with("Name", json!(7)), "Name: This is a number. Send a string."),
        (with("Id", json!("7")), "Id: This is not a GUID. "),
        (
            with("Email", json!("nobody")),
            "Email: E-mail is an address such as name@example.com, with one @ and no spaces.",
        ),
        (
            with("ContactEmail", json!("nobody")),
            "ContactEmail: Contact E-mail is an address such as name@example.com, with one @ and no spaces.",
        ),
        (
            with("GivenName", json!("x".repeat(129))),
            "GivenName: Given Name is at most 128 characters. This has 129.",
        ),
        (
            with("ExternalUserId", json!("a\u{0}b")),
            "ExternalUserId: External User ID holds a character that can't be seen (U+0000). Remove it.",
        ),
        (with("RoleIds", json!(["7"])), "RoleIds[0]: This is not a GUID. "),
        (
            with("RoleIds", json!([UNKNOWN])),
            "RoleIds: Roles holds a role that doesn't exist in this tenant. Choose from the roles of this tenant.",
        ),
    ] {
        let body = refused(&api.send(Method::POST, "Users", &new).await, 400);
        let told = body["Reason"].as_str().unwrap();
        assert!(told.starts_with(reason), "{told}");
    }
    assert_eq!(api.call(Method::GET, "Users").await.header("total-count"), "0");
}

#[tokio::test]
async fn nobody_gets_an_id_of_zeros() {
    let api = Api::start().await;
    let ana = json!({"Name": "Ana", "Email": "ana@example.com"});
    let zeros = "Users/00000000-0000-0000-0000-000000000000";
    let body = refused(&api.send(Method::POST, zeros, &ana).await, 400);
    let why = "An id of zeros can't be used. Choose another one.";
    assert_eq!(body["DynamicProperties"], json!({ "userId": why }));
    assert_eq!(api.call(Method::GET, "Users").await.header("total-count"), "0");
}

#[tokio::test]
async fn an_address_belongs_to_one_person_of_the_installation() {
    let api = Api::start().await;
    api.server
        .add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"])
        .await;
    let (other, _) = api.another_tenant().await;
    let form = UserForm {
        name: "Fay".to_owned(),
        email: "fay@example.com".to_owned(),
        ..UserForm::default()
    };
    let (service, operator) = (&api.server.service, Actor::CommandLine);
    service.invite_user(&operator, other, None, &form).await.unwrap();
    let ada = path_of(&api, "Ada").await;
    for email in ["FAY@example.com", "Ada@example.com"] {
        let new = json!({"Name": "Ana", "Email": email});
        let body = refused(&api.send(Method::POST, "Users", &new).await, 409);
        let why = format!("E-mail {email} is taken. Choose another one.");
        assert_eq!(body["Reason"], format!("Email: {why}"));
        assert_eq!(body["DynamicProperties"], json!({"Email": why}));
    }
    let change = json!({"Email": "FAY@example.com"});
    refused(&api.send(Method::PUT, &ada, &change).await, 409);
    let own = json!({"Email": "ADA@example.com"});
    assert_eq!(api.send(Method::PUT, &ada, &own).await.status, 200);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let api = Api::start().await;
    api.server
        .add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"])
        .await;
    let ada = path_of(&api, "Ada").await;
    let roles = format!("{ada}/Roles");
    let answers = [
        api.call(Method::DELETE, &ada).await,
        api.send(Method::PUT, &ada, &json!({"RoleIds": []})).await,
        api.send(Method::PUT, &roles, &json!([])).await,
    ];
    for answer in answers {
        let body = refused(&answer, 400);
        let reason = body["Reason"].as_str().unwrap();
        assert!(reason.contains("this is the last Tenant Administrator"), "{reason}");
        assert_eq!(body["Resolution"], "Give the role to somebody else first.");
    }
    assert_eq!(
        api.send(Method::PUT, &ada, &json!({"Surname": "Lima"})).await.status,
        200
    );
}

#[tokio::test]
async fn members_read_and_change_nobody() {
    let api = Api::start().await;
    api.server.add_user(MEMBER, "Max", &[]).await;
    let max = path_of(&api, "Max").await;
    let (roles, unknown) = (format!("{max}/Roles"), format!("Users/{UNKNOWN}"));
    for (method, path) in [
        (Method::POST, "Users"),
        (Method::POST, max.as_str()),
        (Method::PUT, max.as_str()),
        (Method::DELETE, max.as_str()),
        (Method::PUT, roles.as_str()),
        (Method::PUT, unknown.as_str()),
    ] {
        refused(&send(api.request(&api.member, method, path)).await, 403);
    }
    for path in ["Users", max.as_str(), roles.as_str()] {
        assert_eq!(send(api.request(&api.member, Method::GET, path)).await.status, 200);
    }
}
