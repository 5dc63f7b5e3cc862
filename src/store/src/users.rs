//! People, one at a time.

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use domain::text::fold;
use domain::user::{Email, UserId, UserName};
use domain::user_extras::UserExtras;
use domain::view::UserStatus;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::search::search_key;
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

/// A person to be stored. It has no `Debug`: it holds a password's hash.
#[derive(Clone)]
pub struct NewUser<'a> {
    /// Their id.
    pub id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their e-mail address.
    pub email: &'a Email,
    /// Their name.
    pub name: &'a UserName,
    /// The hash of their password, as a PHC string; none before they chose one.
    pub password_hash: Option<&'a str>,
    /// When they were added.
    pub created_at: DateTime<Utc>,
}

/// A person as they are kept, without their roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUser {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// How their account stands.
    pub status: UserStatus,
    /// When they were added.
    pub created: DateTime<Utc>,
    /// When they last signed in.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// Counts their changes.
    pub version: i64,
}

/// What is read of a person: a [`UserRow`].
macro_rules! columns {
    () => {
        "id, name, email, enabled, password_hash <> '' AS has_password, created_at, last_sign_in_at, version"
    };
}

#[derive(sqlx::FromRow)]
struct UserRow {
    id: Uuid,
    name: String,
    email: String,
    enabled: bool,
    has_password: bool,
    created_at: DateTime<Utc>,
    last_sign_in_at: Option<DateTime<Utc>>,
    version: i64,
}

impl From<UserRow> for StoredUser {
    fn from(row: UserRow) -> Self {
        Self {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            status: status(row.enabled, row.has_password),
            created: row.created_at,
            last_sign_in: row.last_sign_in_at,
            version: row.version,
        }
    }
}

/// How an account stands.
pub(crate) const fn status(enabled: bool, has_password: bool) -> UserStatus {
    match (enabled, has_password) {
        (false, _) => UserStatus::Disabled,
        (true, false) => UserStatus::Invited,
        (true, true) => UserStatus::Enabled,
    }
}

/// Stores a person, enabled and without roles; answers whether their id was free: no user or client ever had it. A taken
/// e-mail address is a unique violation.
pub async fn insert(tx: &mut Tx, user: &NewUser<'_>) -> Result<bool, StoreError> {
    let free = tx_execute!(
        &mut *tx,
        "INSERT INTO subjects (id) VALUES ($1) ON CONFLICT (id) DO NOTHING",
        user.id.0
    )?;
    if free == 0 {
        return Ok(false);
    }
    tx_execute!(
        tx,
        "INSERT INTO users
            (id, tenant_id, email, email_key, name, name_key, search_key, password_hash, enabled, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        user.id.0,
        user.tenant_id.0,
        user.email.as_str(),
        user.email.key(),
        user.name.as_str(),
        fold(user.name.as_str()),
        search_key(user.name.as_str(), user.id),
        user.password_hash.unwrap_or_default(),
        true,
        user.created_at,
    )?;
    Ok(true)
}

/// The person with this id, if the tenant has them.
pub async fn find(database: &Database, tenant: TenantId, id: UserId) -> Result<Option<StoredUser>, StoreError> {
    let row: Option<UserRow> = fetch!(
        fetch_optional,
        database,
        UserRow,
        concat!("SELECT ", columns!(), " FROM users WHERE id = $1 AND tenant_id = $2"),
        id.0,
        tenant.0,
    )?;
    Ok(row.map(StoredUser::from))
}

/// Locks a person until the change ends, so that what is read of them stays true. `None` when the tenant doesn't have them.
pub async fn lock(tx: &mut Tx, tenant: TenantId, id: UserId) -> Result<Option<StoredUser>, StoreError> {
    let row: Option<UserRow> = tx_fetch!(
        fetch_optional,
        tx,
        UserRow,
        concat!(
            "UPDATE users SET version = version WHERE id = $1 AND tenant_id = $2 RETURNING ",
            columns!()
        ),
        id.0,
        tenant.0,
    )?;
    Ok(row.map(StoredUser::from))
}

/// Keeps another name and e-mail address of a locked person. A taken address is a unique violation.
pub async fn update(tx: &mut Tx, id: UserId, name: &UserName, email: &Email) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET name = $2, name_key = $3, search_key = $4, email = $5, email_key = $6, version = version + 1
         WHERE id = $1",
        id.0,
        name.as_str(),
        fold(name.as_str()),
        search_key(name.as_str(), id),
        email.as_str(),
        email.key(),
    )?;
    Ok(())
}

/// Keeps what only programs set of a person who was just stored or updated.
pub async fn set_extras(tx: &mut Tx, id: UserId, extras: &UserExtras) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET given_name = $2, surname = $3, contact_email = $4, contact_given_name = $5,
            contact_surname = $6, external_user_id = $7, identity_provider_id = $8
         WHERE id = $1",
        id.0,
        &extras.given_name,
        &extras.surname,
        &extras.contact_email,
        &extras.contact_given_name,
        &extras.contact_surname,
        &extras.external_user_id,
        &extras.identity_provider_id,
    )?;
    Ok(())
}

/// Lets a locked person sign in, or not.
pub async fn set_enabled(tx: &mut Tx, id: UserId, enabled: bool) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET enabled = $2, version = version + 1 WHERE id = $1",
        id.0,
        enabled,
    )?;
    Ok(())
}

/// Counts a change of the roles of a person.
pub async fn next_version(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "UPDATE users SET version = version + 1 WHERE id = $1", id.0)?;
    Ok(())
}

/// Removes a locked person with their sessions. Their id is never used again.
pub async fn delete(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM users WHERE id = $1", id.0)?;
    Ok(())
}
