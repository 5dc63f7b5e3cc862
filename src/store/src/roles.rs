//! Roles, one at a time, and all of a tenant in order.

use domain::role::{Role, RoleId, RoleType};
use domain::role_form::RoleSettings;
use domain::tenant::TenantId;
use domain::text::fold;
use domain::view;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

/// A role with all that is kept of it.
#[derive(sqlx::FromRow)]
pub(crate) struct StoredRow {
    #[sqlx(flatten)]
    role: RoleRow,
    description: String,
    version: i64,
}

impl TryFrom<StoredRow> for view::RoleRow {
    type Error = StoreError;

    fn try_from(row: StoredRow) -> Result<Self, StoreError> {
        Ok(Self {
            role: row.role.try_into()?,
            description: row.description,
            version: row.version,
        })
    }
}

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

const FIND: &str = "SELECT id, type_id, name, description, version FROM roles WHERE id = $1 AND tenant_id = $2";

/// The role with this id, if the tenant has it.
pub async fn find(database: &Database, tenant: TenantId, id: RoleId) -> Result<Option<view::RoleRow>, StoreError> {
    let row: Option<StoredRow> = fetch!(fetch_optional, database, StoredRow, FIND, id.0, tenant.0)?;
    row.map(view::RoleRow::try_from).transpose()
}

/// The same within a change.
pub async fn find_in(tx: &mut Tx, tenant: TenantId, id: RoleId) -> Result<Option<view::RoleRow>, StoreError> {
    let row: Option<StoredRow> = tx_fetch!(fetch_optional, tx, StoredRow, FIND, id.0, tenant.0)?;
    row.map(view::RoleRow::try_from).transpose()
}

/// The tenant's built-in role of this type.
pub async fn built_in(tx: &mut Tx, tenant: TenantId, role_type: RoleType) -> Result<RoleId, StoreError> {
    let row: Option<(Uuid,)> = tx_fetch!(
        fetch_optional,
        tx,
        (Uuid,),
        "SELECT id FROM roles WHERE tenant_id = $1 AND type_id = $2",
        tenant.0,
        role_type.id(),
    )?;
    let id = row.ok_or_else(|| StoreError::inconsistent("the built-in roles of a tenant", role_type.name()))?;
    Ok(RoleId(id.0))
}

/// Keeps a custom role; answers whether its id was free. A name that the tenant has is a unique violation.
pub async fn insert(tx: &mut Tx, tenant: TenantId, id: RoleId, settings: &RoleSettings) -> Result<bool, StoreError> {
    let inserted = tx_execute!(
        tx,
        "INSERT INTO roles (id, tenant_id, name, name_key, description) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING",
        id.0,
        tenant.0,
        settings.name.as_str(),
        fold(settings.name.as_str()),
        settings.description.as_str(),
    )?;
    Ok(inserted == 1)
}

/// Keeps another name and description of a role. A name that the tenant has is a unique violation.
pub async fn update(tx: &mut Tx, id: RoleId, settings: &RoleSettings) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE roles SET name = $2, name_key = $3, description = $4, version = version + 1 WHERE id = $1",
        id.0,
        settings.name.as_str(),
        fold(settings.name.as_str()),
        settings.description.as_str(),
    )?;
    Ok(())
}

/// Removes a role. Its holders must have lost it: see [`role_holders::take_from_all`](crate::role_holders::take_from_all).
pub async fn delete(tx: &mut Tx, id: RoleId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM roles WHERE id = $1", id.0)?;
    Ok(())
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

/// The same with all that is kept of them.
pub async fn list_whole(database: &Database, tenant: TenantId) -> Result<Vec<view::RoleRow>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        StoredRow,
        "SELECT id, type_id, name, description, version FROM roles WHERE tenant_id = $1",
        tenant.0,
    )?;
    let mut roles = rows
        .into_iter()
        .map(view::RoleRow::try_from)
        .collect::<Result<Vec<_>, StoreError>>()?;
    roles.sort_by_cached_key(|row| place(&row.role));
    Ok(roles)
}

/// The roles of `rows` in the order in which people see them: built-in ones as [`RoleType::ALL`] has them, then the
/// others by name.
pub(crate) fn in_order(rows: impl IntoIterator<Item = RoleRow>) -> Result<Vec<Role>, StoreError> {
    let mut roles = rows
        .into_iter()
        .map(Role::try_from)
        .collect::<Result<Vec<_>, StoreError>>()?;
    roles.sort_by_cached_key(place);
    Ok(roles)
}

/// Where a role stands in that order.
fn place(role: &Role) -> (usize, String) {
    let rank = RoleType::ALL
        .iter()
        .position(|role_type| role.role_type == Some(*role_type));
    (rank.unwrap_or(RoleType::ALL.len()), fold(&role.name))
}
