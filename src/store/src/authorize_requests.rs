//! Authorization requests that wait: for somebody to sign in, or because they were posted. Only the SHA-256 of what resumes
//! one is stored.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredRequest {
    /// Its parameters, as they came.
    pub query: String,
    /// When it came.
    pub created_at: DateTime<Utc>,
}

/// Keeps a request.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &[u8],
    request: &StoredRequest,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO authorize_requests (token_hash, query, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash,
        &request.query,
        request.created_at,
        expires_at,
    )?;
    Ok(())
}

/// A request that isn't over at `now`.
pub async fn find(
    database: &Database,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<StoredRequest>, StoreError> {
    Ok(fetch!(
        fetch_optional,
        database,
        StoredRequest,
        "SELECT query, created_at FROM authorize_requests WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        now,
    )?)
}

/// Forgets a request that was answered; answers whether it waited.
pub async fn delete(tx: &mut Tx, token_hash: &[u8]) -> Result<bool, StoreError> {
    let deleted = tx_execute!(tx, "DELETE FROM authorize_requests WHERE token_hash = $1", token_hash)?;
    Ok(deleted == 1)
}

/// Forgets the requests that are over at `now`.
pub async fn delete_over(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM authorize_requests WHERE expires_at <= $1", now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::fixtures::at;
    use crate::testing::{Engine, database};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_request_waits_until_its_end(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let request = StoredRequest {
            query: "client_id=x&state=%26".to_owned(),
            created_at: at(0),
        };
        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, &[1; 32], &request, at(10)).await.unwrap();
        insert(&mut tx, &[2; 32], &request, at(11)).await.unwrap();
        tx.commit().await.unwrap();
        let live = Some(request);
        assert_eq!(find(database, &[1; 32], at(9)).await.unwrap(), live);
        assert_eq!(find(database, &[1; 32], at(10)).await.unwrap(), None);
        assert_eq!(find(database, &[3; 32], at(9)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        delete_over(&mut tx, at(10)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(database, &[1; 32], at(0)).await.unwrap(), None);
        assert_eq!(find(database, &[2; 32], at(0)).await.unwrap(), live);
    }
}
