//! Roles through the API.

use domain::role::RoleType;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use rstest::rstest;
use serde_json::json;
use store::testing::Engine;

use super::{Api, CHOSEN, UNKNOWN, names, refused};
use crate::http::send;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_is_made_read_changed_and_removed(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let new = json!({"Id": CHOSEN, "Name": "MyData.Role", "Description": "Reads my data", "Color": "red"});
    let made = api.send(Method::POST, "Roles", &new).await;
    assert_eq!(
        (made.status.as_u16(), made.header("etag")),
        (201, "\"1\""),
        "{}",
        made.body
    );
    let one = format!("Roles/{CHOSEN}");
    assert_eq!(made.header("location"), api.path(&one));
    let expected = json!({
        "Id": CHOSEN,
        "Name": "MyData.Role",
        "Description": "Reads my data",
        "RoleScope": 1,
        "TenantId": api.server.tenant,
        "CommunityId": null,
        "RoleTypeId": null
    });
    assert_eq!(made.json(), expected);

    let read = send(api.request(&api.member, Method::GET, &one)).await;
    assert_eq!(
        (read.status.as_u16(), read.header("etag"), read.json()),
        (200, "\"1\"", expected)
    );
    let changed = api
        .send(Method::PUT, &one, &json!({"Name": null, "Description": ""}))
        .await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""));
    let changed = changed.json();
    assert_eq!(
        (&changed["Name"], &changed["Description"]),
        (&json!("MyData.Role"), &json!(""))
    );

    assert_eq!(api.call(Method::DELETE, &one).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        refused(&api.call(method, &one).await, 404);
    }
}

#[tokio::test]
async fn a_change_of_another_version_is_refused() {
    let api = Api::start().await;
    let new = json!({"Id": CHOSEN, "Name": "MyData.Role"});
    assert_eq!(api.send(Method::POST, "Roles", &new).await.status, 201);
    let one = format!("Roles/{CHOSEN}");
    let change = json!({"Name": "Other.Role"});
    for (tag, status) in [("\"7\"", 412), ("\"1\"", 200), ("\"1\"", 412), ("*", 200)] {
        let request = api.request(&api.administrator, Method::PUT, &one).json(&change);
        let answer = send(request.header(IF_MATCH, tag)).await;
        assert_eq!(answer.status.as_u16(), status, "{tag}: {}", answer.body);
    }
    let request = api.request(&api.administrator, Method::DELETE, &one);
    refused(&send(request.header(IF_MATCH, "\"1\"")).await, 412);
}

#[tokio::test]
async fn what_a_role_may_not_be_is_refused_with_the_bound() {
    let api = Api::start().await;
    let new = json!({"Id": CHOSEN, "Name": "MyData.Role"});
    assert_eq!(api.send(Method::POST, "Roles", &new).await.status, 201);
    for (new, status, reason) in [
        (
            json!({"Name": ""}),
            400,
            "Name: Name is 1 to 128 characters. It is empty.",
        ),
        (
            json!({"Name": "x".repeat(129)}),
            400,
            "Name: Name is 1 to 128 characters. This has 129.",
        ),
        (
            json!({"Name": "a", "Description": "x".repeat(129)}),
            400,
            "Description: Description is at most 128 characters. This has 129.",
        ),
        (
            json!({"Name": "a\u{0}b"}),
            400,
            "Name: Name holds a character that can't be seen (U+0000). Remove it.",
        ),
        (
            json!({"Name": "tenant VIEWER"}),
            400,
            "Name: Name is taken: this tenant has a role of this name already. Choose another one.",
        ),
        (
            json!({"Name": "Other", "Id": CHOSEN}),
            409,
            "Id: 8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3 is taken.",
        ),
    ] {
        let body = refused(&api.send(Method::POST, "Roles", &new).await, status);
        assert_eq!(body["Reason"], reason);
    }
    let viewer = format!("Roles/{}", api.role(RoleType::TenantViewer).await);
    let answers = [
        api.send(Method::PUT, &viewer, &json!({"Name": "Other"})).await,
        api.call(Method::DELETE, &viewer).await,
    ];
    for answer in answers {
        let body = refused(&answer, 400);
        assert_eq!(body["Reason"], "A built-in role can't be changed or removed.");
        assert_eq!(body["Resolution"], "Add a role of your own.");
    }
}

#[tokio::test]
async fn roles_are_listed_and_counted() {
    let api = Api::start().await;
    for name in ["Éclair", "MyData.Role"] {
        assert_eq!(
            api.send(Method::POST, "Roles", &json!({"Name": name})).await.status,
            201
        );
    }
    let all = send(api.request(&api.member, Method::GET, "Roles")).await;
    assert_eq!((all.header("total-count"), names(&all.json()).len()), ("7", 7));
    let head = send(api.request(&api.member, Method::HEAD, "Roles")).await;
    assert_eq!(
        (head.status.as_u16(), head.header("total-count"), head.body.as_str()),
        (200, "7", "")
    );
    for (query, total, expected) in [
        ("skip=5&count=1", "7", vec!["MyData.Role"]),
        ("count=0", "7", vec![]),
        ("query=%C3%A9CL", "1", vec!["Éclair"]),
        ("QUERY=data&count=1&skip=1", "2", vec!["MyData.Role"]),
        ("query=a%00b", "0", vec![]),
    ] {
        let found = api.call(Method::GET, &format!("Roles?{query}")).await;
        assert_eq!(
            (found.header("total-count"), names(&found.json())),
            (total, expected),
            "{query}"
        );
    }
}

/// Whatever is asked about another tenant's role is answered as if there were none.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_of_another_tenant_is_none(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (other, token) = api.another_tenant().await;
    let foreign = api.server.request(Method::POST, &super::path(other, "Roles"));
    let foreign = send(foreign.bearer_auth(&token).json(&json!({"Name": "Theirs"}))).await;
    let foreign = foreign.json()["Id"].as_str().unwrap().to_owned();
    let own = api.send(Method::POST, "Roles", &json!({"Name": "Ours"})).await;
    let own = own.json()["Id"].as_str().unwrap().to_owned();

    let mut answers = Vec::new();
    for id in [foreign.as_str(), UNKNOWN] {
        let one = format!("Roles/{id}");
        for method in [Method::GET, Method::DELETE] {
            answers.push(refused(&api.call(method, &one).await, 404));
        }
        answers.push(refused(&api.send(Method::PUT, &one, &json!({"Name": "x"})).await, 404));

        let found = api.call(Method::GET, &format!("Roles?id={own}&id={id}&skip=5")).await;
        let body = refused(&found, 207);
        assert_eq!((found.header("total-count"), names(&body["Data"])), ("1", vec!["Ours"]));
        let error = &body["ChildErrors"][0];
        assert_eq!((&error["StatusCode"], &error["ModelId"]), (&json!(404), &json!(id)));
    }
    for answer in &mut answers {
        answer["OperationId"].take();
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
}
