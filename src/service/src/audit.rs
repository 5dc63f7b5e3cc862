//! The audit event that each change leaves, in its own transaction.

use domain::tenant::TenantId;
use store::Tx;
use store::audit::AuditEvent;

use crate::{Actor, Service, ServiceError};

/// What was done, and to what.
pub(crate) struct Change<'a> {
    /// The tenant in which it was done; none for the whole installation.
    pub tenant_id: Option<TenantId>,
    /// What was done: the kind of thing, a dot, a verb, such as `client.add`.
    pub action: &'static str,
    /// The id of what it was done to.
    pub target_id: Option<String>,
    /// Its name.
    pub target_name: Option<&'a str>,
}

impl Service {
    /// Keeps the event of a change, to be stored with it.
    pub(crate) async fn record(&self, tx: &mut Tx, actor: &Actor, change: Change<'_>) -> Result<(), ServiceError> {
        let (actor_id, address) = match actor {
            Actor::User(user) => (Some(user.id.0), user.address),
            Actor::CommandLine | Actor::Server => (None, None),
        };
        let event = AuditEvent {
            id: self.ids.uuid(),
            tenant_id: change.tenant_id,
            occurred_at: self.clock.now(),
            actor_id,
            actor_name: actor.name().to_owned(),
            address,
            action: change.action,
            target_id: change.target_id,
            target_name: change.target_name.map(str::to_owned),
        };
        Ok(store::audit::insert(tx, &event).await?)
    }
}

#[cfg(test)]
mod tests {
    use domain::identity_list::{Identity, IdentityChanges};
    use domain::role::RoleId;
    use domain::role_form::RoleForm;
    use domain::secret::SecretId;
    use domain::tenant::TenantName;
    use domain::user::{Email, UserId};
    use domain::user_form::UserForm;
    use domain::view::{Created, Holders, PasswordLink};
    use rstest::rstest;
    use secrecy::{ExposeSecret, SecretString};
    use store::testing::{Engine, break_audit, contents};

    use super::*;
    use crate::clients::SecretsOf;
    use crate::clients::fixtures::form;
    use crate::testing::TestService;
    use crate::users::tests::{PASSWORD, add, mill};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn without_its_event_no_change_is_stored(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        let (service, database) = (&test.service, &test.database.database);
        let operator = Actor::CommandLine;
        let ana = "ana@example.com";
        add(&test, &operator, tenant, ana, &[]).await.unwrap();
        service.ensure_keys().await.unwrap();
        let link = service.make_setup_link().await.unwrap();
        let password = SecretString::from(PASSWORD);
        let session = service.sign_in(ana, &password, None).await.unwrap();
        break_audit(database).await;
        let before = contents(database).await;
        assert!(before.len() > 10);

        let name = TenantName::parse("Dam").unwrap();
        assert!(service.create_tenant(&operator, None, &name).await.is_err());
        assert!(add(&test, &operator, tenant, "bo@example.com", &[]).await.is_err());
        assert!(service.add_client(&operator, tenant, &form("Pump")).await.is_err());
        let email = Email::parse(ana).unwrap();
        let another = "another long password".into();
        assert!(service.reset_password(&operator, &email, &another).await.is_err());
        assert!(service.rotate_keys(&operator, true).await.is_err());
        assert!(service.make_setup_link().await.is_err());
        let set_up = service.set_up(link.expose_secret(), "Bo", "bo@example.com", &password, None);
        assert!(matches!(set_up.await, Err(ServiceError::Store(_))));
        assert!(service.sign_in(ana, &password, None).await.is_err());
        assert!(service.sign_in(ana, &another, None).await.is_err());
        assert!(service.sign_out(session.expose_secret(), None).await.is_err());

        assert_eq!(contents(database).await, before);
    }

    /// Apart from the first start, which is over when there is an administrator, whom these changes need.
    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn without_its_event_no_change_in_a_tenant_is_stored(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        let database = &test.database.database;
        let things = Things::new(&test, tenant).await;
        break_audit(database).await;
        let before = contents(database).await;
        things.change(&Actor::CommandLine, tenant, &test.service).await;
        assert_eq!(contents(database).await, before);
    }

    /// A client, a role and two people that are there to be changed.
    struct Things {
        client: Created,
        role: RoleId,
        user: UserId,
        invited: PasswordLink,
    }

    impl Things {
        async fn new(test: &TestService, tenant: TenantId) -> Self {
            let (service, operator) = (&test.service, Actor::CommandLine);
            let role = RoleForm {
                name: "MyData.Role".to_owned(),
                ..RoleForm::default()
            };
            let roles = service.offered_roles(&operator, tenant).await.unwrap();
            // Somebody stays who can administer.
            add(test, &operator, tenant, "cy@example.com", &["Tenant Administrator"])
                .await
                .unwrap();
            Self {
                client: service.add_client(&operator, tenant, &form("Valve")).await.unwrap(),
                role: service.add_role(&operator, tenant, &role).await.unwrap(),
                user: add(test, &operator, tenant, "di@example.com", &[]).await.unwrap(),
                invited: service
                    .invite_user(&operator, tenant, &person("el@example.com", vec![roles[1].id]))
                    .await
                    .unwrap(),
            }
        }

        /// Tries every change of them; each fails at its end.
        async fn change(&self, operator: &Actor, tenant: TenantId, service: &Service) {
            let client = self.client.id;
            let edited = form("Changed");
            let refused = service.edit_client(operator, tenant, client, 1, &edited.client).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.set_client_enabled(operator, tenant, client, false).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.remove_client(operator, tenant, client).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.seed_clients(operator, tenant, 3).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));

            let (of, first) = (SecretsOf { tenant, client }, SecretId(1));
            let refused = service.add_secret(operator, of, &edited.secret).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.edit_secret(operator, of, first, 1, &edited.secret).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.remove_secret(operator, of, first).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));

            let role = RoleForm {
                name: "Other.Role".to_owned(),
                ..RoleForm::default()
            };
            let refused = service.add_role(operator, tenant, &role).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.edit_role(operator, tenant, self.role, 1, &role).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service
                .remove_role(operator, tenant, self.role, &Holders::default())
                .await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let changes = IdentityChanges {
                give: vec![Identity::User(self.user), Identity::Client(client)],
                take: Vec::new(),
            };
            let refused = service.change_identities(operator, tenant, self.role, &changes).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));

            let person = person("flo@example.com", Vec::new());
            let refused = service.invite_user(operator, tenant, &person).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.edit_user(operator, tenant, self.user, 1, &person).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.set_user_enabled(operator, tenant, self.user, false).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.remove_user(operator, tenant, self.user).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let refused = service.reset_user(operator, tenant, self.user).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
            let token = self.invited.url.0.split_once("token=").unwrap().1;
            let refused = service.choose_password(token, &PASSWORD.into(), None).await;
            assert!(matches!(refused, Err(ServiceError::Store(_))));
        }
    }

    fn person(email: &str, roles: Vec<RoleId>) -> UserForm {
        UserForm {
            name: "Somebody".to_owned(),
            email: email.to_owned(),
            roles,
        }
    }
}
