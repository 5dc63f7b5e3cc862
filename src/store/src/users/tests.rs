use rstest::rstest;

use super::*;
use crate::fixtures::{add_tenant, add_user, at, tenant_id, user_id};
use crate::testing::{Engine, database};
use crate::user_credentials;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_address_is_taken_in_every_tenant(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_tenant(database, 2, "Dam").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
    let error = add_user(database, 2, 2, "ANA@example.com", &[]).await.unwrap_err();
    assert!(error.is_unique_violation());
    // The id of the refused person is free again.
    add_user(database, 2, 2, "bo@example.com", &[]).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_locked_person_changes(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_tenant(database, 2, "Dam").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
    add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();
    let before = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
    assert_eq!(
        (before.status, before.version, before.created),
        (UserStatus::Enabled, 1, at(0))
    );

    let mut tx = database.begin().await.unwrap();
    assert_eq!(lock(&mut tx, tenant_id(1), user_id(1)).await.unwrap(), Some(before));
    assert_eq!(lock(&mut tx, tenant_id(2), user_id(1)).await.unwrap(), None);
    let (name, email) = (
        UserName::parse("Änne").unwrap(),
        Email::parse("Aenne@example.com").unwrap(),
    );
    update(&mut tx, user_id(1), &name, &email).await.unwrap();
    set_enabled(&mut tx, user_id(1), false).await.unwrap();
    next_version(&mut tx, user_id(1)).await.unwrap();
    tx.commit().await.unwrap();
    let after = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
    assert_eq!(
        (after.name.as_str(), after.email.as_str()),
        ("Änne", "Aenne@example.com")
    );
    assert_eq!((after.status, after.version), (UserStatus::Disabled, 4));
    let by_address = user_credentials::of_address(database, "aenne@example.com").await;
    assert!(by_address.unwrap().is_some());

    let mut tx = database.begin().await.unwrap();
    let taken = Email::parse("AENNE@example.com").unwrap();
    let refused = update(&mut tx, user_id(2), &name, &taken).await.unwrap_err();
    assert!(refused.is_unique_violation());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_a_password_one_is_invited(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    user_credentials::set_password(&mut tx, user_id(1), None).await.unwrap();
    tx.commit().await.unwrap();
    let found = user_credentials::of_address(database, "ana@example.com").await;
    assert_eq!(found.unwrap().unwrap().password_hash, None);
    let user = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
    assert_eq!(user.status, UserStatus::Invited);
}
