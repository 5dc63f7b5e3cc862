//! The audit event that each change leaves, in its own transaction, and who may read them.

mod find;

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
            Actor::Client(client) => (Some(client.id.0), client.address),
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
    use domain::tenant::TenantName;
    use domain::user::Email;
    use rstest::rstest;
    use secrecy::{ExposeSecret, SecretString};
    use store::testing::{Engine, break_audit, contents};

    use super::*;
    use crate::clients::fixtures::form;
    use crate::every_change::Things;
    use crate::keys::Rotation;
    use crate::sign_in::SessionCookies;
    use crate::users::fixtures::Mill;
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
        let session = service
            .sign_in(ana, &password, None, SessionCookies::default())
            .await
            .unwrap();
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
        assert!(service.rotate_keys(&operator, Rotation::default()).await.is_err());
        assert!(service.make_setup_link().await.is_err());
        let set_up = service.set_up(
            link.expose_secret(),
            "Bo",
            "bo@example.com",
            &password,
            None,
            SessionCookies::default(),
        );
        assert!(matches!(set_up.await, Err(ServiceError::Store(_))));
        assert!(
            service
                .sign_in(ana, &password, None, SessionCookies::default())
                .await
                .is_err()
        );
        assert!(
            service
                .sign_in(ana, &another, None, SessionCookies::default())
                .await
                .is_err()
        );
        let cookies = SessionCookies {
            portal: Some(session.expose_secret()),
            ..SessionCookies::default()
        };
        assert!(service.sign_out(cookies, None).await.is_err());

        assert_eq!(contents(database).await, before);
    }

    /// Apart from the first start, which is over when there is an administrator, whom these changes need.
    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn without_its_event_no_change_in_a_tenant_is_stored(#[case] engine: Engine) {
        let mill = Mill::new(engine).await;
        let (service, operator) = (&mill.service, Actor::CommandLine);
        let things = Things::new(&mill).await;
        let link = mill.invite("El", &[]).await;
        break_audit(&mill.test.database.database).await;
        let before = mill.contents().await;
        let mut results = things.change(&mill, &operator).await;
        results.push(("tenant.seed", service.seed_clients(&operator, mill.tenant, 3).await));
        results.push(("user.choose_password", mill.choose(&link, PASSWORD).await.map(|_| ())));
        for (change, result) in results {
            assert!(matches!(result, Err(ServiceError::Store(_))), "{change}: {result:?}");
        }
        assert_eq!(mill.contents().await, before);
    }
}
