use domain::role::RoleType;
use domain::user::{Email, UserName};
use rstest::rstest;

use super::*;
use crate::fixtures::{add_tenant, add_user, role_id, tenant_id, user_id};
use crate::testing::{Engine, database};
use crate::users;

fn extras() -> UserExtras {
    UserExtras {
        given_name: "Bo".to_owned(),
        surname: "Berg".to_owned(),
        contact_email: "bo@example.org".to_owned(),
        contact_given_name: "B".to_owned(),
        contact_surname: "B.".to_owned(),
        external_user_id: "7".to_owned(),
        identity_provider_id: "mill".to_owned(),
    }
}

/// Ana, Bo and Cy in one tenant, and another Ana in another one.
async fn fill(database: &Database) {
    add_tenant(database, 1, "Mill").await.unwrap();
    add_tenant(database, 2, "Dam").await.unwrap();
    let roles = [RoleType::TenantViewer, RoleType::TenantMember];
    add_user(database, 1, 1, "ana@example.com", &roles).await.unwrap();
    add_user(database, 2, 1, "bo@example.com", &roles[1..]).await.unwrap();
    add_user(database, 3, 1, "cy@example.com", &[]).await.unwrap();
    add_user(database, 4, 2, "other@example.com", &roles).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    for (number, name, email) in [(2, "Bö", "bo@example.com"), (3, "Cy", "cy@example.com")] {
        let (name, email) = (UserName::parse(name).unwrap(), Email::parse(email).unwrap());
        users::update(&mut tx, user_id(number), &name, &email).await.unwrap();
    }
    users::set_extras(&mut tx, user_id(2), &extras()).await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn people_match_by_name_id_and_role(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    fill(database).await;
    let viewer = Some(role_id(1, RoleType::TenantViewer));
    for (query, role, skip, count, total, expected) in [
        ("", None, 0, 100, 3, vec![1, 2, 3]),
        ("", None, 1, 1, 3, vec![2]),
        ("", None, 0, 0, 3, vec![]),
        ("", None, 9, 100, 3, vec![]),
        ("BÖ", None, 0, 100, 1, vec![2]),
        ("-000000000102", None, 0, 100, 1, vec![2]),
        ("cy@example.com", None, 0, 100, 0, vec![]),
        ("%", None, 0, 100, 0, vec![]),
        ("", viewer, 0, 100, 1, vec![1]),
        ("bö", viewer, 0, 100, 0, vec![]),
        ("", Some(role_id(2, RoleType::TenantViewer)), 0, 100, 0, vec![]),
    ] {
        let search = Search {
            query: query.to_owned(),
            skip,
            count,
            ..Search::default()
        };
        let (people, found) = matching(database, tenant_id(1), &search, role).await.unwrap();
        let ids: Vec<UserId> = people.into_iter().map(|user| user.id).collect();
        let expected: Vec<UserId> = expected.into_iter().map(user_id).collect();
        assert_eq!((found, ids), (total, expected), "{query} {role:?} {skip} {count}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn people_are_found_by_their_ids_with_all_that_is_kept(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    fill(database).await;
    assert_eq!(by_ids(database, tenant_id(1), &[]).await.unwrap(), []);
    let ids = [4, 2, 1, 9].map(|number| user_id(number).0);
    let ana = UserView {
        id: user_id(1),
        name: "Ana".to_owned(),
        email: "ana@example.com".to_owned(),
        extras: UserExtras::default(),
        roles: [RoleType::TenantMember, RoleType::TenantViewer]
            .map(|role| role_id(1, role))
            .to_vec(),
        version: 1,
    };
    let bo = UserView {
        id: user_id(2),
        name: "Bö".to_owned(),
        email: "bo@example.com".to_owned(),
        extras: extras(),
        roles: vec![role_id(1, RoleType::TenantMember)],
        version: 2,
    };
    assert_eq!(by_ids(database, tenant_id(1), &ids).await.unwrap(), [ana, bo]);
    let many: Vec<Uuid> = (0..1_000).map(Uuid::from_u128).collect();
    assert_eq!(by_ids(database, tenant_id(1), &many).await.unwrap().len(), 3);
}
