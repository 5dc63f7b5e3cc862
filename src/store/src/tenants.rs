//! Tenants, each with its built-in roles.

use chrono::{DateTime, Utc};
use domain::role::{RoleId, RoleType};
use domain::tenant::{TenantId, TenantName};
use domain::text::fold;
use domain::view::TenantDetails;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// A tenant to be stored.
#[derive(Clone, Debug)]
pub struct NewTenant<'a> {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: &'a TenantName,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Its built-in roles: one of each type, each with an id of its own.
    pub roles: &'a [(RoleId, RoleType)],
}

/// A tenant and how much it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantView {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// How many clients of all kinds it has.
    pub clients: i64,
}

#[derive(sqlx::FromRow)]
struct TenantRow {
    id: Uuid,
    name: String,
    clients: i64,
}

impl From<TenantRow> for TenantView {
    fn from(row: TenantRow) -> Self {
        Self {
            id: TenantId(row.id),
            name: row.name,
            clients: row.clients,
        }
    }
}

/// Stores a tenant and its built-in roles. A taken id is a unique violation.
pub async fn insert(tx: &mut Tx, tenant: &NewTenant<'_>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)",
        tenant.id.0,
        tenant.name.as_str(),
        tenant.created_at,
    )?;
    for (id, role_type) in tenant.roles {
        tx_execute!(
            tx,
            "INSERT INTO roles (id, tenant_id, type_id, name, name_key, description) VALUES ($1, $2, $3, $4, $5, $6)",
            id.0,
            tenant.id.0,
            role_type.id(),
            role_type.name(),
            fold(role_type.name()),
            role_type.description(),
        )?;
    }
    Ok(())
}

/// Locks a tenant until the change ends, for what must hold across its people, roles and clients, and counts the change;
/// answers whether there is one.
pub async fn lock_for_change(tx: &mut Tx, id: TenantId) -> Result<bool, StoreError> {
    let found = tx_execute!(tx, "UPDATE tenants SET changes = changes + 1 WHERE id = $1", id.0)?;
    Ok(found == 1)
}

/// Every tenant, oldest first.
pub async fn list(database: &Database) -> Result<Vec<TenantView>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        TenantRow,
        "SELECT id, name,
            CAST(client_credentials_clients + authorization_code_clients + hybrid_clients AS BIGINT) AS clients
         FROM tenants
         ORDER BY created_at, id",
    )?;
    Ok(rows.into_iter().map(TenantView::from).collect())
}

/// The tenant with this id.
pub async fn read(database: &Database, id: TenantId) -> Result<Option<TenantDetails>, StoreError> {
    let row: Option<(String, DateTime<Utc>)> = fetch!(
        fetch_optional,
        database,
        (String, DateTime<Utc>),
        "SELECT name, created_at FROM tenants WHERE id = $1",
        id.0,
    )?;
    Ok(row.map(|(name, created)| TenantDetails { id, name, created }))
}

/// The id and name of the oldest tenant.
pub async fn first(tx: &mut Tx) -> Result<Option<(TenantId, String)>, StoreError> {
    let row: Option<(Uuid, String)> = tx_fetch!(
        fetch_optional,
        tx,
        (Uuid, String),
        "SELECT id, name FROM tenants ORDER BY created_at, id LIMIT 1",
    )?;
    Ok(row.map(|(id, name)| (TenantId(id), name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{add_tenant, at, tenant_id};
    use crate::testing::{Engine, database};
    use rstest::rstest;

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn tenants_are_listed_oldest_first(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        assert_eq!(first(&mut database.begin().await.unwrap()).await.unwrap(), None);
        add_tenant(database, 2, "Younger").await.unwrap();
        add_tenant(database, 1, "Older").await.unwrap();

        let older = tenant_id(1);
        let list = list(database).await.unwrap();
        assert_eq!(
            list.iter().map(|tenant| tenant.name.as_str()).collect::<Vec<_>>(),
            ["Older", "Younger"]
        );
        assert_eq!(
            list[0],
            TenantView {
                id: older,
                name: "Older".to_owned(),
                clients: 0
            }
        );
        assert_eq!(
            first(&mut database.begin().await.unwrap()).await.unwrap(),
            Some((older, "Older".to_owned()))
        );
        let details = TenantDetails {
            id: older,
            name: "Older".to_owned(),
            created: at(1),
        };
        assert_eq!(read(database, older).await.unwrap(), Some(details));
        assert_eq!(read(database, tenant_id(3)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_taken_id_stores_nothing(#[case] engine: Engine) {
        let test = database(engine).await;
        add_tenant(&test.database, 1, "First").await.unwrap();
        assert!(
            add_tenant(&test.database, 1, "Second")
                .await
                .unwrap_err()
                .is_unique_violation()
        );
        assert_eq!(list(&test.database).await.unwrap().len(), 1);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_tenant_has_each_built_in_role(#[case] engine: Engine) {
        let test = database(engine).await;
        add_tenant(&test.database, 1, "First").await.unwrap();
        let rows: Vec<(Uuid, String, String)> = fetch!(
            fetch_all,
            &test.database,
            (Uuid, String, String),
            "SELECT type_id, name, name_key FROM roles ORDER BY name_key",
        )
        .unwrap();
        let mut expected = RoleType::ALL.map(|role| (role.id(), role.name().to_owned(), role.name().to_lowercase()));
        expected.sort_by(|one, other| one.2.cmp(&other.2));
        assert_eq!(rows, expected);
    }
}
