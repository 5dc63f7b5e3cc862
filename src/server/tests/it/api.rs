//! The REST API, as programs call it.

mod at_once;
mod audit;
mod client_roles;
mod clients;
mod clients_list;
mod clients_refused;
mod document;
mod heads;
mod isolation;
mod parity;
mod refusals;
mod roles;
mod secrets;
mod tenant;
mod things;
mod tokens;
mod transfer;
mod users;
mod users_refused;
mod users_roles;
mod users_self;

use domain::role::RoleType;
use domain::tenant::{TenantId, TenantName};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use service::Actor;
use store::testing::Engine;

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::{client_form, secret_of};

/// An id that a program chooses.
pub const CHOSEN: &str = "8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3";
/// An id that nothing has.
pub const UNKNOWN: &str = "00000000-0000-4000-8000-00000000abcd";

/// A server, and the tokens of two clients.
pub struct Api {
    pub server: TestServer,
    /// Of one that holds Tenant Administrator.
    pub administrator: String,
    /// Of one that is only a member.
    pub member: String,
}

impl Api {
    pub async fn start() -> Self {
        Self::on(Engine::Sqlite).await
    }

    pub async fn on(engine: Engine) -> Self {
        let server = TestServer::builder().engine(engine).start().await;
        Self {
            administrator: token(&server, server.tenant, &[RoleType::TenantAdministrator]).await,
            member: token(&server, server.tenant, &[]).await,
            server,
        }
    }

    /// Another tenant and the token of an administrator of it.
    pub async fn another_tenant(&self) -> (TenantId, String) {
        let name = TenantName::parse("Other").unwrap();
        let tenant = self
            .server
            .service
            .create_tenant(&Actor::CommandLine, None, &name)
            .await;
        let tenant = tenant.unwrap();
        (
            tenant,
            token(&self.server, tenant, &[RoleType::TenantAdministrator]).await,
        )
    }

    /// The id of the first tenant's built-in role of this type.
    pub async fn role(&self, role: RoleType) -> String {
        let roles = self.call(Method::GET, &format!("Roles?roleTypeId={}", role.id())).await;
        roles.json()[0]["Id"].as_str().unwrap().to_owned()
    }

    /// A path of the first tenant.
    pub fn path(&self, rest: &str) -> String {
        path(self.server.tenant, rest)
    }

    /// A request with a token to a path of the first tenant.
    pub fn request(&self, token: &str, method: Method, rest: &str) -> RequestBuilder {
        self.server.request(method, &self.path(rest)).bearer_auth(token)
    }

    /// Calls as the administrator, without a body.
    pub async fn call(&self, method: Method, rest: &str) -> Answer {
        send(self.request(&self.administrator, method, rest)).await
    }

    /// Sends JSON as the administrator.
    pub async fn send(&self, method: Method, rest: &str, body: &Value) -> Answer {
        send(self.request(&self.administrator, method, rest).json(body)).await
    }
}

/// A path of any tenant.
pub fn path(tenant: TenantId, rest: &str) -> String {
    format!("/api/v1/Tenants/{tenant}/{rest}")
}

/// The token of a new client with these built-in roles.
async fn token(server: &TestServer, tenant: TenantId, roles: &[RoleType]) -> String {
    let offered = server.service.offered_roles(&Actor::CommandLine, tenant).await.unwrap();
    let given = offered
        .iter()
        .filter(|role| role.role_type.is_some_and(|of| roles.contains(&of)));
    let mut form = client_form();
    form.client.roles = given.map(|role| role.id).collect();
    let client = server.add_client_to(tenant, &form).await;
    server.token(&client.id.to_string(), secret_of(&client)).await
}

/// The names of those in an answer.
pub fn names(list: &Value) -> Vec<&str> {
    let names = list.as_array().unwrap().iter();
    names.map(|one| one["Name"].as_str().unwrap()).collect()
}

/// The body of a refusal with this status, in the shape that all have.
pub fn refused(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    let body = answer.json();
    assert_eq!(body["OperationId"], answer.header("operation-id"));
    assert_eq!(body["Error"], answer.status.canonical_reason().unwrap());
    for text in ["Reason", "Resolution"] {
        assert!(body[text].as_str().is_some_and(|text| text.ends_with('.')), "{body}");
    }
    body
}
