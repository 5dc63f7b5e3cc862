//! Authorization codes, each used once. Only the SHA-256 of a code is stored, in the row of its grant.

use chrono::{DateTime, Utc};
use domain::grant::GrantId;

use crate::database::{fetch, tx_execute};
use crate::grants::{Grant, GrantRow, grant_columns};
use crate::refresh_tokens::{self, NewRefreshToken};
use crate::{Database, StoreError};

#[cfg(test)]
mod tests;

/// A code to be kept.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// Its hash.
    pub hash: Vec<u8>,
    /// Where it was sent.
    pub redirect_uri: String,
    /// The hash that the redeemer must meet.
    pub code_challenge: Option<Vec<u8>>,
    /// What the ID token repeats.
    pub nonce: Option<String>,
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

/// The code with this hash, used and over or not.
pub async fn find(database: &Database, hash: &[u8]) -> Result<Option<Code>, StoreError> {
    let row: Option<Row> = fetch!(
        fetch_optional,
        database,
        Row,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", g.redirect_uri, g.code_challenge, g.nonce, g.code_expires_at AS expires_at, g.code_used_at AS used_at
             FROM grants g WHERE g.code_hash = $1"
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

/// Uses a code that isn't over at `now`, and keeps the `first` refresh token of its grant if there is to be one; answers whether
/// nobody had used it and the grant hasn't ended.
pub async fn redeem(
    database: &Database,
    hash: &[u8],
    first: Option<(GrantId, NewRefreshToken)>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    database
        .share((hash.to_vec(), first, now), |(hash, first, now), tx| {
            Box::pin(async move {
                let used = tx_execute!(
                    &mut *tx,
                    "UPDATE grants SET code_used_at = $2
                     WHERE code_hash = $1 AND code_used_at IS NULL AND code_expires_at > $2 AND ended_at IS NULL",
                    hash.as_slice(),
                    *now,
                )?;
                if let (1, Some((grant, token))) = (used, first) {
                    refresh_tokens::insert(tx, *grant, token).await?;
                }
                Ok(used == 1)
            })
        })
        .await
}
