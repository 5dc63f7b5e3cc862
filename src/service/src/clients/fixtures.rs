//! A tenant with people, and a form that is right.

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind};
use domain::client_form::ClientForm;
use domain::field::{Field, FieldError};
use domain::secret::SecretExpiry;
use domain::secret_form::SecretForm;
use domain::tenant::{TenantId, TenantName};
use domain::user::UserId;
use domain::view::{ClientDetails, Created, SecretRow};
use identity::token_request::TokenRequest;
use store::testing::{Engine, audit_trail, contents};
use uuid::Uuid;

use super::SecretsOf;
use crate::Actor;
use crate::actor::{ClientActor, UserActor};
use crate::testing::{TestService, service};
use crate::token::IssueError;
use crate::users::fixtures::{ADMINISTRATOR, store_person};

/// A service with the tenant Mill and Ada, its administrator.
pub(crate) async fn mill(engine: Engine) -> (TestService, TenantId) {
    let test = service(engine).await;
    let tenant = add_tenant(&test, "Mill").await;
    (test, tenant)
}

/// One tenant more, with an Ada of its own.
pub(crate) async fn other_tenant(test: &TestService) -> TenantId {
    add_tenant(test, "Quarry").await
}

async fn add_tenant(test: &TestService, name: &str) -> TenantId {
    let name = TenantName::parse(name).unwrap();
    let tenant = test.service.create_tenant(&Actor::CommandLine, None, &name).await;
    let tenant = tenant.unwrap();
    let email = format!("ada@{tenant}.example.com");
    store_person(test, tenant, ada(tenant), "Ada", &email, &ADMINISTRATOR).await;
    tenant
}

/// The id of a tenant's Ada.
fn ada(tenant: TenantId) -> UserId {
    UserId(Uuid::from_u128(!tenant.0.as_u128()))
}

/// Ada, who holds Tenant Administrator.
pub(crate) fn administrator(tenant: TenantId) -> Actor {
    person(tenant, "Ada", true)
}

/// Max, who doesn't, and isn't even stored.
pub(crate) fn member(tenant: TenantId) -> Actor {
    person(tenant, "Max", false)
}

fn person(tenant: TenantId, name: &str, administrator: bool) -> Actor {
    Actor::User(UserActor {
        id: ada(tenant),
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        tenant_id: tenant,
        tenant_name: "Mill".to_owned(),
        administrator,
        address: Some([192, 0, 2, 1].into()),
    })
}

/// A client that calls for itself, and is only a member.
pub(crate) fn itself(of: SecretsOf) -> Actor {
    Actor::Client(ClientActor {
        id: of.client,
        name: "Pump".to_owned(),
        tenant_id: of.tenant,
        administrator: false,
        address: Some([192, 0, 2, 7].into()),
    })
}

/// What **Add Client** holds for a client-credentials client of this name.
pub(crate) fn form(name: &str) -> AddClientForm {
    form_of(ClientKind::ClientCredentials, name)
}

/// What it holds for a client of this kind; its secret ends a year after the test's clock begins.
pub(crate) fn form_of(kind: ClientKind, name: &str) -> AddClientForm {
    let urls = |url: &str| {
        if kind.signs_people_in() {
            vec![url.to_owned()]
        } else {
            Vec::new()
        }
    };
    AddClientForm {
        id: None,
        kind,
        client: ClientForm {
            name: name.to_owned(),
            token_lifetime: "900".to_owned(),
            roles: Vec::new(),
            allow_refresh_token: kind.signs_people_in(),
            redirect_urls: urls("https://app.example.com/callback"),
            logout_redirect_urls: urls("https://app.example.com/signed-out"),
            cors_origins: urls("https://app.example.com"),
            ..ClientForm::default()
        },
        secret: SecretForm {
            description: "gateway".to_owned(),
            expiration: "2027-11-21T10:30:00Z".to_owned(),
            never_expires: false,
        },
    }
}

/// The lists of addresses of an authorization-code client.
pub(crate) const ADDRESS_LISTS: [Field; 3] = [Field::RedirectUrls, Field::LogoutRedirectUrls, Field::CorsOrigins];

/// What is held for an authorization-code client with so many addresses in one of its lists.
pub(crate) fn with_addresses(list: Field, count: usize) -> ClientForm {
    let mut form = form_of(ClientKind::AuthorizationCode, "Shop").client;
    let held = match list {
        Field::RedirectUrls => &mut form.redirect_urls,
        Field::LogoutRedirectUrls => &mut form.logout_redirect_urls,
        Field::CorsOrigins => &mut form.cors_origins,
        other => panic!("{other:?} holds no addresses"),
    };
    *held = (0..count).map(|n| format!("https://app{n}.example.com")).collect();
    form
}

/// What is said of a list with more than ten.
pub(crate) fn full(list: Field) -> FieldError {
    let label = list.label();
    FieldError::new(list, format!("{label} holds at most 10 entries. Remove one first."))
}

/// Adds a client of this kind from the command line.
pub(crate) async fn added(test: &TestService, tenant: TenantId, kind: ClientKind, name: &str) -> Created {
    let form = form_of(kind, name);
    let created = test.service.add_client(&Actor::CommandLine, tenant, &form).await;
    created.unwrap()
}

/// A service with keys, a client-credentials client and the text of its first secret.
pub(crate) async fn pump(engine: Engine) -> (TestService, SecretsOf, String) {
    let (test, tenant) = mill(engine).await;
    test.service.ensure_keys().await.unwrap();
    let created = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await;
    let of = SecretsOf {
        tenant,
        client: created.id,
    };
    (test, of, created.secret.unwrap().0)
}

/// A secret that never expires.
pub(crate) fn forever(description: &str) -> SecretForm {
    SecretForm::of(description.to_owned(), SecretExpiry::Never)
}

/// The secrets of a client, by number.
pub(crate) async fn secrets(test: &TestService, of: SecretsOf) -> Vec<SecretRow> {
    details(test, of.tenant, of.client).await.secrets
}

/// All that is shown of a client.
pub(crate) async fn details(test: &TestService, tenant: TenantId, id: ClientId) -> ClientDetails {
    let details = test.service.client_details(&Actor::CommandLine, tenant, id).await;
    details.unwrap()
}

/// The events whose action begins so, oldest first: `action by name: target`.
pub(crate) async fn events(test: &TestService, action: &str) -> Vec<String> {
    let trail = audit_trail(&test.database.database).await;
    let events = trail.into_iter().filter(|(done, _, _)| done.starts_with(action));
    events
        .map(|(done, by, target)| format!("{done} by {by}: {}", target.unwrap_or_default()))
        .collect()
}

/// All that is stored but what outlives a client, person or role: ids, which are never used again, and the events.
pub(crate) async fn lasting(test: &TestService) -> Vec<String> {
    let mut rows = contents(&test.database.database).await;
    rows.retain(|row| !row.starts_with("subjects: ") && !row.starts_with("audit_events: "));
    rows
}

/// Whether a service with keys gives a client-credentials client a token for this secret.
pub(crate) async fn gets_token(test: &TestService, client: ClientId, secret: &str) -> bool {
    let body = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
    let form = Some("application/x-www-form-urlencoded");
    let request = TokenRequest::read(None, form, body.as_bytes()).unwrap();
    match test.service.issue_token(&request, [192, 0, 2, 1].into()).await {
        Ok(_) => true,
        Err(IssueError::Refused(_)) => false,
        Err(IssueError::Failed(error)) => panic!("{error}"),
    }
}
