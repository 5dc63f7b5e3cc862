//! No tenant reaches into another: each operation that the description has is tried, so that none is forgotten.

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::role_form::RoleForm;
use domain::tenant::TenantId;
use domain::user_form::UserForm;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;
use store::testing::{Engine, contents};

use super::{Api, UNKNOWN};
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::client_form;

/// Something of each kind in a tenant.
struct Things {
    /// Clients, with the segment of the path under which each is found.
    clients: [(&'static str, String); 3],
    role: String,
    user: String,
}

impl Things {
    async fn of(server: &TestServer, tenant: TenantId) -> Self {
        let (operator, service) = (Actor::CommandLine, &server.service);
        let add = async |kind| {
            let mut form = AddClientForm { kind, ..client_form() };
            if kind != ClientKind::ClientCredentials {
                form.client.redirect_urls = vec!["https://app.example.com/callback".to_owned()];
            }
            server.add_client_to(tenant, &form).await.id.to_string()
        };
        let role = RoleForm {
            name: "Theirs".to_owned(),
            ..RoleForm::default()
        };
        let user = UserForm {
            name: "Fay".to_owned(),
            email: "fay@example.com".to_owned(),
            ..UserForm::default()
        };
        Self {
            clients: [
                ("ClientCredentialClients", add(ClientKind::ClientCredentials).await),
                ("AuthorizationCodeClients", add(ClientKind::AuthorizationCode).await),
                ("HybridClients", add(ClientKind::Hybrid).await),
            ],
            role: service
                .add_role(&operator, tenant, None, &role)
                .await
                .unwrap()
                .to_string(),
            user: service
                .invite_user(&operator, tenant, None, &user)
                .await
                .unwrap()
                .id
                .to_string(),
        }
    }

    /// None that is there.
    fn unknown() -> Self {
        Self {
            clients: ["ClientCredentialClients", "AuthorizationCodeClients", "HybridClients"]
                .map(|segment| (segment, UNKNOWN.to_owned())),
            role: UNKNOWN.to_owned(),
            user: UNKNOWN.to_owned(),
        }
    }

    /// The path in this tenant, with the ids of these things.
    fn fill(&self, path: &str, tenant: TenantId) -> String {
        let mut filled: Vec<String> = Vec::new();
        for segment in path.split('/') {
            let value = match segment {
                "{tenantId}" => tenant.to_string(),
                "{clientId}" => {
                    let kind = filled.last().unwrap();
                    let found = self.clients.iter().find(|(segment, _)| segment == kind);
                    // Under `Clients` any would do.
                    found.unwrap_or(&self.clients[0]).1.clone()
                }
                "{secretId}" => "1".to_owned(),
                "{roleId}" => self.role.clone(),
                "{userId}" => self.user.clone(),
                unknown if unknown.starts_with('{') => panic!("{unknown} is new: say here what stands for it"),
                plain => plain.to_owned(),
            };
            filled.push(value);
        }
        filled.join("/")
    }
}

/// The methods and paths that the description has.
async fn operations(api: &Api) -> Vec<(Method, String)> {
    let document = send(api.server.request(Method::GET, "/api/openapi.json")).await.json();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            all.push((method.to_uppercase().parse().unwrap(), path.clone()));
        }
    }
    assert!(all.len() > 5, "{all:?}");
    all
}

async fn call(api: &Api, token: &str, method: &Method, path: &str) -> Answer {
    let request = api.server.request(method.clone(), path).bearer_auth(token);
    send(if matches!(*method, Method::POST | Method::PUT) {
        request.json(&json!({}))
    } else {
        request
    })
    .await
}

/// What an answer tells, but for the id under which the log tells more.
fn told(answer: &Answer) -> (u16, Option<Value>) {
    let body = (!answer.body.is_empty()).then(|| {
        let mut body = answer.json();
        body["OperationId"].take();
        body
    });
    (answer.status.as_u16(), body)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_opens_no_other_tenant_and_does_not_learn_whether_it_is_there(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let (_, stranger) = api.another_tenant().await;
    let things = Things::of(&api.server, api.server.tenant).await;
    let nowhere = TenantId(UNKNOWN.parse().unwrap());
    let before = contents(&api.server.database.database).await;
    for (method, path) in operations(&api).await {
        let there = call(&api, &stranger, &method, &things.fill(&path, api.server.tenant)).await;
        assert_eq!(there.status, 403, "{method} {path}: {}", there.body);
        let nothing = call(&api, &stranger, &method, &things.fill(&path, nowhere)).await;
        assert_eq!(told(&there), told(&nothing), "{method} {path}");
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
    let (foreign, unknown) = (Things::of(&api.server, other).await, Things::unknown());
    let before = contents(&api.server.database.database).await;
    let operations = operations(&api).await.into_iter();
    // Beside the tenant they name something.
    for (method, path) in operations.filter(|(_, path)| path.matches('{').count() > 1) {
        let theirs = call(
            &api,
            &api.administrator,
            &method,
            &foreign.fill(&path, api.server.tenant),
        )
        .await;
        // What only somebody themselves may read is refused to all others, be they there or not. Whoever isn't there is added,
        // and this lacks a name.
        let adds = method == Method::POST && path.ends_with("/Users/{userId}");
        let expected: &[u16] = if adds { &[400] } else { &[403, 404] };
        assert!(
            expected.contains(&theirs.status.as_u16()),
            "{method} {path}: {} {}",
            theirs.status,
            theirs.body
        );
        let nobodys = call(
            &api,
            &api.administrator,
            &method,
            &unknown.fill(&path, api.server.tenant),
        )
        .await;
        assert_eq!(told(&theirs), told(&nobodys), "{method} {path}");
    }
    assert_eq!(contents(&api.server.database.database).await, before);
}
