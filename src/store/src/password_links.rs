//! Links with which a person chooses a password, each once. Only the SHA-256 of a link's token is stored.

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use domain::user::UserId;
use uuid::Uuid;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// Whose link it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkOwner {
    /// Their id.
    pub id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

/// Gives a person a link; an older one ends.
pub async fn replace(
    tx: &mut Tx,
    user: UserId,
    token_hash: &[u8],
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO password_links (user_id, token_hash, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        user.0,
        token_hash,
        expires_at,
    )?;
    Ok(())
}

/// Takes the link of a person away, if they have one.
pub async fn delete_of_user(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM password_links WHERE user_id = $1", user.0)?;
    Ok(())
}

/// Until when the link of a person opens, if they have one.
pub async fn expiry(database: &Database, user: UserId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row: Option<(DateTime<Utc>,)> = fetch!(
        fetch_optional,
        database,
        (DateTime<Utc>,),
        "SELECT expires_at FROM password_links WHERE user_id = $1",
        user.0,
    )?;
    Ok(row.map(|(at,)| at))
}

/// Whose link this is, if it isn't over at `now` and they are enabled.
pub async fn owner(
    database: &Database,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<LinkOwner>, StoreError> {
    let row: Option<(Uuid, Uuid, String, String)> = fetch!(
        fetch_optional,
        database,
        (Uuid, Uuid, String, String),
        "SELECT u.id, u.tenant_id, u.name, u.email FROM password_links l JOIN users u ON u.id = l.user_id
         WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.enabled",
        token_hash,
        now,
    )?;
    Ok(row.map(|(id, tenant, name, email)| LinkOwner {
        id: UserId(id),
        tenant_id: TenantId(tenant),
        name,
        email,
    }))
}

/// Takes a live link away; answers whether there was one. Of two that take the same link at once, one gets it.
pub async fn consume(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM password_links WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        now,
    )?;
    Ok(taken == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{add_tenant, add_user, at, tenant_id, user_id};
    use crate::testing::{Engine, TestDatabase, database};
    use crate::users;
    use rstest::rstest;

    async fn with_link(engine: Engine) -> TestDatabase {
        let test = database(engine).await;
        add_tenant(&test.database, 1, "Mill").await.unwrap();
        add_user(&test.database, 1, 1, "ana@example.com", &[]).await.unwrap();
        store(&test.database, &[1; 32], at(10)).await;
        test
    }

    async fn store(database: &Database, hash: &[u8], expires_at: DateTime<Utc>) {
        let mut tx = database.begin().await.unwrap();
        replace(&mut tx, user_id(1), hash, expires_at).await.unwrap();
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
        let test = with_link(engine).await;
        let database = &test.database;
        let ana = LinkOwner {
            id: user_id(1),
            tenant_id: tenant_id(1),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
        };
        assert_eq!(owner(database, &[1; 32], at(9)).await.unwrap(), Some(ana));
        assert_eq!(owner(database, &[1; 32], at(10)).await.unwrap(), None);
        assert_eq!(owner(database, &[2; 32], at(9)).await.unwrap(), None);
        assert_eq!(expiry(database, user_id(1)).await.unwrap(), Some(at(10)));
        assert!(!take(database, &[1; 32], at(10)).await);
        assert!(take(database, &[1; 32], at(9)).await);
        assert!(!take(database, &[1; 32], at(9)).await);
        assert_eq!(expiry(database, user_id(1)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn the_newest_link_counts(#[case] engine: Engine) {
        let test = with_link(engine).await;
        let database = &test.database;
        store(database, &[2; 32], at(20)).await;
        assert_eq!(owner(database, &[1; 32], at(0)).await.unwrap(), None);
        assert!(owner(database, &[2; 32], at(19)).await.unwrap().is_some());
        let mut tx = database.begin().await.unwrap();
        delete_of_user(&mut tx, user_id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!take(database, &[2; 32], at(0)).await);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn who_is_disabled_has_no_link(#[case] engine: Engine) {
        let test = with_link(engine).await;
        let mut tx = test.database.begin().await.unwrap();
        users::set_enabled(&mut tx, user_id(1), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(owner(&test.database, &[1; 32], at(0)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test(flavor = "multi_thread")]
    async fn two_at_once_take_a_link_once(#[case] engine: Engine) {
        let test = with_link(engine).await;
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
