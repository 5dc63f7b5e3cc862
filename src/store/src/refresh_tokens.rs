//! Refresh tokens, each used once: its use gives the next one. Only the SHA-256 of a token is stored.

use chrono::{DateTime, Utc};
use domain::grant::GrantId;

use crate::database::{fetch, tx_execute};
use crate::grants::{self, Grant, GrantRow, grant_columns};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

/// A token to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefreshToken {
    /// Its hash.
    pub hash: Vec<u8>,
    /// When it is over.
    pub expires_at: DateTime<Utc>,
}

/// A refresh token with what it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// What it gives.
    pub grant: Grant,
    /// When it is over.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    grant: GrantRow,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

/// Keeps the next token of a grant.
pub(crate) async fn insert(tx: &mut Tx, grant: GrantId, new: &NewRefreshToken) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO refresh_tokens (token_hash, grant_id, expires_at) VALUES ($1, $2, $3)",
        new.hash.as_slice(),
        grant.0,
        new.expires_at,
    )?;
    Ok(())
}

/// The token with this hash, used and over or not.
pub async fn find(database: &Database, hash: &[u8]) -> Result<Option<RefreshToken>, StoreError> {
    let row: Option<Row> = fetch!(
        fetch_optional,
        database,
        Row,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", r.expires_at, r.used_at
             FROM refresh_tokens r JOIN grants g ON g.id = r.grant_id
             WHERE r.token_hash = $1"
        ),
        hash,
    )?;
    Ok(row.map(|row| RefreshToken {
        grant: row.grant.into(),
        expires_at: row.expires_at,
        used_at: row.used_at,
    }))
}

/// Uses a token that isn't over at `now` and keeps the next one of its grant; answers whether nobody had used it and the grant
/// hasn't ended.
pub async fn rotate(
    database: &Database,
    (grant, hash): (GrantId, &[u8]),
    next: NewRefreshToken,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    database
        .share((grant, hash.to_vec(), next, now), |(grant, hash, next, now), tx| {
            Box::pin(async move {
                grants::lock(&mut *tx, *grant).await?;
                let used = tx_execute!(
                    &mut *tx,
                    "UPDATE refresh_tokens SET used_at = $2
                     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
                       AND EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.ended_at IS NULL)",
                    hash.as_slice(),
                    *now,
                )?;
                if used == 1 {
                    insert(tx, *grant, next).await?;
                }
                Ok(used == 1)
            })
        })
        .await
}
