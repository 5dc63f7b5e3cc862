//! Who has a role: people and client-credentials clients.

use chrono::{DateTime, Utc};
use domain::identity_list::Identity;
use domain::role::RoleId;
use domain::tenant::TenantId;
use domain::view::Holders;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

/// How many people, and how many clients, are named of those who have a role.
const NAMED: i64 = 5;

const COUNTS: &str = "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM user_roles WHERE role_id = $1),
    (SELECT CAST(COUNT(*) AS BIGINT) FROM client_roles WHERE role_id = $1)";
const FIRST_USERS: &str =
    "SELECT name FROM users JOIN user_roles ON user_id = id WHERE role_id = $1 ORDER BY name_key, id LIMIT $2";
const FIRST_CLIENTS: &str =
    "SELECT name FROM clients JOIN client_roles ON client_id = id WHERE role_id = $1 ORDER BY search_key LIMIT $2";

/// How many people and clients have a role, and the first of their names.
pub async fn summary(database: &Database, role: RoleId) -> Result<Holders, StoreError> {
    let counts = fetch!(fetch_one, database, (i64, i64), COUNTS, role.0)?;
    let users = fetch!(fetch_all, database, (String,), FIRST_USERS, role.0, NAMED)?;
    let clients = fetch!(fetch_all, database, (String,), FIRST_CLIENTS, role.0, NAMED)?;
    holders(counts, users, clients)
}

/// The same within a change.
pub async fn summary_in(tx: &mut Tx, role: RoleId) -> Result<Holders, StoreError> {
    let counts = tx_fetch!(fetch_one, &mut *tx, (i64, i64), COUNTS, role.0)?;
    let users = tx_fetch!(fetch_all, &mut *tx, (String,), FIRST_USERS, role.0, NAMED)?;
    let clients = tx_fetch!(fetch_all, tx, (String,), FIRST_CLIENTS, role.0, NAMED)?;
    holders(counts, users, clients)
}

fn holders(counts: (i64, i64), users: Vec<(String,)>, clients: Vec<(String,)>) -> Result<Holders, StoreError> {
    let count = |count| u64::try_from(count).map_err(|error| StoreError::inconsistent("the number of holders", error));
    Ok(Holders {
        user_count: count(counts.0)?,
        client_count: count(counts.1)?,
        users: users.into_iter().map(|(name,)| name).collect(),
        clients: clients.into_iter().map(|(name,)| name).collect(),
    })
}

/// Whether the person or client has a role; `None` when the tenant has nobody like this that a role can be given to.
pub async fn holds(
    tx: &mut Tx,
    tenant: TenantId,
    identity: Identity,
    role: RoleId,
) -> Result<Option<bool>, StoreError> {
    let sql = match identity {
        Identity::User(_) => {
            "SELECT EXISTS (SELECT 1 FROM user_roles WHERE user_id = $1 AND role_id = $3)
             FROM users WHERE id = $1 AND tenant_id = $2"
        }
        Identity::Client(_) => {
            "SELECT EXISTS (SELECT 1 FROM client_roles WHERE client_id = $1 AND role_id = $3)
             FROM clients WHERE id = $1 AND tenant_id = $2 AND kind = 'client_credentials'"
        }
    };
    let holds: Option<(bool,)> = tx_fetch!(fetch_optional, tx, (bool,), sql, identity.id(), tenant.0, role.0)?;
    Ok(holds.map(|(holds,)| holds))
}

/// Takes a role from all who have it, as a change of each of them; answers from how many people and clients. The role itself
/// is touched last, so that whoever changes one client at the same time waits for this and this for nobody twice.
pub async fn take_from_all(tx: &mut Tx, role: RoleId, by: &str, at: DateTime<Utc>) -> Result<(u64, u64), StoreError> {
    tx_execute!(
        &mut *tx,
        "UPDATE users SET version = version + 1 WHERE id IN (SELECT user_id FROM user_roles WHERE role_id = $1)",
        role.0,
    )?;
    tx_execute!(
        &mut *tx,
        "UPDATE clients SET version = version + 1, changed_by = $2, changed_at = $3
         WHERE id IN (SELECT client_id FROM client_roles WHERE role_id = $1)",
        role.0,
        by,
        at,
    )?;
    let users = tx_execute!(&mut *tx, "DELETE FROM user_roles WHERE role_id = $1", role.0)?;
    let clients = tx_execute!(tx, "DELETE FROM client_roles WHERE role_id = $1", role.0)?;
    Ok((users, clients))
}
