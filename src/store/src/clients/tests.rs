use domain::client::{ClientId, ClientKind, ClientName, MAX_CLIENTS};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use rstest::rstest;

use super::fixtures::{self, now, uuid};
use super::*;
use crate::testing::{Engine, database};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_is_kept_is_found_again(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    let mut settings = fixtures::settings("Pump Station 7");
    settings.token_lifetime = TokenLifetime::try_from(900).unwrap();
    settings.sign_in.allow_offline_access = true;
    let new = NewClient {
        id: ClientId(uuid(10)),
        tenant_id: tenant,
        kind: ClientKind::Hybrid,
        settings: &settings,
        created_at: now(),
        created_by: "Ada",
    };
    let mut tx = database.begin().await.unwrap();
    assert!(insert(&mut tx, &new).await.unwrap());
    tx.commit().await.unwrap();

    let stamp = Stamp {
        by: "Ada".to_owned(),
        at: now(),
    };
    let expected = StoredClient {
        id: new.id,
        kind: ClientKind::Hybrid,
        name: "Pump Station 7".to_owned(),
        token_lifetime: settings.token_lifetime,
        enabled: true,
        created: stamp.clone(),
        changed: stamp,
        last_used: None,
        allow_offline_access: true,
        version: 1,
    };
    assert_eq!(find(database, tenant, new.id).await.unwrap(), Some(expected));
    assert_eq!(find(database, other, new.id).await.unwrap(), None);
    assert_eq!(find(database, tenant, ClientId(uuid(11))).await.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_id_is_used_once(#[case] engine: Engine) {
    let test = database(engine).await;
    let tenant = fixtures::tenant(&test.database, 1).await;
    let id = fixtures::client(&test.database, tenant, 10, "Pump").await;
    let new = NewClient {
        id,
        tenant_id: tenant,
        kind: ClientKind::ClientCredentials,
        settings: &fixtures::settings("Valve"),
        created_at: now(),
        created_by: "Ada",
    };
    let mut tx = test.database.begin().await.unwrap();
    assert!(!insert(&mut tx, &new).await.unwrap());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_name_is_in_use_whatever_the_case_and_kind(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    fixtures::client_of_kind(database, tenant, ClientKind::AuthorizationCode, 10, "Éclair").await;

    for (tenant, name, used) in [
        (tenant, "éCLAIR", true),
        (tenant, "Eclair", false),
        (tenant, "Éclai", false),
        (other, "Éclair", false),
    ] {
        let name = ClientName::parse(name).unwrap();
        assert_eq!(name_in_use(database, tenant, &name).await.unwrap(), used, "{name:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn each_kind_has_its_counter(#[case] engine: Engine) {
    let test = database(engine).await;
    let tenant = fixtures::tenant(&test.database, 1).await;
    let mut tx = test.database.begin().await.unwrap();
    let mut total = 0;
    for kind in ClientKind::ALL {
        total += 1;
        assert_eq!(count_one_more(&mut tx, tenant, kind).await.unwrap(), Some(total));
    }
    let nobody = TenantId(uuid(99));
    assert_eq!(count_one_more(&mut tx, nobody, ClientKind::Hybrid).await.unwrap(), None);
    tx.commit().await.unwrap();

    let counters: (i64, i64, i64) = fetch!(
        fetch_one,
        &test.database,
        (i64, i64, i64),
        "SELECT client_credentials_clients, authorization_code_clients, hybrid_clients FROM tenants",
    )
    .unwrap();
    assert_eq!(counters, (1, 1, 1));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn of_two_that_add_the_last_client_one_sees_the_other(#[case] engine: Engine) {
    let test = database(engine).await;
    let tenant = fixtures::tenant(&test.database, 1).await;
    let mut tx = test.database.begin().await.unwrap();
    tx_execute!(&mut tx, "UPDATE tenants SET hybrid_clients = $1", MAX_CLIENTS - 1).unwrap();
    tx.commit().await.unwrap();

    let add = || {
        let database = test.database.clone();
        tokio::spawn(async move {
            let mut tx = database.begin().await.unwrap();
            let total = count_one_more(&mut tx, tenant, ClientKind::ClientCredentials)
                .await
                .unwrap()
                .unwrap();
            if total <= MAX_CLIENTS {
                tx.commit().await.unwrap();
            }
            total
        })
    };
    let (one, two) = (add(), add());
    let mut totals = [one.await.unwrap(), two.await.unwrap()];
    totals.sort_unstable();
    assert_eq!(totals, [MAX_CLIENTS, MAX_CLIENTS + 1]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_locked_client_changes(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    let id = fixtures::client(database, tenant, 10, "Pump").await;
    let later = now() + chrono::Duration::hours(1);

    let mut tx = database.begin().await.unwrap();
    let locked = touch(&mut tx, tenant, id, "Bo", later).await.unwrap().unwrap();
    let expected = LockedClient {
        kind: ClientKind::ClientCredentials,
        name: "Pump".to_owned(),
        enabled: true,
        version: 1,
    };
    assert_eq!(locked, expected);
    assert_eq!(touch(&mut tx, other, id, "Bo", later).await.unwrap(), None);
    let mut settings = fixtures::settings("ÉCLAIR");
    settings.token_lifetime = TokenLifetime::try_from(60).unwrap();
    settings.sign_in.allow_offline_access = true;
    update(&mut tx, id, &settings).await.unwrap();
    set_enabled(&mut tx, id, false).await.unwrap();
    next_version(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();

    let stored = find(database, tenant, id).await.unwrap().unwrap();
    assert_eq!((stored.name.as_str(), stored.token_lifetime.seconds()), ("ÉCLAIR", 60));
    assert_eq!(
        (stored.enabled, stored.allow_offline_access, stored.version),
        (false, true, 4)
    );
    assert_eq!((stored.created.by.as_str(), stored.created.at), ("Ada", now()));
    assert_eq!((stored.changed.by.as_str(), stored.changed.at), ("Bo", later));
    assert!(
        name_in_use(database, tenant, &ClientName::parse("éclair").unwrap())
            .await
            .unwrap()
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_removed_client_leaves_its_id_alone(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let id = fixtures::client(database, tenant, 10, "Pump").await;
    fixtures::client(database, tenant, 11, "Valve").await;
    fixtures::secret(database, id, None).await;
    let role = crate::roles::list(database, tenant).await.unwrap()[0].id;
    fixtures::give(database, id, tenant, role).await;

    let mut tx = database.begin().await.unwrap();
    count_one_less(&mut tx, tenant, ClientKind::ClientCredentials)
        .await
        .unwrap();
    delete(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(find(database, tenant, id).await.unwrap(), None);
    assert_eq!(
        testing::rows(database).await,
        (2, 1, 0, 0),
        "subjects, clients, roles, secrets"
    );
    assert_eq!(testing::counted(database, tenant).await, 1);
    let new = NewClient {
        id,
        tenant_id: tenant,
        kind: ClientKind::ClientCredentials,
        settings: &fixtures::settings("Pump"),
        created_at: now(),
        created_by: "Ada",
    };
    let mut tx = database.begin().await.unwrap();
    assert!(!insert(&mut tx, &new).await.unwrap());
}

#[test]
fn every_kind_is_read_as_it_is_written() {
    for kind in ClientKind::ALL {
        assert_eq!(kind_from_text(kind_text(kind)).unwrap(), kind);
    }
    assert!(matches!(kind_from_text("implicit"), Err(StoreError::Inconsistent(_))));
}
