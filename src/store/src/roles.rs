//! The roles of a tenant, and who holds them.

use domain::client::ClientId;
use domain::role::{Role, RoleId, RoleType};
use domain::tenant::TenantId;
use domain::text::fold;
use uuid::Uuid;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// A role as both databases keep it.
#[derive(sqlx::FromRow)]
pub(crate) struct RoleRow {
    pub id: Uuid,
    pub type_id: Option<Uuid>,
    pub name: String,
}

impl TryFrom<RoleRow> for Role {
    type Error = StoreError;

    fn try_from(row: RoleRow) -> Result<Self, StoreError> {
        let role_type = row
            .type_id
            .map(|id| {
                RoleType::from_id(id).ok_or_else(|| StoreError::inconsistent("the type of a role", format!("{id}")))
            })
            .transpose()?;
        Ok(Self {
            id: RoleId(row.id),
            role_type,
            name: row.name,
        })
    }
}

/// Every role of the tenant, in order.
pub async fn list(database: &Database, tenant: TenantId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        RoleRow,
        "SELECT id, type_id, name FROM roles WHERE tenant_id = $1",
        tenant.0,
    )?;
    in_order(rows)
}

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
pub async fn give_to_client(tx: &mut Tx, client: ClientId, tenant: TenantId, role: RoleId) -> Result<bool, StoreError> {
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

/// The roles of `rows` in the order in which people see them: built-in ones as [`RoleType::ALL`] has them, then the
/// others by name.
pub(crate) fn in_order(rows: impl IntoIterator<Item = RoleRow>) -> Result<Vec<Role>, StoreError> {
    let mut roles = rows
        .into_iter()
        .map(Role::try_from)
        .collect::<Result<Vec<_>, StoreError>>()?;
    roles.sort_by_cached_key(|role| {
        let rank = RoleType::ALL
            .iter()
            .position(|role_type| role.role_type == Some(*role_type));
        (rank.unwrap_or(RoleType::ALL.len()), fold(&role.name))
    });
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures::{self, uuid};
    use crate::testing::{Engine, database};

    fn names(roles: &[Role]) -> Vec<&str> {
        roles.iter().map(|role| role.name.as_str()).collect()
    }

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
        assert_eq!(
            names(&roles),
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
        let own = list(database, tenant).await.unwrap();
        let foreign = list(database, other).await.unwrap();

        let mut tx = database.begin().await.unwrap();
        for role in own.iter().rev().take(2) {
            assert!(give_to_client(&mut tx, client, tenant, role.id).await.unwrap());
        }
        assert!(!give_to_client(&mut tx, client, tenant, foreign[0].id).await.unwrap());
        assert!(
            !give_to_client(&mut tx, client, tenant, RoleId(uuid(999)))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();

        let held = of_client(database, client).await.unwrap();
        assert_eq!(names(&held), ["Tenant Data Steward", "Tenant Viewer"]);
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
}
