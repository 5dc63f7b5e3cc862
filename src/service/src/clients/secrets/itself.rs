//! What a client may do with its own secrets, and nobody's else.

use domain::secret::RotationOverlap;
use domain::user::UserId;
use rstest::rstest;
use store::testing::{Engine, contents, disable, until_waiting};

use super::*;
use crate::actor::UserActor;
use crate::clients::fixtures::{added, administrator, events, forever, itself, member, other_tenant, pump, secrets};

/// Whatever a client may change about its own secrets, tried by anybody.
async fn changes(service: &Service, actor: &Actor, of: SecretsOf) -> [Result<(), ServiceError>; 3] {
    let (first, overlap) = (SecretId(1), RotationOverlap::default());
    [
        service.add_secret(actor, of, &forever("spare")).await.map(drop),
        service.rotate_secret(actor, of, first, overlap).await.map(drop),
        service.remove_secret(actor, of, first, None).await,
    ]
}

async fn seen(service: &Service, actor: &Actor, of: SecretsOf) -> Result<Vec<SecretRow>, ServiceError> {
    let kind = ClientKind::ClientCredentials;
    service.client_secrets(actor, of, kind).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_looks_after_its_own_secrets(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let (service, actor) = (&test.service, itself(of));
    for result in changes(service, &actor, of).await {
        result.unwrap();
    }
    let rows = seen(service, &actor, of).await.unwrap();
    assert_eq!(rows, secrets(&test, of).await);
    assert_eq!(rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [2, 3]);
    let edited = service.edit_secret(&actor, of, SecretId(2), 1, &forever("mine")).await;
    assert!(matches!(edited, Err(ServiceError::Forbidden)), "{edited:?}");
    assert_eq!(
        events(&test, "client_secret.").await,
        [
            "client_secret.add by Pump: Pump, secret 2",
            "client_secret.add by Pump: Pump, secret 3",
            "client_secret.rotate by Pump: Pump, secret 1",
            "client_secret.remove by Pump: Pump, secret 1",
        ]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_secrets_of_a_client_are_no_others_matter(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let other = other_tenant(&test).await;
    let valve = added(&test, of.tenant, ClientKind::ClientCredentials, "Valve").await.id;
    // A person is no client, even of the same id.
    let namesake = Actor::User(UserActor {
        id: UserId(of.client.0),
        name: "Pump".to_owned(),
        email: "pump@example.com".to_owned(),
        tenant_id: of.tenant,
        tenant_name: "Mill".to_owned(),
        administrator: false,
        address: None,
    });
    let strangers = [
        itself(SecretsOf { client: valve, ..of }),
        itself(SecretsOf { tenant: other, ..of }),
        member(of.tenant),
        namesake,
        administrator(other),
    ];
    let before = contents(&test.database.database).await;
    for actor in strangers {
        let refused = seen(&test.service, &actor, of).await;
        assert!(
            matches!(refused, Err(ServiceError::Forbidden)),
            "{actor:?}: {refused:?}"
        );
        for refused in changes(&test.service, &actor, of).await {
            assert!(
                matches!(refused, Err(ServiceError::Forbidden)),
                "{actor:?}: {refused:?}"
            );
        }
    }
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn secrets_are_found_under_the_kind_of_their_client(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let portal = added(&test, of.tenant, ClientKind::Hybrid, "Portal").await.id;
    let other = other_tenant(&test).await;
    let theirs = SecretsOf { client: portal, ..of };
    let find = async |tenant, of, kind| test.service.client_secrets(&administrator(tenant), of, kind).await;
    let found = find(of.tenant, theirs, ClientKind::Hybrid).await.unwrap();
    assert_eq!(found, secrets(&test, theirs).await);
    let foreign = SecretsOf { tenant: other, ..of };
    for (tenant, of, kind) in [
        (of.tenant, of, ClientKind::Hybrid),
        (of.tenant, theirs, ClientKind::ClientCredentials),
        (other, foreign, ClientKind::ClientCredentials),
    ] {
        let missing = find(tenant, of, kind).await;
        assert!(matches!(missing, Err(ServiceError::NotFound)), "{missing:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_was_disabled_or_removed_meanwhile_changes_nothing(#[case] engine: Engine) {
    let (test, of, _) = pump(engine).await;
    let (service, database, actor) = (&test.service, &test.database.database, itself(of));
    disable(database, of.client.0).await;
    let before = contents(database).await;
    for refused in changes(service, &actor, of).await {
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    assert_eq!(contents(database).await, before);

    let removed = service
        .remove_client(&administrator(of.tenant), of.tenant, of.client, None)
        .await;
    removed.unwrap();
    for refused in changes(service, &actor, of).await {
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}

/// PostgreSQL alone: on SQLite there is no second change before the first one ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_until_its_client_is_disabled_sees_it() {
    let (test, of, _) = pump(Engine::Postgres).await;
    let database = &test.database.database;
    let mut disabling = database.begin().await.unwrap();
    store::clients::set_enabled(&mut disabling, of.client, false)
        .await
        .unwrap();
    let service = test.service.clone();
    let change = tokio::spawn(async move { service.add_secret(&itself(of), of, &forever("")).await });
    until_waiting(database, 1, || change.is_finished()).await;
    disabling.commit().await.unwrap();

    let refused = change.await.unwrap();
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    assert_eq!(secrets(&test, of).await.len(), 1);
}
