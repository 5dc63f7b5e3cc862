//! Sessions of signed-in people. Two of their cookies open something, one the portal and one applications; only the SHA-256
//! of what these hold is stored.

use chrono::{DateTime, Utc};
use domain::grant::SessionId;
use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;
use uuid::Uuid;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// The person behind a live session or token.
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

/// What is read of that person, `u`, and their tenant, `t`; $1 is the type of Tenant Administrator.
macro_rules! user_columns {
    () => {
        "u.id AS user_id, u.name, u.email, u.tenant_id, t.name AS tenant_name,
            EXISTS (
                SELECT 1 FROM user_roles ur JOIN roles r ON r.id = ur.role_id
                WHERE ur.user_id = u.id AND r.tenant_id = u.tenant_id AND r.type_id = $1
            ) AS administrator"
    };
}

pub(crate) use user_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct SessionRow {
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

/// A session to be stored.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The hash of the portal's cookie.
    pub token_hash: &'a [u8],
    /// The hash of the cookie for applications.
    pub authorize_hash: &'a [u8],
    /// The name under which applications know it.
    pub id: SessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// When they did.
    pub created_at: DateTime<Utc>,
    /// When it is over.
    pub expires_at: DateTime<Utc>,
}

/// Who signed in, and when, as applications learn it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The hash of the portal's cookie, by which the session is ended.
    pub token_hash: Vec<u8>,
    /// The name of the session.
    pub id: SessionId,
    /// The person.
    pub user_id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// When they entered their password.
    pub auth_time: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct SignedInRow {
    token_hash: Vec<u8>,
    sid: Uuid,
    user_id: Uuid,
    tenant_id: Uuid,
    auth_time: DateTime<Utc>,
}

impl From<SignedInRow> for SignedIn {
    fn from(row: SignedInRow) -> Self {
        Self {
            token_hash: row.token_hash,
            id: SessionId(row.sid),
            user_id: UserId(row.user_id),
            tenant_id: TenantId(row.tenant_id),
            auth_time: row.auth_time,
        }
    }
}

/// Stores a session.
pub async fn insert(tx: &mut Tx, session: &NewSession<'_>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO sessions (token_hash, authorize_hash, sid, user_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        session.token_hash,
        session.authorize_hash,
        session.id.0,
        session.user_id.0,
        session.created_at,
        session.expires_at,
    )?;
    Ok(())
}

/// Who is signed in to applications with this cookie, if the session isn't over at `now` and they are enabled.
pub async fn signed_in(
    database: &Database,
    authorize_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>, StoreError> {
    let row = fetch!(
        fetch_optional,
        database,
        SignedInRow,
        "SELECT s.token_hash, s.sid, s.user_id, u.tenant_id, s.created_at AS auth_time
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.authorize_hash = $1 AND s.expires_at > $2 AND u.enabled",
        authorize_hash,
        now,
    )?;
    Ok(row.map(SignedIn::from))
}

/// Locks a person until the change ends. Whoever disables, resets or removes them locks them too: that is seen by the statements
/// after this one, or waits. On SQLite changes are made one after another.
pub(crate) async fn lock_person(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE")
            .bind(user.0)
            .execute(&mut **tx)
            .await?;
    }
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
        concat!(
            "SELECT ",
            user_columns!(),
            " FROM sessions s JOIN users u ON u.id = s.user_id JOIN tenants t ON t.id = u.tenant_id
             WHERE s.token_hash = $2 AND s.expires_at > $3 AND u.enabled"
        ),
        RoleType::TenantAdministrator.id(),
        token_hash,
        now,
    )?;
    Ok(row.map(SessionUser::from))
}

/// Ends the sessions of these two cookies, as a browser has them, of the portal and for applications; answers whether there
/// was one.
pub async fn delete(
    tx: &mut Tx,
    (token_hash, authorize_hash): (Option<&[u8]>, Option<&[u8]>),
) -> Result<bool, StoreError> {
    let ended = tx_execute!(
        tx,
        "DELETE FROM sessions WHERE token_hash = $1 OR authorize_hash = $2",
        token_hash,
        authorize_hash,
    )?;
    Ok(ended > 0)
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
        insert(&mut tx, &session(1, 1, 10)).await.unwrap();
        insert(&mut tx, &session(2, 2, 10)).await.unwrap();
        tx.commit().await.unwrap();
        test
    }

    /// A session of which the two cookies hash to 32 times `number`, and 32 times `number` plus 100.
    fn session(number: u8, user: u8, expires: i64) -> NewSession<'static> {
        static HASHES: [[u8; 32]; 4] = [[0; 32], [1; 32], [2; 32], [3; 32]];
        static AUTHORIZE_HASHES: [[u8; 32]; 4] = [[100; 32], [101; 32], [102; 32], [103; 32]];
        NewSession {
            token_hash: &HASHES[usize::from(number)],
            authorize_hash: &AUTHORIZE_HASHES[usize::from(number)],
            id: SessionId(Uuid::from_u128(number.into())),
            user_id: user_id(user),
            created_at: at(0),
            expires_at: at(expires),
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn applications_learn_who_signed_in_from_a_cookie_of_their_own(#[case] engine: Engine) {
        let test = two_sessions(engine).await;
        let database = &test.database;
        let bo = SignedIn {
            token_hash: vec![2; 32],
            id: SessionId(Uuid::from_u128(2)),
            user_id: user_id(2),
            tenant_id: tenant_id(1),
            auth_time: at(0),
        };
        assert_eq!(signed_in(database, &[102; 32], at(9)).await.unwrap(), Some(bo));
        assert_eq!(
            signed_in(database, &[2; 32], at(9)).await.unwrap(),
            None,
            "the other cookie"
        );
        assert_eq!(
            user(database, &[102; 32], at(9)).await.unwrap(),
            None,
            "the other cookie"
        );
        assert_eq!(signed_in(database, &[102; 32], at(10)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        users::set_enabled(&mut tx, user_id(2), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(signed_in(database, &[102; 32], at(9)).await.unwrap(), None);
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
        assert!(delete(&mut tx, (Some(&[1; 32]), None)).await.unwrap());
        assert!(!delete(&mut tx, (Some(&[1; 32]), None)).await.unwrap());
        assert!(
            !delete(&mut tx, (Some(&[102; 32]), Some(&[2; 32]))).await.unwrap(),
            "each is the other cookie"
        );
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[1; 32], at(0)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, &session(1, 1, 10)).await.unwrap();
        assert!(delete(&mut tx, (None, Some(&[101; 32]))).await.unwrap());
        insert(&mut tx, &session(1, 1, 10)).await.unwrap();
        insert(&mut tx, &session(3, 1, 10)).await.unwrap();
        assert!(delete(&mut tx, (Some(&[1; 32]), Some(&[103; 32]))).await.unwrap());
        tx.commit().await.unwrap();
        for hash in [[1; 32], [3; 32]] {
            assert_eq!(user(database, &hash, at(0)).await.unwrap(), None);
        }

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
        insert(&mut tx, &session(3, 1, 11)).await.unwrap();
        delete_over(&mut tx, at(10)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(user(database, &[1; 32], at(0)).await.unwrap(), None);
        assert!(user(database, &[3; 32], at(0)).await.unwrap().is_some());
    }
}
