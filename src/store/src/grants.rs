//! What people allowed clients, by signing in to them. The code and refresh tokens belong to a grant, and end with it.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::grant::{GrantId, SessionId};
use domain::user::UserId;
use uuid::Uuid;

use crate::authorization_codes::NewCode;
use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx, sessions};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

/// A grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub client_id: ClientId,
    /// By whom.
    pub user_id: UserId,
    /// What, as in the protocol.
    pub scope: String,
    /// When the person had entered their password.
    pub auth_time: DateTime<Utc>,
    /// In which session.
    pub session_id: SessionId,
    /// When.
    pub created_at: DateTime<Utc>,
    /// After this there can be no token of it.
    pub expires_at: DateTime<Utc>,
}

/// A grant as both databases keep it, for the rows that belong to one.
#[derive(sqlx::FromRow)]
pub(crate) struct GrantRow {
    grant_id: Uuid,
    client_id: Uuid,
    user_id: Uuid,
    scope: String,
    auth_time: DateTime<Utc>,
    sid: Uuid,
    created_at: DateTime<Utc>,
    grant_expires_at: DateTime<Utc>,
}

/// The columns of a [`GrantRow`], from the table `g`.
macro_rules! grant_columns {
    () => {
        "g.id AS grant_id, g.client_id, g.user_id, g.scope, g.auth_time, g.sid, g.created_at,
            g.expires_at AS grant_expires_at"
    };
}

pub(crate) use grant_columns;

impl From<GrantRow> for Grant {
    fn from(row: GrantRow) -> Self {
        Self {
            id: GrantId(row.grant_id),
            client_id: ClientId(row.client_id),
            user_id: UserId(row.user_id),
            scope: row.scope,
            auth_time: row.auth_time,
            session_id: SessionId(row.sid),
            created_at: row.created_at,
            expires_at: row.grant_expires_at,
        }
    }
}

/// The person behind a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantPerson {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

/// Keeps a new grant and its code, if the person is enabled and still signed in with the session whose token has this hash;
/// answers whether they are.
pub async fn insert(
    database: &Database,
    grant: &Grant,
    code: NewCode,
    session_hash: &[u8],
) -> Result<bool, StoreError> {
    let new = (grant.clone(), code, session_hash.to_vec());
    database
        .share(new, |(grant, code, session_hash), tx| {
            Box::pin(async move {
                sessions::lock_person(tx, grant.user_id).await?;
                let kept = tx_execute!(
                    tx,
                    "INSERT INTO grants
                        (id, client_id, user_id, scope, auth_time, sid, created_at, expires_at,
                         code_hash, redirect_uri, code_challenge, nonce, code_expires_at)
                     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
                     WHERE EXISTS (
                        SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
                        WHERE s.token_hash = $14 AND u.id = $3 AND u.enabled
                     )",
                    grant.id.0,
                    grant.client_id.0,
                    grant.user_id.0,
                    &grant.scope,
                    grant.auth_time,
                    grant.session_id.0,
                    grant.created_at,
                    grant.expires_at,
                    code.hash.as_slice(),
                    &code.redirect_uri,
                    code.code_challenge.as_deref(),
                    code.nonce.as_deref(),
                    code.expires_at,
                    session_hash.as_slice(),
                )?;
                Ok(kept == 1)
            })
        })
        .await
}

/// Who is behind a grant that hasn't ended, if they and the client are enabled.
pub async fn person(database: &Database, id: GrantId) -> Result<Option<GrantPerson>, StoreError> {
    let row: Option<(Uuid, String, String)> = fetch!(
        fetch_optional,
        database,
        (Uuid, String, String),
        "SELECT u.id, u.name, u.email
         FROM grants g JOIN clients c ON c.id = g.client_id JOIN users u ON u.id = g.user_id
         WHERE g.id = $1 AND g.ended_at IS NULL AND c.enabled AND u.enabled",
        id.0,
    )?;
    Ok(row.map(|(id, name, email)| GrantPerson {
        id: UserId(id),
        name,
        email,
    }))
}

/// Locks a grant until the change ends. It comes before its tokens, as in every change that ends or removes it, so that no two wait
/// for each other. On SQLite changes are made one after another.
pub(crate) async fn lock(tx: &mut Tx, id: GrantId) -> Result<(), StoreError> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT 1 FROM grants WHERE id = $1 FOR NO KEY UPDATE")
            .bind(id.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Ends a grant with all of its tokens; answers whether it hadn't ended.
pub async fn end(tx: &mut Tx, id: GrantId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let ended = tx_execute!(
        tx,
        "UPDATE grants SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        id.0,
        now,
    )?;
    Ok(ended == 1)
}

/// Ends every grant of a person.
pub async fn end_of_user(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE grants SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL",
        user.0,
        now,
    )?;
    Ok(())
}

/// Forgets the grants of which there can be no token at `now`. Those that another change holds are left for the next time:
/// waiting for one while holding others could keep both changes waiting for each other. On SQLite a change is alone.
pub async fn delete_over(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = match tx {
        Tx::Sqlite(_) => "DELETE FROM grants WHERE expires_at <= $1",
        Tx::Postgres(_) => {
            "DELETE FROM grants WHERE id IN (SELECT id FROM grants WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED)"
        }
    };
    tx_execute!(tx, sql, now)?;
    Ok(())
}
