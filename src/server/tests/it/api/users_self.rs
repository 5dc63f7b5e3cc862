//! What a person may do with their own account, through an application.

use domain::role::RoleType;
use domain::user::UserId;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;
use store::testing::Engine;

use super::{UNKNOWN, path, refused};
use crate::application::api_token;
use crate::http::send;
use crate::server::TestServer;
use crate::story::ADMINISTRATOR;

/// Max, and the token of an application that calls for him.
struct Max {
    server: TestServer,
    token: String,
    id: UserId,
}

impl Max {
    async fn on(engine: Engine) -> Self {
        let server = TestServer::builder().engine(engine).start().await;
        let cookies = server.member().await;
        Self {
            token: api_token(&server, server.tenant, &cookies).await,
            id: server.person("Max").await,
            server,
        }
    }

    /// A request in his name.
    fn request(&self, method: Method, rest: &str) -> RequestBuilder {
        let request = self.server.request(method, &path(self.server.tenant, rest));
        request.bearer_auth(&self.token)
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_keeps_preferences_that_nobody_else_sees(#[case] engine: Engine) {
    let max = Max::on(engine).await;
    let own = format!("Users/{}/Preferences", max.id);
    let none = send(max.request(Method::GET, &own)).await;
    assert_eq!(
        (none.status.as_u16(), none.header("etag"), none.json()),
        (200, "\"0\"", json!({}))
    );
    assert_eq!(none.header("content-type"), "application/json");
    for (value, tag) in [
        (json!({"theme": "dark", "columns": [1, null, {"a": "ü\u{0}"}]}), "\"1\""),
        (json!([]), "\"2\""),
        (json!("text"), "\"3\""),
        (json!(null), "\"4\""),
    ] {
        let put = send(max.request(Method::PUT, &own).json(&value)).await;
        assert_eq!(
            (put.status.as_u16(), put.header("etag"), put.json()),
            (200, tag, value.clone())
        );
        let read = send(max.request(Method::GET, &own)).await;
        assert_eq!((read.header("etag"), read.json()), (tag, value));
    }
    let late = max.request(Method::PUT, &own).header(IF_MATCH, "\"3\"").json(&json!(1));
    refused(&send(late).await, 412);

    // Numbers of any size, names in their order, even twice.
    let exact = "{\"b\":1.10, \"a\" : 123456789012345678901234567890,\"b\":1e999}";
    let put = max.request(Method::PUT, &own).header(CONTENT_TYPE, "application/json");
    let put = send(put.body(exact)).await;
    assert_eq!((put.header("etag"), put.body.as_str()), ("\"5\"", exact));
    assert_eq!(send(max.request(Method::GET, &own)).await.body, exact);

    for body in ["", "{", "{} {}"] {
        let wrong = max.request(Method::PUT, &own).header(CONTENT_TYPE, "application/json");
        refused(&send(wrong.body(body)).await, 400);
    }
    let long = Value::String("x".repeat(16 * 1024));
    let body = refused(&send(max.request(Method::PUT, &own).json(&long)).await, 400);
    assert!(body["Reason"].as_str().unwrap().contains("16,384 bytes"), "{body}");
    assert_eq!(send(max.request(Method::GET, &own)).await.body, exact);
}

#[tokio::test]
async fn nobody_reaches_the_preferences_of_others() {
    let max = Max::on(Engine::Sqlite).await;
    let server = &max.server;
    server.add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"]).await;
    for id in [server.person("Ada").await.to_string().as_str(), UNKNOWN] {
        let others = format!("Users/{id}/Preferences");
        let read = refused(&send(max.request(Method::GET, &others)).await, 403);
        assert_eq!(read["Reason"], "Preferences are for the person of the path alone.");
        assert_eq!(read["Resolution"], "Call with a token of that person.");
        refused(&send(max.request(Method::PUT, &others).json(&json!(1))).await, 403);
        let others = path(server.tenant, &others);
        let announced = server.announce_too_much(&others, &max.token).await;
        assert_eq!(announced, "HTTP/1.1 403 Forbidden\r\n", "the body isn't looked at");
    }
    let (client, own) = (
        super::token(server, server.tenant, &[RoleType::TenantAdministrator]).await,
        path(server.tenant, &format!("Users/{}/Preferences", max.id)),
    );
    for method in [Method::GET, Method::PUT] {
        let request = server.request(method, &own).bearer_auth(&client).json(&json!(1));
        refused(&send(request).await, 403);
    }
}

#[tokio::test]
async fn an_administrator_keeps_their_own_right_and_account() {
    let max = Max::on(Engine::Sqlite).await;
    let server = &max.server;
    // So that he is not the last one.
    server.add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"]).await;
    let offered = server.service.offered_roles(&Actor::CommandLine, server.tenant).await;
    let administrator = offered
        .unwrap()
        .into_iter()
        .find(|role| role.role_type == Some(RoleType::TenantAdministrator));
    let roles = [administrator.unwrap().id];
    let given = server
        .service
        .set_user_roles(&Actor::CommandLine, server.tenant, max.id, 1, &roles)
        .await;
    given.unwrap();

    let own = format!("Users/{}", max.id);
    let own_roles = format!("{own}/Roles");
    for (request, reason) in [
        (max.request(Method::DELETE, &own), "You can't remove yourself."),
        (
            max.request(Method::PUT, &own).json(&json!({"RoleIds": []})),
            "You can't take Tenant Administrator from yourself.",
        ),
        (
            max.request(Method::PUT, &own_roles).json(&json!([])),
            "You can't take Tenant Administrator from yourself.",
        ),
    ] {
        let body = refused(&send(request).await, 400);
        assert_eq!(body["Reason"], reason);
        assert_eq!(body["Resolution"], "Another administrator can do it.");
    }
    let renamed = send(max.request(Method::PUT, &own).json(&json!({"Name": "Maxim"}))).await;
    assert_eq!(renamed.json()["Name"], "Maxim", "{}", renamed.body);
}
