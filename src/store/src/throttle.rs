//! Failed sign-ins, counted in windows. A window begins with the first failure; when it is over, the next failure begins
//! another.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// The failures under one key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Failures {
    /// What they are counted for.
    pub throttle_key: String,
    /// When the window began.
    pub window_started_at: DateTime<Utc>,
    /// How many there were since.
    pub failures: i32,
}

const LIVE: &str = "SELECT throttle_key, window_started_at, failures FROM sign_in_failures
     WHERE throttle_key IN ($1, $2) AND window_started_at > $3";

/// The failures under two keys, in windows that began after `over`. A key without any has no row.
pub async fn live(database: &Database, keys: [&str; 2], over: DateTime<Utc>) -> Result<Vec<Failures>, StoreError> {
    Ok(fetch!(fetch_all, database, Failures, LIVE, keys[0], keys[1], over)?)
}

/// The same within a change.
pub async fn live_in(tx: &mut Tx, keys: [&str; 2], over: DateTime<Utc>) -> Result<Vec<Failures>, StoreError> {
    Ok(tx_fetch!(fetch_all, tx, Failures, LIVE, keys[0], keys[1], over)?)
}

/// Counts a failure at `now`; a window that began at `over` or before has ended. Answers the count with this one.
pub async fn count(tx: &mut Tx, key: &str, now: DateTime<Utc>, over: DateTime<Utc>) -> Result<Failures, StoreError> {
    Ok(tx_fetch!(
        fetch_one,
        tx,
        Failures,
        "INSERT INTO sign_in_failures (throttle_key, window_started_at, failures) VALUES ($1, $2, 1)
         ON CONFLICT (throttle_key) DO UPDATE SET
            failures = CASE WHEN sign_in_failures.window_started_at <= $3 THEN 1
                ELSE sign_in_failures.failures + 1 END,
            window_started_at = CASE WHEN sign_in_failures.window_started_at <= $3 THEN $2
                ELSE sign_in_failures.window_started_at END
         RETURNING throttle_key, window_started_at, failures",
        key,
        now,
        over,
    )?)
}

/// Forgets the failures under a key.
pub async fn clear(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM sign_in_failures WHERE throttle_key = $1", key)?;
    Ok(())
}

/// Forgets the windows that began at `over` or before.
pub async fn delete_over(tx: &mut Tx, over: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM sign_in_failures WHERE window_started_at <= $1", over)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::at;
    use crate::testing::{Engine, database};
    use chrono::Duration;
    use rstest::rstest;

    /// Windows here last a minute.
    fn over(now: DateTime<Utc>) -> DateTime<Utc> {
        now - Duration::seconds(60)
    }

    async fn fail(database: &Database, key: &str, now: DateTime<Utc>) -> Failures {
        let mut tx = database.begin().await.unwrap();
        let failures = count(&mut tx, key, now, over(now)).await.unwrap();
        tx.commit().await.unwrap();
        failures
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn failures_count_within_a_window(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        assert_eq!(fail(database, "a", at(0)).await.failures, 1);
        let second = fail(database, "a", at(59)).await;
        assert_eq!((second.failures, second.window_started_at), (2, at(0)));
        assert_eq!(fail(database, "b", at(59)).await.failures, 1);

        let next = fail(database, "a", at(60)).await;
        assert_eq!((next.failures, next.window_started_at), (1, at(60)));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn only_live_windows_are_seen(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let first = fail(database, "a", at(0)).await;
        fail(database, "b", at(30)).await;
        assert_eq!(
            live(database, ["a", "c"], over(at(59))).await.unwrap(),
            std::slice::from_ref(&first)
        );
        assert_eq!(live(database, ["a", "c"], over(at(60))).await.unwrap(), []);
        let mut tx = database.begin().await.unwrap();
        assert_eq!(live_in(&mut tx, ["c", "a"], over(at(59))).await.unwrap(), [first]);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn what_is_over_or_cleared_is_forgotten(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        fail(database, "old", at(0)).await;
        fail(database, "cleared", at(1)).await;
        fail(database, "kept", at(1)).await;
        let mut tx = database.begin().await.unwrap();
        delete_over(&mut tx, at(0)).await.unwrap();
        clear(&mut tx, "cleared").await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(live(database, ["old", "cleared"], at(-1)).await.unwrap(), []);
        assert_eq!(live(database, ["kept", ""], at(-1)).await.unwrap().len(), 1);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test(flavor = "multi_thread")]
    async fn two_at_once_lose_no_failure(#[case] engine: Engine) {
        let test = database(engine).await;
        let tasks = [(); 2].map(|()| {
            let database = test.database.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    fail(&database, "a", at(0)).await;
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(fail(&test.database, "a", at(0)).await.failures, 21);
    }
}
