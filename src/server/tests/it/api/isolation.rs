//! No tenant reaches into another, whichever operation is tried.

use domain::tenant::TenantId;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::{Engine, contents};

use super::clients::COLLECTIONS;
use super::things::{Things, call, email, operations, right_body};
use super::{Api, UNKNOWN};
use crate::application::api_token;
use crate::http::Answer;
use crate::story::PASSWORD;

/// What an answer tells, but for the id under which the log tells more.
fn told(answer: &Answer) -> (u16, Option<Value>) {
    let body = (!answer.body.is_empty()).then(|| {
        let mut body = answer.json();
        body["OperationId"].take();
        body
    });
    (answer.status.as_u16(), body)
}

/// The token of a person who administers a tenant.
async fn person(api: &Api, tenant: TenantId) -> String {
    let (server, email) = (&api.server, "eve@example.com");
    server
        .add_user_to(tenant, email, "Eve", &["Tenant Administrator"])
        .await;
    let cookies = server.sign_in(email, PASSWORD).await.cookie();
    api_token(server, tenant, &cookies).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_opens_no_other_tenant_and_does_not_learn_whether_it_is_there(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (other, client) = api.another_tenant().await;
    let strangers = [client, person(&api, other).await];
    let things = Things::of(&api.server, api.server.tenant).await;
    let nowhere = TenantId(UNKNOWN.parse().unwrap());
    let before = contents(&api.server.database.database).await;
    for (method, path) in operations(&api).await {
        let body = right_body(&api, &method, &path).await;
        for stranger in &strangers {
            let ask = async |tenant| call(&api, stranger, &method, &things.fill(&path, tenant), body.as_ref()).await;
            let there = ask(api.server.tenant).await;
            assert_eq!(there.status, 403, "{method} {path}: {}", there.body);
            assert_eq!(told(&there), told(&ask(nowhere).await), "{method} {path}");
        }
    }
    assert_eq!(contents(&api.server.database.database).await, before);
}

/// Under the caller's own tenant, what another tenant has is as unknown as what nobody has.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_another_tenant_has_is_not_there(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (other, _) = api.another_tenant().await;
    let callers = [api.administrator.clone(), person(&api, api.server.tenant).await];
    let (foreign, unknown) = (Things::of(&api.server, other).await, Things::unknown());
    let before = contents(&api.server.database.database).await;
    let operations = operations(&api).await.into_iter();
    // Beside the tenant they name something.
    for (method, path) in operations.filter(|(_, path)| path.matches('{').count() > 1) {
        let body = right_body(&api, &method, &path).await;
        for caller in &callers {
            let ask = async |things: &Things| {
                let path = things.fill(&path, api.server.tenant);
                call(&api, caller, &method, &path, body.as_ref()).await
            };
            let theirs = ask(&foreign).await;
            // Whoever isn't there would be added. That an id is taken is told; the test below says how little that is.
            if method == Method::POST && path.ends_with("/Users/{userId}") {
                assert_eq!(theirs.status, 409, "{}", theirs.body);
                continue;
            }
            // What only somebody themselves may read is refused to all others, be they there or not.
            let hidden = if path.ends_with("/Preferences") { 403 } else { 404 };
            assert_eq!(theirs.status, hidden, "{method} {path}: {}", theirs.body);
            assert_eq!(told(&theirs), told(&ask(&unknown).await), "{method} {path}");
        }
    }
    assert_eq!(contents(&api.server.database.database).await, before);
}

/// What is told of something new whose field holds what is taken.
async fn refusal(api: &Api, collection: &str, field: &str, taken: &str) -> (u16, String) {
    let mut new = right_body(api, &Method::POST, collection).await.unwrap();
    new[field] = json!(taken);
    let (status, told) = told(&api.send(Method::POST, collection, &new).await);
    (status, told.unwrap().to_string().replace(taken, "THIS"))
}

/// Ids are unique in the installation, those of clients and people together and those of roles by themselves, and so are
/// e-mail addresses. Whether it is in one's own tenant or in another that something is taken, nobody learns.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn that_something_is_taken_is_all_that_is_told(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (own, (other, _)) = (api.server.tenant, api.another_tenant().await);
    let (ours, theirs) = (Things::of(&api.server, own).await, Things::of(&api.server, other).await);
    let mut taken = vec![
        ("Roles", "Id", ours.role, theirs.role),
        ("Users", "Email", email(own), email(other)),
    ];
    let ids = |user: String, clients: [(&str, String); 3]| [[user].as_slice(), &clients.map(|(_, id)| id)].concat();
    let (ours, theirs) = (ids(ours.user, ours.clients), ids(theirs.user, theirs.clients));
    for collection in COLLECTIONS.into_iter().chain(["Users"]) {
        for (ours, theirs) in ours.iter().zip(&theirs) {
            taken.push((collection, "Id", ours.clone(), theirs.clone()));
        }
    }
    let before = contents(&api.server.database.database).await;
    for (collection, field, ours, theirs) in taken {
        let (status, told) = refusal(&api, collection, field, &theirs).await;
        assert_eq!(status, 409, "{collection}: {told}");
        assert_eq!((status, told), refusal(&api, collection, field, &ours).await);
    }
    assert_eq!(contents(&api.server.database.database).await, before);
}
