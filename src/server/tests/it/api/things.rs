//! Every operation of the description, and what each can be tried on and with, so that none is forgotten.

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::role::RoleType;
use domain::role_form::RoleForm;
use domain::tenant::TenantId;
use domain::user_form::UserForm;
use reqwest::Method;
use serde_json::{Value, json};
use service::Actor;

use super::clients::{COLLECTIONS, collection, new_client};
use super::{Api, UNKNOWN};
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::client_form;

/// Something of each kind.
pub struct Things {
    /// Clients, with the segment of the path under which each is found.
    pub clients: [(&'static str, String); 3],
    pub role: String,
    pub user: String,
}

impl Things {
    pub async fn of(server: &TestServer, tenant: TenantId) -> Self {
        let (operator, service) = (Actor::CommandLine, &server.service);
        let add = async |kind| {
            let mut form = AddClientForm { kind, ..client_form() };
            if kind != ClientKind::ClientCredentials {
                form.client.redirect_urls = vec!["https://app.example.com/callback".to_owned()];
            }
            let created = server.add_client_to(tenant, &form).await;
            (collection(kind), created.id.to_string())
        };
        let role = RoleForm {
            name: "Theirs".to_owned(),
            ..RoleForm::default()
        };
        let user = UserForm {
            name: "Fay".to_owned(),
            email: email(tenant),
            ..UserForm::default()
        };
        Self {
            clients: [
                add(ClientKind::ClientCredentials).await,
                add(ClientKind::AuthorizationCode).await,
                add(ClientKind::Hybrid).await,
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
    pub fn unknown() -> Self {
        Self {
            clients: COLLECTIONS.map(|segment| (segment, UNKNOWN.to_owned())),
            role: UNKNOWN.to_owned(),
            user: UNKNOWN.to_owned(),
        }
    }

    /// The path in this tenant, with the ids of these things.
    pub fn fill(&self, path: &str, tenant: TenantId) -> String {
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

/// The e-mail address of the person among the things of a tenant.
pub fn email(tenant: TenantId) -> String {
    format!("fay@{tenant}.example.com")
}

/// The methods and paths that the description has.
pub async fn operations(api: &Api) -> Vec<(Method, String)> {
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

/// A body that is right for an operation; none for one that has none.
pub async fn right_body(api: &Api, method: &Method, path: &str) -> Option<Value> {
    if !matches!(*method, Method::POST | Method::PUT) {
        return None;
    }
    let member = api.role(RoleType::TenantMember).await;
    let what = path.rsplit('/').find(|segment| !segment.starts_with('{')).unwrap();
    Some(match what {
        client if COLLECTIONS.contains(&client) => new_client(api, client, "Pump").await,
        "Import" => json!([{ "Name": "Pump", "RoleIds": [member] }]),
        "Secrets" => json!({"Expires": false}),
        "Rotate" | "Preferences" => json!({}),
        "Roles" if path.contains("/Users/") => json!([member]),
        "Roles" if path.contains("Clients/") => json!([{ "Id": member }]),
        "Roles" => json!({"Name": "MyData.Role"}),
        "Users" => json!({"Name": "Ana", "Email": "ana@example.com"}),
        new => panic!("{new} is new: say here what is right for it"),
    })
}

/// Calls an operation of any tenant.
pub async fn call(api: &Api, token: &str, method: &Method, path: &str, body: Option<&Value>) -> Answer {
    let request = api.server.request(method.clone(), path).bearer_auth(token);
    send(match body {
        Some(body) => request.json(body),
        None => request,
    })
    .await
}
