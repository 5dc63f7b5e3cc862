use chrono::Duration;
use domain::client::ClientKind;
use rstest::rstest;
use store::testing::{Engine, contents};

use super::*;
use crate::clients::fixtures::{added, administrator, details, events, gets_token, member, mill, other_tenant};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_disabled_client_gets_no_token_until_it_is_enabled(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    test.service.ensure_keys().await.unwrap();
    let created = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await;
    let (id, secret) = (created.id, created.secret.unwrap().0);
    let set = async |enabled| {
        let set = test
            .service
            .set_client_enabled(&administrator(tenant), tenant, id, enabled, None)
            .await;
        set.unwrap();
    };
    assert!(gets_token(&test, id, &secret).await);
    set(false).await;
    assert!(!gets_token(&test, id, &secret).await);
    let client = details(&test, tenant, id).await;
    assert_eq!((client.enabled, client.version), (false, 2));

    // What is so already changes nothing, and is no event.
    let before = contents(&test.database.database).await;
    set(false).await;
    assert_eq!(contents(&test.database.database).await, before);

    set(true).await;
    assert!(gets_token(&test, id, &secret).await);
    assert_eq!(events(&test, "client.disable").await, ["client.disable by Ada: Pump"]);
    assert_eq!(events(&test, "client.enable").await, ["client.enable by Ada: Pump"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_does_it(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let id = added(&test, tenant, ClientKind::Hybrid, "Portal").await.id;
    let before = contents(&test.database.database).await;
    for actor in [member(tenant), administrator(other)] {
        let refused = test.service.set_client_enabled(&actor, tenant, id, false, None).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }
    let foreign = test
        .service
        .set_client_enabled(&administrator(other), other, id, false, None)
        .await;
    assert!(matches!(foreign, Err(ServiceError::NotFound)));
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_is_so_already_changes_nothing(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let (service, actor) = (&test.service, administrator(tenant));
    for enabled in [true, false] {
        service
            .set_client_enabled(&actor, tenant, id, enabled, None)
            .await
            .unwrap();
        let before = contents(&test.database.database).await;
        // Later, so that even the time of the last change would tell.
        test.clock.advance(Duration::hours(1));
        service
            .set_client_enabled(&actor, tenant, id, enabled, None)
            .await
            .unwrap();
        assert_eq!(contents(&test.database.database).await, before, "{enabled}");
    }
    // It was enabled from the start.
    assert!(events(&test, "client.enable").await.is_empty());
    assert_eq!(details(&test, tenant, id).await.version, 2);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_disable_a_client_at_once_one_does_it(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let tasks = [(); 2].map(|()| {
        let service = test.service.clone();
        tokio::spawn(async move {
            service
                .set_client_enabled(&administrator(tenant), tenant, id, false, None)
                .await
        })
    });
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let client = details(&test, tenant, id).await;
    assert_eq!((client.enabled, client.version), (false, 2));
    assert_eq!(events(&test, "client.disable").await, ["client.disable by Ada: Pump"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_unknown_client_is_not_disabled(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = ClientId(uuid::Uuid::from_u128(999));
    let unknown = test
        .service
        .set_client_enabled(&administrator(tenant), tenant, id, false, None)
        .await;
    assert!(matches!(unknown, Err(ServiceError::NotFound)), "{unknown:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_was_changed_stays_as_it_is_when_its_version_matters(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, actor) = (&test.service, administrator(tenant));
    let id = added(&test, tenant, ClientKind::Hybrid, "Portal").await.id;
    service
        .set_client_enabled(&actor, tenant, id, false, Some(1))
        .await
        .unwrap();
    let before = contents(&test.database.database).await;
    let refused = service.set_client_enabled(&actor, tenant, id, true, Some(1)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict)), "{refused:?}");
    assert_eq!(contents(&test.database.database).await, before);
}
