use domain::client::{ClientKind, MAX_CLIENTS};
use domain::secret::SecretId;
use rstest::rstest;
use store::clients::testing::{counted, rows, set_counted};
use store::testing::{Engine, contents};

use super::*;
use crate::clients::SecretsOf;
use crate::clients::fixtures::{
    added, administrator, events, form, form_of, gets_token, lasting, member, mill, other_tenant,
};

/// What one administrator does to a client while another one removes it.
#[derive(Clone, Copy, Debug)]
enum Deed {
    AddSecret,
    EditSecret,
    Disable,
}

impl Deed {
    async fn done_to(self, service: &Service, tenant: TenantId, client: ClientId) -> Result<(), ServiceError> {
        let (actor, of) = (administrator(tenant), SecretsOf { tenant, client });
        let secret = form("Pump").secret;
        match self {
            Self::AddSecret => service.add_secret(&actor, of, &secret).await.map(drop),
            Self::EditSecret => service.edit_secret(&actor, of, SecretId(1), 1, &secret).await,
            Self::Disable => service.set_client_enabled(&actor, tenant, client, false, None).await,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::AddSecret => "client_secret.add",
            Self::EditSecret => "client_secret.edit",
            Self::Disable => "client.disable",
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_removed_client_is_gone_with_all_of_it(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let database = &test.database.database;
    test.service.ensure_keys().await.unwrap();
    let created = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await;
    added(&test, tenant, ClientKind::ClientCredentials, "Valve").await;
    let portal = added(&test, tenant, ClientKind::Hybrid, "Portal").await;
    let secret = created.secret.unwrap().0;
    assert!(gets_token(&test, created.id, &secret).await);
    assert_eq!(rows(database).await, (3, 3, 2, 3), "subjects, clients, roles, secrets");

    let actor = administrator(tenant);
    for id in [created.id, portal.id] {
        test.service.remove_client(&actor, tenant, id, None).await.unwrap();
        let again = test.service.remove_client(&actor, tenant, id, None).await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
    }
    assert!(!gets_token(&test, created.id, &secret).await);
    assert_eq!(rows(database).await, (3, 1, 1, 1), "the ids stay taken");
    assert_eq!(counted(database, tenant).await, 1);
    assert!(
        !contents(database)
            .await
            .iter()
            .any(|row| row.contains("https://app.example.com"))
    );
    assert_eq!(
        events(&test, "client.remove").await,
        ["client.remove by Ada: Pump", "client.remove by Ada: Portal"]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_remove_a_client_one_finds_it_gone(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    added(&test, tenant, ClientKind::ClientCredentials, "Valve").await;
    let tasks = [(); 2].map(|()| {
        let service = test.service.clone();
        tokio::spawn(async move { service.remove_client(&administrator(tenant), tenant, id, None).await })
    });
    let mut removed = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => removed += 1,
            Err(ServiceError::NotFound) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(removed, 1);
    assert_eq!(counted(&test.database.database, tenant).await, 1);
    assert_eq!(events(&test, "client.remove").await.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_removes(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let before = contents(&test.database.database).await;
    for actor in [member(tenant), administrator(other)] {
        let refused = test.service.remove_client(&actor, tenant, id, None).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }
    let foreign = test.service.remove_client(&administrator(other), other, id, None).await;
    assert!(matches!(foreign, Err(ServiceError::NotFound)));
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nothing_is_left_of_a_client_of_any_kind(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    added(&test, tenant, ClientKind::Hybrid, "Portal").await;
    let before = lasting(&test).await;
    for kind in ClientKind::ALL {
        let id = added(&test, tenant, kind, "Pump").await.id;
        assert_ne!(lasting(&test).await, before);
        test.service
            .remove_client(&administrator(tenant), tenant, id, None)
            .await
            .unwrap();
        // The counters stand among the rest.
        assert_eq!(lasting(&test).await, before, "{kind:?}");
    }
    let unknown = ClientId(uuid::Uuid::from_u128(999));
    let missing = test
        .service
        .remove_client(&administrator(tenant), tenant, unknown, None)
        .await;
    assert!(matches!(missing, Err(ServiceError::NotFound)), "{missing:?}");
    assert_eq!(lasting(&test).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_client_that_is_saved_while_it_is_removed(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let before = lasting(&test).await;
    let mut saves = 0;
    for kind in ClientKind::ALL.into_iter().cycle().take(9) {
        let id = added(&test, tenant, kind, "Pump").await.id;
        let (one, two, form) = (
            test.service.clone(),
            test.service.clone(),
            form_of(kind, "Valve").client,
        );
        let save = tokio::spawn(async move { one.edit_client(&administrator(tenant), tenant, id, 1, &form).await });
        let removal = tokio::spawn(async move { two.remove_client(&administrator(tenant), tenant, id, None).await });
        let saved = save.await.unwrap();
        assert!(matches!(saved, Ok(()) | Err(ServiceError::NotFound)), "{saved:?}");
        removal.await.unwrap().unwrap();
        saves += usize::from(saved.is_ok());
        assert_eq!(lasting(&test).await, before, "{kind:?}");
    }
    assert_eq!(events(&test, "client.edit").await.len(), saves);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_client_that_is_changed_while_it_is_removed(
    #[case] engine: Engine,
    #[values(Deed::AddSecret, Deed::EditSecret, Deed::Disable)] deed: Deed,
) {
    let (test, tenant) = mill(engine).await;
    let before = lasting(&test).await;
    let mut done = 0;
    for _ in 0..5 {
        let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
        let (one, two) = (test.service.clone(), test.service.clone());
        let change = tokio::spawn(async move { deed.done_to(&one, tenant, id).await });
        let removal = tokio::spawn(async move { two.remove_client(&administrator(tenant), tenant, id, None).await });
        let changed = change.await.unwrap();
        assert!(matches!(changed, Ok(()) | Err(ServiceError::NotFound)), "{changed:?}");
        removal.await.unwrap().unwrap();
        done += usize::from(changed.is_ok());
        assert_eq!(lasting(&test).await, before);
    }
    assert_eq!(events(&test, deed.event()).await.len(), done);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_removed_client_makes_room_for_another(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = administrator(tenant);
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    set_counted(&test.database.database, tenant, MAX_CLIENTS).await;
    let form = form_of(ClientKind::ClientCredentials, "Valve");
    let refused = test.service.add_client(&actor, tenant, &form).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    test.service.remove_client(&actor, tenant, id, None).await.unwrap();
    let added = test.service.add_client(&actor, tenant, &form).await;
    assert!(added.is_ok(), "{added:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_was_changed_stays_when_its_version_matters(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, actor) = (&test.service, administrator(tenant));
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    service
        .set_client_enabled(&actor, tenant, id, false, None)
        .await
        .unwrap();
    let before = contents(&test.database.database).await;
    let refused = service.remove_client(&actor, tenant, id, Some(1)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict)), "{refused:?}");
    assert_eq!(contents(&test.database.database).await, before);
    service.remove_client(&actor, tenant, id, Some(2)).await.unwrap();
}
