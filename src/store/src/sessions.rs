//! Sessions of signed-in people. Only the SHA-256 of the cookie's token is stored.

use chrono::{DateTime, Utc};
use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;
use uuid::Uuid;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// The person behind a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionUser {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Its name.
    pub tenant_name: String,
    /// Whether they hold Tenant Administrator.
    pub administrator: bool,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    user_id: Uuid,
    name: String,
    email: String,
    tenant_id: Uuid,
    tenant_name: String,
    administrator: bool,
}

impl From<SessionRow> for SessionUser {
    fn from(row: SessionRow) -> Self {
        Self {
            id: UserId(row.user_id),
            name: row.name,
            email: row.email,
            tenant_id: TenantId(row.tenant_id),
            tenant_name: row.tenant_name,
            administrator: row.administrator,
        }
    }
}

/// Stores a session.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &[u8],
    user: UserId,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash,
        user.0,
        created_at,
        expires_at,
    )?;
    Ok(())
}

/// Who is behind a session that isn't over at `now`, if they are enabled.
pub async fn user(
    database: &Database,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<SessionUser>, StoreError> {
    let row = fetch!(
        fetch_optional,
        database,
        SessionRow,
        "SELECT s.user_id, u.name, u.email, u.tenant_id, t.name AS tenant_name,
            EXISTS (
                SELECT 1 FROM user_roles ur JOIN roles r ON r.id = ur.role_id
                WHERE ur.user_id = u.id AND r.tenant_id = u.tenant_id AND r.type_id = $1
            ) AS administrator
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN tenants t ON t.id = u.tenant_id
         WHERE s.token_hash = $2 AND s.expires_at > $3 AND u.enabled",
        RoleType::TenantAdministrator.id(),
        token_hash,
        now,
    )?;
    Ok(row.map(SessionUser::from))
}

/// Ends a session; answers whether there was one.
pub async fn delete(tx: &mut Tx, token_hash: &[u8]) -> Result<bool, StoreError> {
    let ended = tx_execute!(tx, "DELETE FROM sessions WHERE token_hash = $1", token_hash)?;
    Ok(ended == 1)
}

/// Ends every session of a person.
pub async fn delete_of_user(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM sessions WHERE user_id = $1", user.0)?;
    Ok(())
}

/// Forgets the sessions that are over at `now`.
pub async fn delete_over(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM sessions WHERE expires_at <= $1", now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{add_tenant, add_user, at, tenant_id, user_id};
    use crate::testing::{Engine, TestDatabase, database};
    use crate::users;
    use rstest::rstest;

    /// Ana, administrator of Mill, and Bo, a member; a session of each until second 10.
    async fn two_sessions(engine: Engine) -> TestDatabase {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        let administrator = [RoleType::TenantMember, RoleType::TenantAdministrator];
        add_user(database, 1, 1, "ana@example.com", &administrator)
            .await
            .unwrap();
        add_user(database, 2, 1, "bo@example.com", &[RoleType::TenantMember])
            .await
            .unwrap();
        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, &[1; 32], user_id(1), at(0), at(10)).await.unwrap();
        insert(&mut tx, &[2; 32], user_id(2), at(0), at(10)).await.unwrap();
        tx.commit().await.unwrap();
        test
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_session_names_its_person(#[case] engine: Engine) {
        let test = two_sessions(engine).await;
        let ana = SessionUser {
            id: user_id(1),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            tenant_id: tenant_id(1),
            tenant_name: "Mill".to_owned(),
            administrator: true,
        };
        assert_eq!(user(&test.database, &[1; 32], at(9)).await.unwrap(), Some(ana));
        let bo = user(&test.database, &[2; 32], at(9)).await.unwrap().unwrap();
        assert!(!bo.administrator);
        assert_eq!(user(&test.database, &[3; 32], at(9)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_session_ends_at_its_second_and_with_its_person(#[case] engine: Engine) {
        let test = two_sessions(engine).await;
        let database = &test.database;
        assert_eq!(user(database, &[1; 32], at(10)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        users::set_enabled(&mut tx, user_id(1), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[1; 32], at(9)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn sessions_are_ended_one_by_one_or_by_person(#[case] engine: Engine) {
        let test = two_sessions(engine).await;
        let database = &test.database;
        let mut tx = database.begin().await.unwrap();
        assert!(delete(&mut tx, &[1; 32]).await.unwrap());
        assert!(!delete(&mut tx, &[1; 32]).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[1; 32], at(0)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        delete_of_user(&mut tx, user_id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(user(database, &[2; 32], at(0)).await.unwrap().is_some());

        let mut tx = database.begin().await.unwrap();
        delete_of_user(&mut tx, user_id(2)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[2; 32], at(0)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn sessions_that_are_over_are_forgotten(#[case] engine: Engine) {
        let test = two_sessions(engine).await;
        let database = &test.database;
        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, &[3; 32], user_id(1), at(0), at(11)).await.unwrap();
        delete_over(&mut tx, at(10)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[1; 32], at(0)).await.unwrap(), None);
        assert!(user(database, &[3; 32], at(0)).await.unwrap().is_some());
    }
}
