//! The secrets of clients: their hashes, never their texts.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::secret::{NewSecret, SecretExpiry, SecretId};
use domain::view;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// Reads the secrets of a client, $1.
macro_rules! secrets {
    () => {
        "SELECT id, description, created_at, expires_at, last_used_at, version FROM client_secrets WHERE client_id = $1"
    };
}

#[derive(sqlx::FromRow)]
struct SecretRow {
    id: i32,
    description: String,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
    version: i64,
}

impl From<SecretRow> for view::SecretRow {
    fn from(row: SecretRow) -> Self {
        Self {
            id: SecretId(row.id),
            description: row.description,
            created: row.created_at,
            expiry: SecretExpiry::from(row.expires_at),
            last_used: row.last_used_at,
            version: row.version,
        }
    }
}

/// Keeps the SHA-256 of a new secret under the client's next number, which no secret of it ever had. Taking the number
/// locks the client until the change ends.
pub async fn insert(
    tx: &mut Tx,
    client: ClientId,
    secret: &NewSecret,
    hash: &[u8],
    now: DateTime<Utc>,
) -> Result<SecretId, StoreError> {
    let (id,): (i32,) = tx_fetch!(
        fetch_one,
        tx,
        (i32,),
        "UPDATE clients SET next_secret_id = next_secret_id + 1 WHERE id = $1 RETURNING next_secret_id - 1",
        client.0,
    )?;
    tx_execute!(
        tx,
        "INSERT INTO client_secrets (client_id, tenant_id, kind, id, description, hash, created_at, expires_at)
         SELECT id, tenant_id, kind, $2, $3, $4, $5, $6 FROM clients WHERE id = $1",
        client.0,
        id,
        secret.description.as_str(),
        hash,
        now,
        secret.expiry.at(),
    )?;
    Ok(SecretId(id))
}

/// How many secrets a client has. Right until the change ends, if the client is locked.
pub async fn count(tx: &mut Tx, client: ClientId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx_fetch!(
        fetch_one,
        tx,
        (i64,),
        "SELECT CAST(COUNT(*) AS BIGINT) FROM client_secrets WHERE client_id = $1",
        client.0,
    )?;
    Ok(count)
}

/// The secret with this number, if the client has it.
pub async fn find(tx: &mut Tx, client: ClientId, id: SecretId) -> Result<Option<view::SecretRow>, StoreError> {
    let row: Option<SecretRow> = tx_fetch!(
        fetch_optional,
        tx,
        SecretRow,
        concat!(secrets!(), " AND id = $2"),
        client.0,
        id.0,
    )?;
    Ok(row.map(view::SecretRow::from))
}

/// When a secret that the client has was to end, before [`end_by`] brought that nearer.
pub async fn given_expiry(tx: &mut Tx, client: ClientId, id: SecretId) -> Result<SecretExpiry, StoreError> {
    let (end,): (Option<DateTime<Utc>>,) = tx_fetch!(
        fetch_one,
        tx,
        (Option<DateTime<Utc>>,),
        "SELECT CASE WHEN ends_early THEN given_end ELSE expires_at END
         FROM client_secrets WHERE client_id = $1 AND id = $2",
        client.0,
        id.0,
    )?;
    Ok(end.into())
}

/// Keeps the end that a rotation leaves; what was given stays known.
pub async fn end_by(tx: &mut Tx, client: ClientId, id: SecretId, expiry: SecretExpiry) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE client_secrets SET expires_at = $3, version = version + 1,
            given_end = CASE WHEN ends_early THEN given_end ELSE expires_at END, ends_early = TRUE
         WHERE client_id = $1 AND id = $2",
        client.0,
        id.0,
        expiry.at(),
    )?;
    Ok(())
}

/// Keeps another description and expiry of a secret. An expiry that stays as it is isn't given anew.
pub async fn update(tx: &mut Tx, client: ClientId, id: SecretId, secret: &NewSecret) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE client_secrets SET description = $3, expires_at = $4, version = version + 1,
            ends_early = (ends_early AND expires_at = $4) IS TRUE
         WHERE client_id = $1 AND id = $2",
        client.0,
        id.0,
        secret.description.as_str(),
        secret.expiry.at(),
    )?;
    Ok(())
}

/// Removes a secret.
pub async fn delete(tx: &mut Tx, client: ClientId, id: SecretId) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "DELETE FROM client_secrets WHERE client_id = $1 AND id = $2",
        client.0,
        id.0,
    )?;
    Ok(())
}

/// The secrets of a client, by number.
pub async fn of_client(database: &Database, client: ClientId) -> Result<Vec<view::SecretRow>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        SecretRow,
        concat!(secrets!(), " ORDER BY id"),
        client.0,
    )?;
    Ok(rows.into_iter().map(view::SecretRow::from).collect())
}

