//! Links that create the first administrator, each once. Only the SHA-256 of a link's token is stored.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// Stores a link; older ones end with it.
pub async fn replace(tx: &mut Tx, token_hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM setup_links")?;
    tx_execute!(
        tx,
        "INSERT INTO setup_links (token_hash, expires_at) VALUES ($1, $2)",
        token_hash,
        expires_at,
    )?;
    Ok(())
}

/// Whether the link exists and isn't over at `now`.
pub async fn is_live(database: &Database, token_hash: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let (live,) = fetch!(
        fetch_one,
        database,
        (bool,),
        "SELECT EXISTS (SELECT 1 FROM setup_links WHERE token_hash = $1 AND expires_at > $2)",
        token_hash,
        now,
    )?;
    Ok(live)
}

/// Takes a live link away; answers whether there was one. Of two that take the same link at once, one gets it.
pub async fn consume(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM setup_links WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        now,
    )?;
    Ok(taken == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::at;
    use crate::testing::{Engine, database};
    use rstest::rstest;

    async fn store(database: &Database, hash: &[u8], expires_at: DateTime<Utc>) {
        let mut tx = database.begin().await.unwrap();
        replace(&mut tx, hash, expires_at).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn take(database: &Database, hash: &[u8], now: DateTime<Utc>) -> bool {
        let mut tx = database.begin().await.unwrap();
        let taken = consume(&mut tx, hash, now).await.unwrap();
        tx.commit().await.unwrap();
        taken
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_link_opens_once_until_its_end(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        store(database, &[1; 32], at(10)).await;

        assert!(is_live(database, &[1; 32], at(9)).await.unwrap());
        assert!(!is_live(database, &[1; 32], at(10)).await.unwrap());
        assert!(!is_live(database, &[2; 32], at(9)).await.unwrap());
        assert!(!take(database, &[1; 32], at(10)).await);
        assert!(take(database, &[1; 32], at(9)).await);
        assert!(!take(database, &[1; 32], at(9)).await);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_new_link_ends_the_older_one(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        store(database, &[1; 32], at(10)).await;
        store(database, &[2; 32], at(10)).await;
        assert!(!is_live(database, &[1; 32], at(0)).await.unwrap());
        assert!(is_live(database, &[2; 32], at(0)).await.unwrap());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test(flavor = "multi_thread")]
    async fn two_at_once_take_a_link_once(#[case] engine: Engine) {
        let test = database(engine).await;
        store(&test.database, &[1; 32], at(10)).await;
        let tasks = [(); 2].map(|()| {
            let database = test.database.clone();
            tokio::spawn(async move { take(&database, &[1; 32], at(0)).await })
        });
        let mut taken = 0;
        for task in tasks {
            taken += u32::from(task.await.unwrap());
        }
        assert_eq!(taken, 1);
    }
}
