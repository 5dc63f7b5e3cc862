//! The tenant Mill and its people, for the tests of people and of roles.

use std::fmt::Debug;

use domain::client::ClientId;
use domain::field::{Field, FieldError};
use domain::role::{Role, RoleId, RoleType};
use domain::tenant::TenantId;
use domain::user::{Email, UserId, UserName};
use domain::user_form::UserForm;
use domain::view::{ClientDetails, PasswordLink, UserDetails};
use secrecy::{ExposeSecret, SecretString};
use store::testing::{Engine, audit_trail, contents};
use store::users::NewUser;

use super::tests::{add, mill};
use crate::actor::UserActor;
use crate::clients::fixtures;
use crate::sign_in::{SessionCookies, SignInError};
use crate::testing::TestService;
use crate::{Actor, Service, ServiceError};

const MEMBER: [RoleType; 1] = [RoleType::TenantMember];
pub(crate) const ADMINISTRATOR: [RoleType; 2] = [RoleType::TenantMember, RoleType::TenantAdministrator];

/// A service with the tenant Mill and Eva, its only administrator. The command line sets the scene; Eva acts.
pub(crate) struct Mill {
    /// The service with its clock and database.
    pub test: TestService,
    /// The service.
    pub service: Service,
    /// The tenant.
    pub tenant: TenantId,
    /// Eva's id.
    pub eva: UserId,
    /// Eva as who asks.
    pub actor: Actor,
}

impl Mill {
    pub async fn new(engine: Engine) -> Self {
        let (test, tenant) = mill(engine).await;
        let eva = add_person(&test, tenant, "Eva", &ADMINISTRATOR).await;
        Self {
            service: test.service.clone(),
            actor: acting(tenant, eva, "Eva"),
            test,
            tenant,
            eva,
        }
    }

    /// Stores a member, who never signs in: nobody knows their password.
    pub async fn person(&self, name: &str) -> UserId {
        add_person(&self.test, self.tenant, name, &MEMBER).await
    }

    /// Stores one more administrator, who never signs in but could.
    pub async fn administrator(&self, name: &str) -> UserId {
        add_person(&self.test, self.tenant, name, &ADMINISTRATOR).await
    }

    /// Stores another tenant and a person of it.
    pub async fn stranger(&self) -> (TenantId, UserId) {
        let other = fixtures::other_tenant(&self.test).await;
        (other, add_person(&self.test, other, "Fay", &MEMBER).await)
    }

    /// Adds Ana, a member, who signs in as `ana@example.com` with [`PASSWORD`](super::tests::PASSWORD).
    pub async fn ana(&self) -> UserId {
        let ana = add(&self.test, &Actor::CommandLine, self.tenant, "ana@example.com", &[]).await;
        ana.unwrap()
    }

    /// Eva invites a person.
    pub async fn invite(&self, name: &str, roles: &[RoleId]) -> PasswordLink {
        let link = self
            .service
            .invite_user(&self.actor, self.tenant, None, &form(name, roles))
            .await;
        link.unwrap()
    }

    /// Adds a client-credentials client with these roles.
    pub async fn client(&self, name: &str, roles: &[RoleId]) -> ClientId {
        let mut form = fixtures::form(name);
        form.client.roles = roles.to_vec();
        let created = self.service.add_client(&Actor::CommandLine, self.tenant, &form).await;
        created.unwrap().id
    }

    /// A person of the tenant as one of its administrators.
    pub fn acting(&self, id: UserId, name: &str) -> Actor {
        acting(self.tenant, id, name)
    }

    /// The tenant's built-in role of this type.
    pub async fn role(&self, role_type: RoleType) -> RoleId {
        let roles = self.service.offered_roles(&Actor::CommandLine, self.tenant).await;
        let role = roles
            .unwrap()
            .into_iter()
            .find(|role| role.role_type == Some(role_type));
        role.unwrap().id
    }

    pub async fn details(&self, id: UserId) -> UserDetails {
        let details = self.service.user_details(&Actor::CommandLine, self.tenant, id).await;
        details.unwrap()
    }

