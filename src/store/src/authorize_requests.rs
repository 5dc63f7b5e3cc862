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

/// Keeps a request that came from this network.
pub async fn insert(
    tx: &mut Tx,
    network: &str,
    token_hash: &[u8],
    request: &StoredRequest,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO authorize_requests (token_hash, network, query, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
        token_hash,
        network,
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

/// Makes room for one more request of a network, so that `most` of its wait with that one: its oldest go. So do all that are
/// over at `now`. Those that come in the same moment don't see each other; the next one takes what they were too many.
pub async fn make_room(tx: &mut Tx, network: &str, most: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
    // One statement, which locks each row once: two that lock in two steps each could wait for each other.
    tx_execute!(
        tx,
        "DELETE FROM authorize_requests
         WHERE expires_at <= $1 OR (network = $2 AND (created_at, token_hash) <= (
            SELECT created_at, token_hash FROM authorize_requests WHERE network = $2
            ORDER BY created_at DESC, token_hash DESC LIMIT 1 OFFSET $3
         ))",
        now,
        network,
        most - 1,
    )?;
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
        insert(&mut tx, "a", &[1; 32], &request, at(10)).await.unwrap();
        insert(&mut tx, "a", &[2; 32], &request, at(11)).await.unwrap();
        tx.commit().await.unwrap();
        let live = Some(request);
        assert_eq!(find(database, &[1; 32], at(9)).await.unwrap(), live);
        assert_eq!(find(database, &[1; 32], at(10)).await.unwrap(), None);
        assert_eq!(find(database, &[3; 32], at(9)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        make_room(&mut tx, "b", 1, at(10)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(database, &[1; 32], at(0)).await.unwrap(), None);
        assert_eq!(find(database, &[2; 32], at(0)).await.unwrap(), live);
    }

    /// Keeps a request that came at this second, in a network where three may wait.
    async fn keep(database: &Database, network: &str, hash: [u8; 32], second: i64) {
        let request = StoredRequest {
            query: String::new(),
            created_at: at(second),
        };
        let mut tx = database.begin().await.unwrap();
        make_room(&mut tx, network, 3, at(second)).await.unwrap();
        insert(&mut tx, network, &hash, &request, at(1000)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn waiting(database: &Database) -> i64 {
        let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM authorize_requests";
        let (count,) = fetch!(fetch_one, database, (i64,), count).unwrap();
        count
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn the_oldest_of_a_network_gives_way(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        keep(database, "b", [9; 32], 0).await;
        for number in 1..=4 {
            keep(database, "a", [number; 32], number.into()).await;
        }
        for (number, waits) in [(9, true), (1, false), (2, true), (3, true), (4, true)] {
            let found = find(database, &[number; 32], at(5)).await.unwrap();
            assert_eq!(found.is_some(), waits, "{number}");
        }
        assert_eq!(waiting(database).await, 4);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test(flavor = "multi_thread")]
    async fn two_at_once_stand_in_nobodys_way(#[case] engine: Engine) {
        let test = database(engine).await;
        let tasks = [1, 2].map(|task: u8| {
            let database = test.database.clone();
            tokio::spawn(async move {
                for number in 0..20 {
                    let mut hash = [number; 32];
                    hash[0] = task;
                    keep(&database, "a", hash, number.into()).await;
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        keep(&test.database, "a", [200; 32], 20).await;
        assert_eq!(waiting(&test.database).await, 3);
    }
}
