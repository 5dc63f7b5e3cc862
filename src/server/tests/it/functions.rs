//! The server functions, called without the page around them.

use std::collections::BTreeSet;

use domain::identity_list::{Identity, IdentityChanges, IdentityQuery, MAX_CHANGES};
use domain::list::{ClientQuery, NameQuery};
use domain::role_form::RoleForm;
use domain::user_form::UserForm;
use domain::view::Holders;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;
use store::testing::{Engine, contents};

use crate::http::send;
use crate::server::TestServer;
use crate::story::client_form;

/// The functions that a member may call.
const READING: [&str; 9] = [
    "clients/list",
    "clients/details",
    "clients/name-in-use",
    "roles/list",
    "roles/details",
    "roles/offered",
    "roles/identities",
    "users/list",
    "users/details",
];

/// The functions that only an administrator may call.
pub const CHANGING: [&str; 16] = [
    "clients/add",
    "clients/edit",
    "clients/set-enabled",
    "clients/remove",
    "secrets/add",
    "secrets/edit",
    "secrets/remove",
    "roles/add",
    "roles/edit",
    "roles/remove",
    "roles/change-identities",
    "users/invite",
    "users/edit",
    "users/set-enabled",
    "users/reset",
    "users/remove",
];

#[test]
fn every_function_is_named_above() {
    let named: BTreeSet<&str> = READING.into_iter().chain(CHANGING).collect();
    let there = server_fn_paths().map(|(path, _)| path.trim_start_matches("/_fn/"));
    assert_eq!(there.collect::<BTreeSet<&str>>(), named);
}

/// A client, a role and a person that functions are called for.
struct Things {
    client: String,
    role: String,
    user: String,
}

impl Things {
    async fn new(server: &TestServer) -> Self {
        let (operator, tenant) = (Actor::CommandLine, server.tenant);
        let client = server.add_client().await.id.to_string();
        let role = RoleForm {
            name: "MyData.Role".to_owned(),
            ..RoleForm::default()
        };
        let role = server.service.add_role(&operator, tenant, None, &role).await.unwrap();
        let person = UserForm {
            name: "Bo".to_owned(),
            email: "bo@example.com".to_owned(),
            ..UserForm::default()
        };
        let person = server
            .service
            .invite_user(&operator, tenant, None, &person)
            .await
            .unwrap();
        Self {
            client,
            role: role.to_string(),
            user: person.id.to_string(),
        }
    }

    /// What a function takes.
    fn arguments(&self, function: &str) -> Value {
        let Self { client, role, user } = self;
        let form = client_form();
        let role_form = json!({ "name": "Other.Role", "description": "" });
        let user_form = json!({ "name": "Cy", "email": "cy@example.com" });
        match function {
            "clients/list" => json!({ "query": ClientQuery::default() }),
            "roles/list" | "users/list" => json!({ "query": NameQuery::default() }),
            "clients/details" | "clients/remove" => json!({ "id": client }),
            "clients/name-in-use" => json!({ "name": "Pump station 7" }),
            "clients/add" => json!({ "form": form }),
            "clients/edit" => json!({ "id": client, "version": 1, "form": form.client }),
            "clients/set-enabled" => json!({ "id": client, "enabled": false }),
            "secrets/add" => json!({ "client": client, "form": form.secret }),
            "secrets/edit" => json!({ "client": client, "id": 1, "version": 1, "form": form.secret }),
            "secrets/remove" => json!({ "client": client, "id": 1 }),
            "roles/details" => json!({ "id": role }),
            "roles/remove" => json!({ "id": role, "confirmed": Holders::default() }),
            "roles/add" => json!({ "form": role_form }),
            "roles/edit" => json!({ "id": role, "version": 1, "form": role_form }),
            "roles/identities" => json!({ "role": role, "query": IdentityQuery::default() }),
            "roles/change-identities" => json!({ "role": role, "changes": { "give": [{ "User": user }] } }),
            "users/details" | "users/remove" | "users/reset" => json!({ "id": user }),
            "users/invite" => json!({ "form": user_form }),
            "users/edit" => json!({ "id": user, "version": 1, "form": user_form }),
            "users/set-enabled" => json!({ "id": user, "enabled": false }),
            _ => json!({}),
        }
    }
}

#[tokio::test]
async fn nobody_calls_one_without_a_session() {
    let server = TestServer::start().await;
    let things = Things::new(&server).await;
    for function in READING.iter().chain(&CHANGING) {
        for cookie in ["", "clientele_session=invented"] {
            let answer = server.call(function, cookie, &things.arguments(function)).await;
            assert_eq!(answer.status, 401, "{function}: {}", answer.body);
            assert_eq!(answer.json(), "SignedOut");
        }
    }
}