    pub async fn client_details(&self, id: ClientId) -> ClientDetails {
        let details = self.service.client_details(&Actor::CommandLine, self.tenant, id).await;
        details.unwrap()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SecretString, SignInError> {
        self.service
            .sign_in(email, &password.into(), None, SessionCookies::default())
            .await
    }

    /// Who is behind a session.
    pub async fn session(&self, session: &SecretString) -> Option<UserActor> {
        match self.service.actor_of(session.expose_secret(), None).await.unwrap() {
            Some(Actor::User(user)) => Some(user),
            _ => None,
        }
    }

    /// Whether a link shows the page on which one chooses a password.
    pub async fn opens(&self, link: &PasswordLink) -> bool {
        let owner = self.service.password_link_owner(token(link)).await.unwrap();
        owner.is_some()
    }

    pub async fn choose(&self, link: &PasswordLink, password: &str) -> Result<SecretString, ServiceError> {
        self.service
            .choose_password(token(link), &password.into(), None, SessionCookies::default())
            .await
    }

    /// All that is stored.
    pub async fn contents(&self) -> Vec<String> {
        contents(&self.test.database.database).await
    }

    /// What was done by anybody but the command line, oldest first: `action by name: target`.
    pub async fn deeds(&self) -> Vec<String> {
        let trail = audit_trail(&self.test.database.database).await;
        let deeds = trail.into_iter().filter(|(_, by, _)| by != "command line");
        deeds
            .map(|(action, by, target)| format!("{action} by {by}: {}", target.unwrap_or_default()))
            .collect()
    }
}

/// Stores a person of this name under the next id, with the address that begins with it.
async fn add_person(test: &TestService, tenant: TenantId, name: &str, roles: &[RoleType]) -> UserId {
    let id = UserId(test.service.ids.uuid());
    store_person(test, tenant, id, name, &email(name), roles).await;
    id
}

/// Stores a person with a password that nobody knows.
pub(crate) async fn store_person(
    test: &TestService,
    tenant: TenantId,
    id: UserId,
    name: &str,
    email: &str,
    roles: &[RoleType],
) {
    let user = NewUser {
        id,
        tenant_id: tenant,
        email: &Email::parse(email).unwrap(),
        name: &UserName::parse(name).unwrap(),
        password_hash: Some("of a password that nobody knows"),
        created_at: test.service.clock.now(),
    };
    let mut tx = test.database.database.begin().await.unwrap();
    let stored = test
        .service
        .insert_user(&mut tx, &Actor::CommandLine, &user, roles)
        .await;
    stored.unwrap();
    tx.commit().await.unwrap();
}

fn acting(tenant: TenantId, id: UserId, name: &str) -> Actor {
    Actor::User(UserActor {
        id,
        name: name.to_owned(),
        email: email(name),
        tenant_id: tenant,
        tenant_name: "Mill".to_owned(),
        administrator: true,
        address: None,
    })
}

fn email(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase())
}

/// What **Add User** holds for a person of this name, whose address begins with it.
pub(crate) fn form(name: &str, roles: &[RoleId]) -> UserForm {
    UserForm {
        name: name.to_owned(),
        email: email(name),
        roles: roles.to_vec(),
        extras: None,
    }
}

/// What opens a link.
pub(crate) fn token(link: &PasswordLink) -> &str {
    link.url.0.split_once("token=").unwrap().1
}

pub(crate) fn names(roles: &[Role]) -> Vec<&str> {
    roles.iter().map(|role| role.name.as_str()).collect()
}

/// What was wrong with the fields.
pub(crate) fn errors<T: Debug>(result: Result<T, ServiceError>) -> Vec<FieldError> {
    match result {
        Err(ServiceError::Invalid(errors)) => errors,
        other => panic!("expected wrong fields, got {other:?}"),
    }
}

/// The first field that was wrong.
pub(crate) fn wrong_field<T: Debug>(result: Result<T, ServiceError>) -> Field {
    errors(result)[0].field
}

/// Makes two changes at the same time, of which exactly one succeeds; answers why the other one didn't.
pub(crate) async fn loser<T: Debug + Send + 'static>(
    one: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
    two: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
) -> ServiceError {
    let (one, two) = (tokio::spawn(one), tokio::spawn(two));
    match (one.await.unwrap(), two.await.unwrap()) {
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
        both => panic!("expected one to succeed, got {both:?}"),
    }
}
