//! The roles of clients.

use domain::client::ClientId;
use domain::role::{Role, RoleId};
use domain::tenant::TenantId;

use crate::database::{fetch, tx_execute};
use crate::roles::{RoleRow, in_order};
use crate::{Database, StoreError, Tx};

/// The roles of a client, in order.
pub async fn of_client(database: &Database, client: ClientId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        RoleRow,
        "SELECT roles.id, roles.type_id, roles.name
         FROM client_roles JOIN roles ON roles.id = client_roles.role_id
         WHERE client_roles.client_id = $1",
        client.0,
    )?;
    in_order(rows)
}

/// Gives a role of the tenant to a client that doesn't hold it. Answers whether the tenant has such a role.
pub async fn give(tx: &mut Tx, client: ClientId, tenant: TenantId, role: RoleId) -> Result<bool, StoreError> {
    let given = tx_execute!(
        tx,
        "INSERT INTO client_roles (client_id, role_id)
         SELECT $1, id FROM roles WHERE id = $2 AND tenant_id = $3",
        client.0,
        role.0,
        tenant.0,
    )?;
    Ok(given == 1)
}

/// Takes a role from a client; answers whether it had it.
pub async fn take(tx: &mut Tx, client: ClientId, role: RoleId) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM client_roles WHERE client_id = $1 AND role_id = $2",
        client.0,
        role.0,
    )?;
    Ok(taken == 1)
}

/// Takes every role from a locked client, before it gets others.
pub async fn clear(tx: &mut Tx, client: ClientId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM client_roles WHERE client_id = $1", client.0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures::{self, uuid};
    use crate::roles;
    use crate::testing::{Engine, database};

    async fn held(database: &Database, client: ClientId) -> Vec<String> {
        let roles = of_client(database, client).await.unwrap();
        roles.into_iter().map(|role| role.name).collect()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_client_gets_only_roles_of_its_tenant(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let other = fixtures::tenant(database, 2).await;
        let client = fixtures::client(database, tenant, 10, "Pump").await;
        let own = roles::list(database, tenant).await.unwrap();
        let foreign = roles::list(database, other).await.unwrap();

        let mut tx = database.begin().await.unwrap();
        for role in own.iter().rev().take(2) {
            assert!(give(&mut tx, client, tenant, role.id).await.unwrap());
        }
        assert!(!give(&mut tx, client, tenant, foreign[0].id).await.unwrap());
        assert!(!give(&mut tx, client, tenant, RoleId(uuid(999))).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(held(database, client).await, ["Tenant Data Steward", "Tenant Viewer"]);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn one_role_is_taken_or_all(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let pump = fixtures::client(database, tenant, 10, "Pump").await;
        let valve = fixtures::client(database, tenant, 11, "Valve").await;
        let known = roles::list(database, tenant).await.unwrap();
        for role in &known[..3] {
            fixtures::give(database, pump, tenant, role.id).await;
        }
        fixtures::give(database, valve, tenant, known[0].id).await;

        let mut tx = database.begin().await.unwrap();
        assert!(take(&mut tx, pump, known[0].id).await.unwrap());
        assert!(!take(&mut tx, pump, known[0].id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(
            held(database, pump).await,
            ["Tenant Administrator", "Tenant Contributor"]
        );

        let mut tx = database.begin().await.unwrap();
        clear(&mut tx, pump).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(database, pump).await, Vec::<String>::new());
        assert_eq!(held(database, valve).await, ["Tenant Member"]);
    }
}
