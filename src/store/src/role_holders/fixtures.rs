//! A role and those who have it.

use domain::client::ClientKind;
use domain::role::{RoleId, RoleType};

use crate::clients::fixtures::{client, client_of_kind, give, role};
use crate::fixtures::{add_tenant, add_user, tenant_id, user_id};
use crate::testing::{Engine, TestDatabase, database};
use crate::user_roles;

/// Tenant 1 with Ana (user 1) and Bo (user 2), and with the clients Pump (10) and Valve (11). Ana and Pump have role 100.
pub(crate) async fn mill(engine: Engine) -> (TestDatabase, RoleId) {
    let test = database(engine).await;
    let database = &test.database;
    add_tenant(database, 1, "Mill").await.unwrap();
    add_tenant(database, 2, "Dam").await.unwrap();
    add_user(database, 1, 1, "ana@example.com", &[RoleType::TenantMember])
        .await
        .unwrap();
    add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();
    add_user(database, 3, 2, "foreign@example.com", &[]).await.unwrap();
    let pump = client(database, tenant_id(1), 10, "Pump").await;
    client(database, tenant_id(1), 11, "Valve").await;
    client(database, tenant_id(2), 12, "Foreign").await;
    client_of_kind(database, tenant_id(1), ClientKind::Hybrid, 13, "Portal").await;
    let custom = role(database, tenant_id(1), 100, "MyData.Role").await;
    give(database, pump, tenant_id(1), custom).await;
    let mut tx = database.begin().await.unwrap();
    assert!(user_roles::give(&mut tx, user_id(1), custom).await.unwrap());
    tx.commit().await.unwrap();
    (test, custom)
}
