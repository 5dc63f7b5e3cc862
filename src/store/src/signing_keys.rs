//! The keys that sign tokens. Private keys arrive and leave sealed.

use chrono::{DateTime, Utc};

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// A signing key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SigningKeyRow {
    /// Its `kid`.
    pub id: String,
    /// The `alg` of its signatures.
    pub algorithm: String,
    /// What it signs.
    pub purpose: String,
    /// Its sealed private key.
    pub private_key: Vec<u8>,
    /// From when on it is listed.
    pub publish_at: DateTime<Utc>,
    /// From when on it signs.
    pub sign_at: DateTime<Utc>,
    /// From when on its successor of the same purpose signs.
    pub retire_at: Option<DateTime<Utc>>,
}

const LIST: &str = "SELECT id, algorithm, purpose, private_key, publish_at, sign_at, retire_at
    FROM signing_keys ORDER BY purpose, sign_at, id";

/// All keys by their purpose, the one that signs first in front.
pub async fn list(database: &Database) -> Result<Vec<SigningKeyRow>, StoreError> {
    Ok(fetch!(fetch_all, database, SigningKeyRow, LIST)?)
}

/// All keys, within a change. Whoever goes on to insert one holds [`installation::lock`](crate::installation::lock).
pub async fn list_in(tx: &mut Tx) -> Result<Vec<SigningKeyRow>, StoreError> {
    Ok(tx_fetch!(fetch_all, tx, SigningKeyRow, LIST)?)
}

/// Keeps a new key, made at `created_at`.
pub async fn insert(tx: &mut Tx, key: &SigningKeyRow, created_at: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO signing_keys (id, algorithm, purpose, private_key, created_at, publish_at, sign_at, retire_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &key.id,
        &key.algorithm,
        &key.purpose,
        &key.private_key,
        created_at,
        key.publish_at,
        key.sign_at,
        key.retire_at,
    )?;
    Ok(())
}

/// Lets a key sign from another time on.
pub async fn set_sign_at(tx: &mut Tx, id: &str, sign_at: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(tx, "UPDATE signing_keys SET sign_at = $2 WHERE id = $1", id, sign_at)?;
    Ok(())
}

/// Retires every other key of `successor`'s purpose when that one starts to sign, unless it retires earlier.
pub async fn retire_others(tx: &mut Tx, successor: &SigningKeyRow) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE signing_keys SET retire_at = $3
         WHERE purpose = $2 AND id <> $1 AND (retire_at IS NULL OR retire_at > $3)",
        &successor.id,
        &successor.purpose,
        successor.sign_at,
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation;
    use crate::testing::{Engine, database};
    use chrono::Duration;
    use rstest::rstest;

    fn key(id: &str, days: i64) -> SigningKeyRow {
        let now: DateTime<Utc> = "2026-11-21T10:30:00.000001Z".parse().unwrap();
        SigningKeyRow {
            id: id.to_owned(),
            algorithm: "RS256".to_owned(),
            purpose: "access-tokens".to_owned(),
            private_key: vec![0, 1, 255],
            publish_at: now,
            sign_at: now + Duration::days(days),
            retire_at: None,
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn keeps_keys_and_their_times(#[case] engine: Engine) {
        let test = database(engine).await;
        let (old, mut current, mut next) = (key("old", -9), key("current", 0), key("next", 1));
        let retired_long_ago = SigningKeyRow {
            retire_at: Some(current.sign_at),
            ..old
        };
        let other_purpose = SigningKeyRow {
            algorithm: "ES256".to_owned(),
            purpose: "id-tokens".to_owned(),
            ..key("other purpose", -1)
        };
        let mut tx = test.database.begin().await.unwrap();
        for key in [&next, &other_purpose, &current, &retired_long_ago] {
            insert(&mut tx, key, key.publish_at).await.unwrap();
        }
        tx.commit().await.unwrap();
        let kept = list(&test.database).await.unwrap();
        let expected = [&retired_long_ago, &current, &next, &other_purpose];
        assert_eq!(kept.iter().collect::<Vec<_>>(), expected);

        next.sign_at -= Duration::hours(1);
        current.retire_at = Some(next.sign_at);
        let mut tx = test.database.begin().await.unwrap();
        set_sign_at(&mut tx, "next", next.sign_at).await.unwrap();
        retire_others(&mut tx, &next).await.unwrap();
        let kept = list_in(&mut tx).await.unwrap();
        assert_eq!(kept, [retired_long_ago, current, next, other_purpose]);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn two_first_starts_make_one(#[case] engine: Engine) {
        let test = database(engine).await;
        let start = |id: &'static str| {
            let database = test.database.clone();
            tokio::spawn(async move {
                let mut tx = database.begin().await.unwrap();
                installation::lock(&mut tx).await.unwrap();
                if list_in(&mut tx).await.unwrap().is_empty() {
                    insert(&mut tx, &key(id, 0), key(id, 0).publish_at).await.unwrap();
                }
                tx.commit().await.unwrap();
            })
        };
        let (one, other) = (start("one"), start("other"));
        one.await.unwrap();
        other.await.unwrap();
        assert_eq!(list(&test.database).await.unwrap().len(), 1);
    }
}
