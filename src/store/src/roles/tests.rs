use domain::role::{RoleDescription, RoleName};
use rstest::rstest;

use super::*;
use crate::clients::fixtures::{self, uuid};
use crate::testing::{Engine, database};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn built_in_roles_come_first_then_names(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    fixtures::tenant(database, 2).await;
    for (n, name) in [(100, "zebra"), (101, "MyData.Role"), (102, "Ångström")] {
        fixtures::role(database, tenant, n, name).await;
    }

    let roles = list(database, tenant).await.unwrap();
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Tenant Member",
            "Tenant Administrator",
            "Tenant Contributor",
            "Tenant Data Steward",
            "Tenant Viewer",
            "MyData.Role",
            "zebra",
            "Ångström",
        ]
    );
    assert_eq!(roles[0].role_type, Some(RoleType::TenantMember));
    assert_eq!(roles[5].role_type, None);
    let whole = list_whole(database, tenant).await.unwrap();
    assert_eq!(whole[0].description, RoleType::TenantMember.description());
    assert!(whole.iter().all(|row| row.version == 1));
    assert_eq!(whole.into_iter().map(|row| row.role).collect::<Vec<_>>(), roles);
}

fn settings(name: &str, description: &str) -> RoleSettings {
    RoleSettings {
        name: RoleName::parse(name).unwrap(),
        description: RoleDescription::parse(description).unwrap(),
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_custom_role_is_kept_changed_and_removed(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    let id = RoleId(uuid(100));

    let mut tx = database.begin().await.unwrap();
    let inserted = insert(&mut tx, tenant, id, &settings("MyData.Role", "Reads my data")).await;
    assert!(inserted.unwrap());
    // Another tenant may have a role of that name, but not of that id.
    let namesake = settings("mydata.role", "");
    assert!(!insert(&mut tx, other, id, &namesake).await.unwrap());
    assert!(insert(&mut tx, other, RoleId(uuid(101)), &namesake).await.unwrap());
    tx.commit().await.unwrap();
    let stored = find(database, tenant, id).await.unwrap().unwrap();
    assert_eq!(
        (stored.role.name.as_str(), stored.role.role_type),
        ("MyData.Role", None)
    );
    assert_eq!((stored.description.as_str(), stored.version), ("Reads my data", 1));
    assert_eq!(find(database, other, id).await.unwrap(), None);

    let mut tx = database.begin().await.unwrap();
    update(&mut tx, id, &settings("Éclair", "")).await.unwrap();
    let changed = find_in(&mut tx, tenant, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!((changed.role.name.as_str(), changed.version), ("Éclair", 2));

    let mut tx = database.begin().await.unwrap();
    delete(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(find(database, tenant, id).await.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn names_are_unique_in_their_tenant(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    fixtures::role(database, tenant, 100, "MyData.Role").await;
    for name in ["MYDATA.ROLE", "tenant member"] {
        let mut tx = database.begin().await.unwrap();
        let taken = insert(&mut tx, tenant, RoleId(uuid(101)), &settings(name, "")).await;
        assert!(taken.unwrap_err().is_unique_violation());
    }
}

#[test]
fn an_unknown_type_is_an_inconsistency() {
    let row = RoleRow {
        id: uuid(1),
        type_id: Some(uuid(2)),
        name: "Tenant Ghost".to_owned(),
    };
    assert!(matches!(Role::try_from(row), Err(StoreError::Inconsistent(_))));
}
