//! What people sign in with.

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use domain::user::UserId;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

/// What a sign-in is checked against. It has no `Debug`: it holds a password's hash.
#[derive(Clone)]
pub struct Credentials {
    /// The user's id.
    pub id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their name.
    pub name: String,
    /// The hash of their password, as a PHC string; none before they chose one.
    pub password_hash: Option<String>,
    /// Whether they may sign in.
    pub enabled: bool,
}

#[derive(sqlx::FromRow)]
struct CredentialsRow {
    id: Uuid,
    tenant_id: Uuid,
    name: String,
    password_hash: String,
    enabled: bool,
}

impl From<CredentialsRow> for Credentials {
    fn from(row: CredentialsRow) -> Self {
        Self {
            id: UserId(row.id),
            tenant_id: TenantId(row.tenant_id),
            name: row.name,
            password_hash: Some(row.password_hash).filter(|hash| !hash.is_empty()),
            enabled: row.enabled,
        }
    }
}

/// What a sign-in with this folded e-mail address is checked against.
pub async fn of_address(database: &Database, email_key: &str) -> Result<Option<Credentials>, StoreError> {
    let row = fetch!(
        fetch_optional,
        database,
        CredentialsRow,
        "SELECT id, tenant_id, name, password_hash, enabled FROM users WHERE email_key = $1",
        email_key,
    )?;
    Ok(row.map(Credentials::from))
}

/// What a sign-in of this person is checked against, within a change.
pub async fn of_user(tx: &mut Tx, id: UserId) -> Result<Option<Credentials>, StoreError> {
    let row = tx_fetch!(
        fetch_optional,
        tx,
        CredentialsRow,
        "SELECT id, tenant_id, name, password_hash, enabled FROM users WHERE id = $1",
        id.0,
    )?;
    Ok(row.map(Credentials::from))
}

/// Notes a sign-in at `now` and keeps `new_hash`. Answers false when the user may no longer sign in, or `checked_hash`,
/// against which the password was checked, has been replaced since.
pub async fn note_sign_in(
    tx: &mut Tx,
    user: UserId,
    checked_hash: &str,
    new_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = tx_execute!(
        tx,
        "UPDATE users SET last_sign_in_at = $1, password_hash = $2
         WHERE id = $3 AND password_hash = $4 AND enabled",
        now,
        new_hash,
        user.0,
        checked_hash,
    )?;
    Ok(changed == 1)
}

/// Replaces the hash of a person's password; with none no password opens the account.
pub async fn set_password(tx: &mut Tx, user: UserId, password_hash: Option<&str>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET password_hash = $1 WHERE id = $2",
        password_hash.unwrap_or_default(),
        user.0,
    )?;
    Ok(())
}
