//! Changes that meet another one of the same thing.

use domain::client::ClientId;
use domain::role::RoleId;
use reqwest::header::IF_MATCH;
use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::json;
use store::testing::{Engine, until_waiting};
use store::{Tx, client_roles, clients, tenants};

use super::clients::{add, new_client};
use super::{Api, CHOSEN, refused};
use crate::http::{Answer, send};

/// Another change, of the whole tenant, that is under way.
async fn another_change(api: &Api) -> Tx {
    let mut change = api.server.database.database.begin().await.unwrap();
    assert!(tenants::lock_for_change(&mut change, api.server.tenant).await.unwrap());
    change
}

/// Sends a request that has read what is there when the other change ends, which it has to wait for.
async fn send_meanwhile(api: &Api, change: Tx, request: RequestBuilder) -> Answer {
    let answer = tokio::spawn(send(request));
    until_waiting(&api.server.database.database, 1, || answer.is_finished()).await;
    change.commit().await.unwrap();
    answer.await.unwrap()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_removed_from_whoever_gets_it_meanwhile(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let role = json!({"Id": CHOSEN, "Name": "MyData.Role"});
    assert_eq!(api.send(Method::POST, "Roles", &role).await.status, 201);
    let list = "ClientCredentialClients";
    let id = add(&api, list, &new_client(&api, list, "Pump").await).await;

    let mut giving = another_change(&api).await;
    let (client, role): (ClientId, RoleId) = (id.parse().unwrap(), CHOSEN.parse().unwrap());
    let given = client_roles::give(&mut giving, client, api.server.tenant, role).await;
    assert!(given.unwrap());
    let one = format!("Roles/{CHOSEN}");
    let removal = api.request(&api.administrator, Method::DELETE, &one);
    let removed = send_meanwhile(&api, giving, removal).await;
    assert_eq!(removed.status, 204, "{}", removed.body);
    refused(&api.call(Method::GET, &one).await, 404);
    let client = api.call(Method::GET, &format!("{list}/{id}")).await.json();
    assert_eq!(client["RoleIds"].as_array().unwrap().len(), 1, "{client}");
}

/// It comes on top of the other one unless it names the version that it is for.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_refused_only_for_the_version_that_it_names(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let list = "ClientCredentialClients";
    let id = add(&api, list, &new_client(&api, list, "Pump").await).await;
    let (one, client): (String, ClientId) = (format!("{list}/{id}"), id.parse().unwrap());
    let member = api.call(Method::GET, &one).await.json()["RoleIds"].take();
    let roles = json!([{"Id": member[0]}]);
    for (method, path, tag, status) in [
        (Method::PUT, one.clone(), None, 200),
        (Method::PUT, one.clone(), Some("*"), 200),
        (Method::PUT, one.clone(), Some("\"5\""), 412),
        (Method::PUT, format!("{one}/Roles"), None, 200),
        (Method::PUT, format!("{one}/Roles"), Some("\"8\""), 412),
        (Method::DELETE, one.clone(), Some("\"9\""), 412),
        (Method::DELETE, one.clone(), None, 204),
    ] {
        let mut change = another_change(&api).await;
        clients::next_version(&mut change, client).await.unwrap();
        let body = if path == one {
            json!({"Name": "Valve"})
        } else {
            roles.clone()
        };
        let mut request = api.request(&api.administrator, method.clone(), &path).json(&body);
        if let Some(tag) = tag {
            request = request.header(IF_MATCH, tag);
        }
        let answer = send_meanwhile(&api, change, request).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{method} {path} {tag:?}: {}",
            answer.body
        );
    }
    refused(&api.call(Method::GET, &one).await, 404);
}
