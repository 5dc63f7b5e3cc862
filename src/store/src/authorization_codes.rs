//! Authorization codes, each used once. Only the SHA-256 of a code is stored.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute};
use crate::grants::{Grant, GrantRow, grant_columns};
use crate::{Database, StoreError, Tx};

#[cfg(test)]
mod tests;

/// A code to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// Its hash.
    pub hash: &'a [u8],
    /// Where it was sent.
    pub redirect_uri: &'a str,
    /// The hash that the redeemer must meet.
    pub code_challenge: Option<&'a [u8]>,
    /// What the ID token repeats.
    pub nonce: Option<&'a str>,
    /// When it is over.
    pub expires_at: DateTime<Utc>,
}

/// A code with what it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it gives.
    pub grant: Grant,
    /// Where it was sent.
    pub redirect_uri: String,
    /// The hash that the redeemer must meet.
    pub code_challenge: Option<Vec<u8>>,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// When it is over.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    grant: GrantRow,
    redirect_uri: String,
    code_challenge: Option<Vec<u8>>,
    nonce: Option<String>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

/// Keeps the code of a grant that was just kept.
pub async fn insert(tx: &mut Tx, grant: &Grant, code: &NewCode<'_>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO authorization_codes (code_hash, grant_id, redirect_uri, code_challenge, nonce, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        code.hash,
        grant.id.0,
        code.redirect_uri,
        code.code_challenge,
        code.nonce,
        code.expires_at,
    )?;
    Ok(())
}

/// The code with this hash, used and over or not.
pub async fn find(database: &Database, hash: &[u8]) -> Result<Option<Code>, StoreError> {
    let row: Option<Row> = fetch!(
        fetch_optional,
        database,
        Row,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", c.redirect_uri, c.code_challenge, c.nonce, c.expires_at, c.used_at
             FROM authorization_codes c JOIN grants g ON g.id = c.grant_id
             WHERE c.code_hash = $1"
        ),
        hash,
    )?;
    Ok(row.map(|row| Code {
        grant: row.grant.into(),
        redirect_uri: row.redirect_uri,
        code_challenge: row.code_challenge,
        nonce: row.nonce,
        expires_at: row.expires_at,
        used_at: row.used_at,
    }))
}

/// Uses a code that isn't over at `now`, of a [locked](crate::grants::lock) grant; answers whether nobody had and the grant hasn't
/// ended.
pub async fn consume(tx: &mut Tx, hash: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let used = tx_execute!(
        tx,
        "UPDATE authorization_codes SET used_at = $2
         WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
            AND EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.ended_at IS NULL)",
        hash,
        now,
    )?;
    Ok(used == 1)
}
