//! Refresh tokens, each used once: its use gives the next one. Only the SHA-256 of a token is stored.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute};
use crate::grants::{Grant, GrantRow, grant_columns};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

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
pub async fn insert(tx: &mut Tx, grant: &Grant, hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO refresh_tokens (token_hash, grant_id, expires_at) VALUES ($1, $2, $3)",
        hash,
        grant.id.0,
        expires_at,
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

/// Uses a token that isn't over at `now`, of a [locked](crate::grants::lock) grant; answers whether nobody had and the grant hasn't
/// ended.
pub async fn consume(tx: &mut Tx, hash: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let used = tx_execute!(
        tx,
        "UPDATE refresh_tokens SET used_at = $2
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
            AND EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.ended_at IS NULL)",
        hash,
        now,
    )?;
    Ok(used == 1)
}