#[cfg(test)]
mod tests {
    use domain::secret::SecretDescription;
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures::{self, instant, now, uuid};
    use crate::testing::{Engine, database};

    fn new_secret(description: &str, expiry: SecretExpiry) -> NewSecret {
        NewSecret {
            description: SecretDescription::parse(description).unwrap(),
            expiry,
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn secrets_are_numbered_in_their_client(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let pump = fixtures::client(database, tenant, 10, "Pump").await;
        let valve = fixtures::client(database, tenant, 11, "Valve").await;
        let end = SecretExpiry::At(instant("9999-12-31T23:59:59Z"));

        let mut tx = database.begin().await.unwrap();
        let first = insert(&mut tx, pump, &new_secret("", end), &[1; 32], now())
            .await
            .unwrap();
        let second = insert(
            &mut tx,
            pump,
            &new_secret("spare", SecretExpiry::Never),
            &[2; 32],
            now(),
        )
        .await
        .unwrap();
        let other = insert(&mut tx, valve, &new_secret("", end), &[3; 32], now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!([first, second, other], [SecretId(1), SecretId(2), SecretId(1)]);

        let row = |id, description: &str, expiry| view::SecretRow {
            id,
            description: description.to_owned(),
            created: now(),
            expiry,
            last_used: None,
            version: 1,
        };
        assert_eq!(
            of_client(database, pump).await.unwrap(),
            [row(first, "", end), row(second, "spare", SecretExpiry::Never)]
        );
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_secret_needs_its_client(#[case] engine: Engine) {
        let test = database(engine).await;
        let mut tx = test.database.begin().await.unwrap();
        let secret = new_secret("", SecretExpiry::Never);
        assert!(
            insert(&mut tx, ClientId(uuid(10)), &secret, &[1; 32], now())
                .await
                .is_err()
        );
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_secret_changes_and_goes(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let pump = fixtures::client(database, tenant, 10, "Pump").await;
        let valve = fixtures::client(database, tenant, 11, "Valve").await;
        for client in [pump, pump, valve] {
            fixtures::secret(database, client, None).await;
        }
        let end = SecretExpiry::At(instant("2030-01-01T00:00:00Z"));

        let mut tx = database.begin().await.unwrap();
        assert_eq!(count(&mut tx, pump).await.unwrap(), 2);
        update(&mut tx, pump, SecretId(1), &new_secret("changed", end))
            .await
            .unwrap();
        let changed = find(&mut tx, pump, SecretId(1)).await.unwrap();
        assert_eq!(changed.map(|row| row.version), Some(2));
        assert_eq!(find(&mut tx, pump, SecretId(3)).await.unwrap(), None);
        delete(&mut tx, pump, SecretId(2)).await.unwrap();
        tx.commit().await.unwrap();

        let held = of_client(database, pump).await.unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!(
            (held[0].description.as_str(), held[0].expiry, held[0].version),
            ("changed", end, 2)
        );
        let other = of_client(database, valve).await.unwrap();
        assert_eq!((other.len(), other[0].version), (1, 1));
        // A number is never used again.
        assert_eq!(fixtures::secret(database, pump, None).await, SecretId(3));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn what_was_given_is_known_until_something_else_is_given(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let pump = fixtures::client(database, tenant, 10, "Pump").await;
        let at = |text| SecretExpiry::At(instant(text));
        let (sooner, soon, end, later) = (
            at("2026-11-21T11:30:00Z"),
            at("2026-11-22T10:30:00Z"),
            at("2027-11-21T10:30:00Z"),
            at("2030-01-01T00:00:00Z"),
        );
        for given in [end, SecretExpiry::Never] {
            let mut tx = database.begin().await.unwrap();
            let id = insert(&mut tx, pump, &new_secret("", given), &[1; 32], now())
                .await
                .unwrap();
            assert_eq!(given_expiry(&mut tx, pump, id).await.unwrap(), given);
            end_by(&mut tx, pump, id, soon).await.unwrap();
            let ending = find(&mut tx, pump, id).await.unwrap().unwrap();
            assert_eq!((ending.expiry, ending.version), (soon, 2));
            end_by(&mut tx, pump, id, sooner).await.unwrap();
            update(&mut tx, pump, id, &new_secret("described", sooner))
                .await
                .unwrap();
            assert_eq!(given_expiry(&mut tx, pump, id).await.unwrap(), given);
            for other in [later, SecretExpiry::Never] {
                update(&mut tx, pump, id, &new_secret("", other)).await.unwrap();
                assert_eq!(given_expiry(&mut tx, pump, id).await.unwrap(), other);
            }
            tx.commit().await.unwrap();
        }
    }
}
