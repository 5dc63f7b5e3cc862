use domain::search::Search;
use rstest::rstest;

use super::*;
use crate::audit::{self, AuditEvent};
use crate::fixtures::{add_tenant, at, tenant_id};
use crate::testing::{Engine, TestDatabase, database};

/// Two tenants; in the first one the events 1 to 4, a second apart, of which 2 and 3 were done to the same thing.
async fn events(engine: Engine) -> TestDatabase {
    let test = database(engine).await;
    for tenant in [1, 2] {
        add_tenant(&test.database, tenant, "Mill").await.unwrap();
    }
    for (id, tenant, second, target) in [
        (1, 1, 1, "a"),
        (2, 1, 2, "b"),
        (3, 1, 3, "b"),
        (4, 1, 4, "c"),
        (5, 2, 2, "b"),
    ] {
        let event = AuditEvent {
            id: Uuid::from_u128(id),
            tenant_id: Some(tenant_id(tenant)),
            occurred_at: at(second),
            actor_id: None,
            actor_name: "Ana".to_owned(),
            address: None,
            action: "client.edit",
            target_id: Some(target.to_owned()),
            target_name: Some("Pump".to_owned()),
        };
        let mut tx = test.database.begin().await.unwrap();
        audit::insert(&mut tx, &event).await.unwrap();
        tx.commit().await.unwrap();
    }
    test
}

fn all() -> AuditQuery {
    let Search { skip, count, .. } = Search::default();
    AuditQuery {
        from: None,
        to: None,
        target: None,
        skip,
        count,
    }
}

async fn ids(test: &TestDatabase, query: &AuditQuery) -> (Vec<u128>, u64) {
    let found = find(&test.database, tenant_id(1), query).await.unwrap();
    (found.rows.iter().map(|row| row.id.as_u128()).collect(), found.total)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_tenants_events_are_found_newest_first(#[case] engine: Engine) {
    let test = events(engine).await;
    assert_eq!(ids(&test, &all()).await, (vec![4, 3, 2, 1], 4));
    let some = AuditQuery {
        skip: 1,
        count: 2,
        ..all()
    };
    assert_eq!(ids(&test, &some).await, (vec![3, 2], 4));
    let between = AuditQuery {
        from: Some(at(2)),
        to: Some(at(4)),
        ..all()
    };
    assert_eq!(ids(&test, &between).await, (vec![3, 2], 2));
    let of_one = AuditQuery {
        target: Some("b".to_owned()),
        from: Some(at(3)),
        ..all()
    };
    assert_eq!(ids(&test, &of_one).await, (vec![3], 1));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn every_part_of_an_event_is_answered(#[case] engine: Engine) {
    let test = events(engine).await;
    let found = find(&test.database, tenant_id(2), &all()).await.unwrap();
    let expected = AuditRow {
        id: Uuid::from_u128(5),
        at: at(2),
        actor: None,
        actor_name: "Ana".to_owned(),
        address: None,
        action: "client.edit".to_owned(),
        target: Some("b".to_owned()),
        target_name: Some("Pump".to_owned()),
    };
    assert_eq!(found.rows, [expected]);
}