#[tokio::test]
async fn a_member_reads_and_changes_nothing() {
    let server = TestServer::start().await;
    let things = Things::new(&server).await;
    let cookie = server.member().await;
    let before = contents(&server.database.database).await;
    for function in READING {
        let answer = server.call(function, &cookie, &things.arguments(function)).await;
        assert_eq!(answer.status, 200, "{function}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for function in CHANGING {
        let answer = server.call(function, &cookie, &things.arguments(function)).await;
        assert_eq!(answer.status, 403, "{function}: {}", answer.body);
        assert_eq!(answer.json(), "Forbidden");
    }
    assert_eq!(contents(&server.database.database).await, before);
}

#[tokio::test]
async fn an_administrator_changes_everything() {
    for function in CHANGING {
        let server = TestServer::start().await;
        let things = Things::new(&server).await;
        let cookie = server.administrator().await;
        let answer = server.call(function, &cookie, &things.arguments(function)).await;
        assert_eq!(answer.status, 200, "{function}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_change_that_started_from_another_version_is_a_conflict() {
    let server = TestServer::start().await;
    let things = Things::new(&server).await;
    let cookie = server.administrator().await;
    for function in ["clients/edit", "secrets/edit", "roles/edit", "users/edit"] {
        let mut arguments = things.arguments(function);
        arguments["version"] = json!(7);
        let answer = server.call(function, &cookie, &arguments).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (409, json!("Conflict")),
            "{function}"
        );
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_of_another_tenant_is_not_there(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let cookie = server.administrator().await;
    let name = domain::tenant::TenantName::parse("Other").unwrap();
    let other = server
        .service
        .create_tenant(&Actor::CommandLine, None, &name)
        .await
        .unwrap();
    let foreign = server.add_client_to(other, &client_form()).await.id.to_string();
    let unknown = "00000000-0000-4000-8000-00000000abcd";
    for client in [foreign.as_str(), unknown] {
        let things = Things {
            client: client.to_owned(),
            role: unknown.to_owned(),
            user: unknown.to_owned(),
        };
        for function in READING.iter().chain(&CHANGING) {
            if matches!(
                *function,
                "clients/details" | "clients/edit" | "clients/set-enabled" | "clients/remove"
            ) || function.starts_with("secrets/")
            {
                let answer = server.call(function, &cookie, &things.arguments(function)).await;
                assert_eq!(
                    (answer.status.as_u16(), answer.json()),
                    (404, json!("NotFound")),
                    "{function}"
                );
            }
        }
    }
    let list = json!({ "query": ClientQuery::default() });
    assert_eq!(server.call("clients/list", &cookie, &list).await.json()["total"], 0);
    let name = json!({ "name": "Pump station 7" });
    assert_eq!(server.call("clients/name-in-use", &cookie, &name).await.json(), false);
}

#[rstest]
#[case::not_json("{")]
#[case::other_arguments(r#"{"id":7}"#)]
#[case::no_id(r#"{"id":"x"}"#)]
#[tokio::test]
async fn arguments_that_make_no_sense_are_the_callers_fault(#[case] body: &'static str) {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    let request = server.request(Method::POST, "/_fn/clients/details");
    let request = request.header(COOKIE, cookie).header(CONTENT_TYPE, "application/json");
    let answer = send(request.body(body)).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.body);
}

/// PostgreSQL fails on U+0000 in any text.
#[tokio::test]
async fn a_null_character_is_never_the_servers_fault() {
    let server = TestServer::builder().engine(Engine::Postgres).start().await;
    let things = Things::new(&server).await;
    let cookie = server.administrator().await;
    let place = "pu\0mp\n00000000-0000-4000-8000-00000000abcd";
    for function in ["clients/list", "roles/list", "users/list", "roles/identities"] {
        let arguments = things.arguments(function);
        for (path, value, status) in [
            ("/query/filter", json!("pu\0mp"), 200),
            ("/query/paging/start", json!({ "After": place }), 400),
            ("/query/paging/start", json!({ "Before": place }), 400),
        ] {
            let mut arguments = arguments.clone();
            *arguments.pointer_mut(path).unwrap() = value;
            let answer = server.call(function, &cookie, &arguments).await;
            assert_eq!(answer.status, status, "{function} {path}: {}", answer.body);
        }
    }
    for (function, path) in [
        ("clients/name-in-use", "/name"),
        ("clients/add", "/form/client/name"),
        ("clients/add", "/form/secret/description"),
        ("clients/edit", "/form/name"),
        ("secrets/add", "/form/description"),
        ("roles/add", "/form/name"),
        ("roles/add", "/form/description"),
        ("users/invite", "/form/name"),
        ("users/invite", "/form/email"),
    ] {
        let mut arguments = things.arguments(function);
        *arguments.pointer_mut(path).unwrap() = json!("pu\0mp@example.com");
        let answer = server.call(function, &cookie, &arguments).await;
        assert_eq!(answer.status, 422, "{function} {path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_function_that_is_none_is_not_found() {
    let server = TestServer::start().await;
    let cookie = server.member().await;
    assert_eq!(server.call("clients/none", &cookie, &json!({})).await.status, 404);
    let read = send(server.request(Method::GET, "/_fn/roles/offered").header(COOKIE, cookie)).await;
    assert_eq!(read.status, 405);
}

/// The most changes that one **Save** holds fit into a body; one more is refused with the number.
#[tokio::test]
async fn the_largest_change_of_identities_is_read() {
    let server = TestServer::start().await;
    let things = Things::new(&server).await;
    let cookie = server.administrator().await;
    let unknown = Identity::Client("00000000-0000-4000-8000-00000000abcd".parse().unwrap());
    let mut changes = IdentityChanges {
        give: vec![unknown; MAX_CHANGES],
        take: Vec::new(),
    };
    let call = async |changes: &IdentityChanges| {
        let arguments = json!({ "role": things.role, "changes": changes });
        let answer = server.call("roles/change-identities", &cookie, &arguments).await;
        (answer.status.as_u16(), answer.json())
    };
    assert_eq!(call(&changes).await, (404, json!({ "Gone": changes.give })));
    changes.take.push(unknown);
    let (status, error) = call(&changes).await;
    assert_eq!(status, 422);
    assert!(
        error["Refused"].to_string().contains("at most 1,000 changes"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused() {
    let server = TestServer::start().await;
    let cookie = server.administrator().await;
    let mut form = client_form();
    form.client.name = "x".repeat(64 * 1024);
    let answer = server.call("clients/add", &cookie, &json!({ "form": form })).await;
    assert_eq!(answer.status, 413);
}
