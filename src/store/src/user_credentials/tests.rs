use rstest::rstest;

use super::*;
use crate::fixtures::{add_tenant, add_user, at, tenant_id, user_id};
use crate::testing::{Engine, database};
use crate::users;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_is_found_by_their_folded_address(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_user(database, 1, 1, "Änne@Example.com", &[]).await.unwrap();

    let found = of_address(database, "änne@example.com").await.unwrap().unwrap();
    assert_eq!((found.id, found.tenant_id), (user_id(1), tenant_id(1)));
    assert_eq!(
        (found.name.as_str(), found.password_hash.as_deref()),
        ("Ana", Some("hash"))
    );
    assert!(found.enabled);
    assert!(of_address(database, "Änne@Example.com").await.unwrap().is_none());
    let mut tx = database.begin().await.unwrap();
    let same = of_user(&mut tx, user_id(1)).await.unwrap().unwrap();
    assert_eq!((same.id, same.password_hash), (found.id, found.password_hash));
    assert!(of_user(&mut tx, user_id(2)).await.unwrap().is_none());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_sign_in_counts_only_for_the_password_that_was_checked(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();

    let mut tx = database.begin().await.unwrap();
    assert!(
        note_sign_in(&mut tx, user_id(1), "hash", "stronger", at(5))
            .await
            .unwrap()
    );
    assert!(!note_sign_in(&mut tx, user_id(1), "hash", "hash", at(6)).await.unwrap());
    set_password(&mut tx, user_id(1), Some("new")).await.unwrap();
    assert!(
        !note_sign_in(&mut tx, user_id(1), "stronger", "stronger", at(7))
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();

    let (hash, last): (String, DateTime<Utc>) = fetch!(
        fetch_one,
        database,
        (String, DateTime<Utc>),
        "SELECT password_hash, last_sign_in_at FROM users",
    )
    .unwrap();
    assert_eq!((hash.as_str(), last), ("new", at(5)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_disabled_does_not_sign_in(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    users::set_enabled(&mut tx, user_id(1), false).await.unwrap();
    assert!(!note_sign_in(&mut tx, user_id(1), "hash", "hash", at(5)).await.unwrap());
    tx.commit().await.unwrap();
    assert!(!of_address(database, "ana@example.com").await.unwrap().unwrap().enabled);
}
