//! A tenant with people, and a form that is right.

use domain::add_client::AddClientForm;
use domain::tenant::{TenantId, TenantName};
use domain::user::UserId;
use store::testing::Engine;
use uuid::Uuid;

use crate::Actor;
use crate::actor::UserActor;
use crate::testing::{TestService, service};

/// A service with the tenant Mill.
pub(crate) async fn mill(engine: Engine) -> (TestService, TenantId) {
    let test = service(engine).await;
    let tenant = add_tenant(&test, "Mill").await;
    (test, tenant)
}

/// One tenant more.
pub(crate) async fn other_tenant(test: &TestService) -> TenantId {
    add_tenant(test, "Quarry").await
}

async fn add_tenant(test: &TestService, name: &str) -> TenantId {
    let name = TenantName::parse(name).unwrap();
    let tenant = test.service.create_tenant(&Actor::CommandLine, None, &name).await;
    tenant.unwrap()
}

/// Ada, who holds Tenant Administrator.
pub(crate) fn administrator(tenant: TenantId) -> Actor {
    person(tenant, "Ada", true)
}

/// Max, who doesn't.
pub(crate) fn member(tenant: TenantId) -> Actor {
    person(tenant, "Max", false)
}

fn person(tenant: TenantId, name: &str, administrator: bool) -> Actor {
    Actor::User(UserActor {
        id: UserId(Uuid::from_u128(0xada)),
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        tenant_id: tenant,
        tenant_name: "Mill".to_owned(),
        administrator,
        address: Some([192, 0, 2, 1].into()),
    })
}

/// What **Add Client** holds for a client of this name whose secret ends a year after the test's clock begins.
pub(crate) fn form(name: &str) -> AddClientForm {
    AddClientForm {
        name: name.to_owned(),
        token_lifetime: "900".to_owned(),
        roles: Vec::new(),
        description: "gateway".to_owned(),
        expiration: "2027-11-21T10:30:00Z".to_owned(),
        never_expires: false,
    }
}
