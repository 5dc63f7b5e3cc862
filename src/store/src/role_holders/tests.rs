use domain::client::ClientId;
use domain::role::RoleType;
use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::now;
use crate::fixtures::{role_id, tenant_id, user_id};
use crate::role_holders::fixtures::mill;
use crate::testing::Engine;
use crate::{clients, roles, users};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn those_of_the_tenant_have_it_or_not(#[case] engine: Engine) {
    let (test, role) = mill(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    let client = |n| Identity::Client(ClientId(Uuid::from_u128(n)));
    for (identity, expected) in [
        (Identity::User(user_id(1)), Some(true)),
        (Identity::User(user_id(2)), Some(false)),
        (Identity::User(user_id(3)), None),
        (client(10), Some(true)),
        (client(11), Some(false)),
        // Of another tenant, of another kind, nobody's.
        (client(12), None),
        (client(13), None),
        (client(14), None),
    ] {
        let found = holds(&mut tx, tenant_id(1), identity, role).await.unwrap();
        assert_eq!(found, expected, "{identity:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_is_taken_from_all(#[case] engine: Engine) {
    let (test, role) = mill(engine).await;
    let database = &test.database;
    let expected = Holders {
        user_count: 1,
        client_count: 1,
        users: vec!["Ana".to_owned()],
        clients: vec!["Pump".to_owned()],
    };
    assert_eq!(summary(database, role).await.unwrap(), expected);

    let mut tx = database.begin().await.unwrap();
    take_from_all(&mut tx, role, "Bo", now()).await.unwrap();
    roles::delete(&mut tx, role).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(summary(database, role).await.unwrap(), Holders::default());
    // Others keep theirs, and whoever lost one has changed.
    let member = role_id(1, RoleType::TenantMember);
    assert_eq!(summary(database, member).await.unwrap().user_count, 1);
    let version = async |n| {
        users::find(database, tenant_id(1), user_id(n))
            .await
            .unwrap()
            .unwrap()
            .version
    };
    assert_eq!((version(1).await, version(2).await), (2, 1));
    let version = async |n| {
        let id = ClientId(Uuid::from_u128(n));
        clients::find(database, tenant_id(1), id)
            .await
            .unwrap()
            .unwrap()
            .version
    };
    assert_eq!((version(10).await, version(11).await), (2, 1));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_in_use_stays(#[case] engine: Engine) {
    let (test, role) = mill(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    let refused = roles::delete(&mut tx, role).await.unwrap_err();
    assert!(refused.is_foreign_key_violation());
}
