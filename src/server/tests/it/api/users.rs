//! People through the API.

use domain::role::RoleType;
use domain::user_form::UserForm;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use rstest::rstest;
use serde_json::json;
use service::Actor;
use store::testing::Engine;

use super::{Api, CHOSEN, UNKNOWN, names, refused};
use crate::http::send;
use crate::story::{ADMINISTRATOR, MEMBER};

/// An API with Ada, who administers the tenant, and Max, who is a member.
async fn with_people(engine: Engine) -> Api {
    let api = Api::on(engine).await;
    api.server
        .add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"])
        .await;
    api.server.add_user(MEMBER, "Max", &[]).await;
    api
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_is_added_read_changed_and_removed(#[case] engine: Engine) {
    let api = with_people(engine).await;
    let member = api.role(RoleType::TenantMember).await;
    let viewer = api.role(RoleType::TenantViewer).await;
    let new = json!({
        "Id": CHOSEN, "GivenName": "Ana", "Surname": "Lima", "Email": "ana@example.com", "ExternalUserId": " 7 ",
        "IdentityProviderSpecificUserId": "unknown to us", "RoleIds": [viewer],
    });
    let made = api.send(Method::POST, "Users", &new).await;
    assert_eq!(
        (made.status.as_u16(), made.header("etag")),
        (201, "\"1\""),
        "{}",
        made.body
    );
    let one = format!("Users/{CHOSEN}");
    assert_eq!(made.header("location"), api.path(&one));
    assert_eq!(made.header("cache-control"), "no-store");
    let mut made = made.json();
    let link = made.as_object_mut().unwrap().remove("InvitationUrl").unwrap();
    let expected = json!({
        "Id": CHOSEN,
        "GivenName": "Ana",
        "Surname": "Lima",
        "Name": "Ana Lima",
        "Email": "ana@example.com",
        "ContactEmail": "",
        "ContactGivenName": "",
        "ContactSurname": "",
        "ExternalUserId": "7",
        "IdentityProviderId": "",
        "RoleIds": [member, viewer],
    });
    assert_eq!(made, expected);
    let link = link.as_str().unwrap().strip_prefix(&api.server.address).unwrap();
    assert_eq!(
        api.server.get(link, "").await.status,
        200,
        "she chooses a password there"
    );

    let read = send(api.request(&api.member, Method::GET, &one)).await;
    assert_eq!(
        (read.status.as_u16(), read.header("etag"), read.json()),
        (200, "\"1\"", expected)
    );
    let change =
        json!({"Id": "7", "Surname": null, "ContactEmail": "ana@example.org", "Name": "A. Lima", "RoleIds": []});
    let changed = api.send(Method::PUT, &one, &change).await;
    assert_eq!(
        (changed.status.as_u16(), changed.header("etag")),
        (200, "\"2\""),
        "{}",
        changed.body
    );
    let expected = json!({
        "Id": CHOSEN,
        "GivenName": "Ana",
        "Surname": "Lima",
        "Name": "A. Lima",
        "Email": "ana@example.com",
        "ContactEmail": "ana@example.org",
        "ContactGivenName": "",
        "ContactSurname": "",
        "ExternalUserId": "7",
        "IdentityProviderId": "",
        "RoleIds": [member],
    });
    assert_eq!(changed.json(), expected);

    assert_eq!(api.call(Method::DELETE, &one).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        refused(&api.call(method, &one).await, 404);
    }
    let again = api.send(Method::POST, "Users", &new).await;
    assert_eq!(refused(&again, 409)["Reason"], format!("Id: {CHOSEN} is taken."));
}

#[tokio::test]
async fn a_person_who_is_only_described_as_a_contact_is_called_so() {
    let api = with_people(Engine::Sqlite).await;
    let new = json!({"ContactGivenName": "Ana", "ContactSurname": "Lima", "ContactEmail": "ana@example.com"});
    let made = api.send(Method::POST, "Users", &new).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    assert_eq!(
        (&made["Name"], &made["Email"]),
        (&json!("Ana Lima"), &json!("ana@example.com"))
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_is_got_or_created(#[case] engine: Engine) {
    let api = with_people(engine).await;
    let one = format!("Users/{CHOSEN}");
    let new = json!({"Name": "Ana", "Email": "ana@example.com"});
    let made = api.send(Method::POST, &one, &new).await;
    assert_eq!((made.status.as_u16(), made.header("etag")), (201, "\"1\""));
    assert!(made.json()["InvitationUrl"].is_string());
    let got = api.send(Method::POST, &one, &json!({"Id": "7", "Name": "Other"})).await;
    assert_eq!((got.status.as_u16(), got.header("etag")), (200, "\"1\""));
    let got = got.json();
    assert_eq!((&got["Name"], got.get("InvitationUrl")), (&json!("Ana"), None));
}

#[tokio::test]
async fn a_change_of_another_version_is_refused() {
    let api = with_people(Engine::Sqlite).await;
    let new = json!({"Id": CHOSEN, "Name": "Ana", "Email": "ana@example.com"});
    assert_eq!(api.send(Method::POST, "Users", &new).await.status, 201);
    for (rest, change) in [("", json!({"Surname": "Lima"})), ("/Roles", json!([]))] {
        let path = format!("Users/{CHOSEN}{rest}");
        let current = api.call(Method::GET, &path).await.header("etag").to_owned();
        for (tag, status) in [
            ("\"7\"", 412),
            (current.as_str(), 200),
            (current.as_str(), 412),
            ("*", 200),
        ] {
            let request = api.request(&api.administrator, Method::PUT, &path).json(&change);
            let answer = send(request.header(IF_MATCH, tag)).await;
            assert_eq!(answer.status.as_u16(), status, "{path} {tag}: {}", answer.body);
        }
    }
    let request = api.request(&api.administrator, Method::DELETE, &format!("Users/{CHOSEN}"));
    refused(&send(request.header(IF_MATCH, "\"1\"")).await, 412);
}

#[tokio::test]
async fn people_are_listed_and_counted() {
    let api = with_people(Engine::Sqlite).await;
    let all = send(api.request(&api.member, Method::GET, "Users")).await;
    assert_eq!(
        (all.header("total-count"), names(&all.json())),
        ("2", vec!["Ada", "Max"])
    );
    let head = send(api.request(&api.member, Method::HEAD, "Users")).await;
    assert_eq!(
        (head.status.as_u16(), head.header("total-count"), head.body.as_str()),
        (200, "2", "")
    );
    let by_id = format!("query={}", &api.server.person("Max").await.to_string()[20..]);
    for (query, total, expected) in [
        ("skip=1&count=1", "2", vec!["Max"]),
        ("count=0", "2", vec![]),
        ("query=MA", "1", vec!["Max"]),
        (by_id.as_str(), "1", vec!["Max"]),
        ("query=a%00b", "0", vec![]),
    ] {
        let found = api.call(Method::GET, &format!("Users?{query}")).await;
        assert_eq!(
            (found.header("total-count"), names(&found.json())),
            (total, expected),
            "{query}"
        );
    }
}

/// Whatever is asked about another tenant's person is answered as if there were nobody.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_of_another_tenant_is_nobody(#[case] engine: Engine) {
    let api = with_people(engine).await;
    let (other, _) = api.another_tenant().await;
    let form = UserForm {
        name: "Fay".to_owned(),
        email: "fay@example.com".to_owned(),
        ..UserForm::default()
    };
    let foreign = api
        .server
        .service
        .invite_user(&Actor::CommandLine, other, None, &form)
        .await;
    let foreign = foreign.unwrap().id.to_string();
    let max = api.server.person("Max").await;

    let mut answers = Vec::new();
    for id in [foreign.as_str(), UNKNOWN] {
        let one = format!("Users/{id}");
        let roles = format!("{one}/Roles");
        for (method, path) in [(Method::GET, &one), (Method::DELETE, &one), (Method::GET, &roles)] {
            answers.push(refused(&api.call(method, path).await, 404));
        }
        // What is wrong in the body is not looked at.
        for path in [&one, &roles] {
            answers.push(refused(&api.send(Method::PUT, path, &json!(7)).await, 404));
        }
        let found = api.call(Method::GET, &format!("Users?id={max}&id={id}")).await;
        let body = refused(&found, 207);
        assert_eq!((found.header("total-count"), names(&body["Data"])), ("1", vec!["Max"]));
        let error = &body["ChildErrors"][0];
        assert_eq!((&error["StatusCode"], &error["ModelId"]), (&json!(404), &json!(id)));
    }
    for answer in &mut answers {
        answer["OperationId"].take();
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
}
