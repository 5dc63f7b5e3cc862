//! People who sign in, and the roles they hold.

use chrono::{DateTime, Utc};
use domain::role::{RoleId, RoleType};
use domain::tenant::TenantId;
use domain::text::fold;
use domain::user::{Email, UserId, UserName};
use domain::view::UserStatus;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// A person to be stored. It has no `Debug`: it holds a password's hash.
#[derive(Clone)]
pub struct NewUser<'a> {
    /// Their id, never used before by a user or client.
    pub id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their e-mail address.
    pub email: &'a Email,
    /// Their name.
    pub name: &'a UserName,
    /// The hash of their password, as a PHC string; none before they chose one.
    pub password_hash: Option<&'a str>,
    /// When they were added.
    pub created_at: DateTime<Utc>,
}

/// What a sign-in is checked against. It has no `Debug`: it holds a password's hash.
#[derive(Clone)]
pub struct Credentials {
    /// The user's id.
    pub id: UserId,
    /// Their tenant.
    pub tenant_id: TenantId,
    /// Their name.
    pub name: String,
    /// The hash of their password, as a PHC string; none before they chose one.
    pub password_hash: Option<String>,
    /// Whether they may sign in.
    pub enabled: bool,
}

/// A person as they are kept, without their roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUser {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// How their account stands.
    pub status: UserStatus,
    /// When they were added.
    pub created: DateTime<Utc>,
    /// When they last signed in.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// Counts their changes.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    id: Uuid,
    name: String,
    email: String,
    enabled: bool,
    has_password: bool,
    created_at: DateTime<Utc>,
    last_sign_in_at: Option<DateTime<Utc>>,
    version: i64,
}

impl From<UserRow> for StoredUser {
    fn from(row: UserRow) -> Self {
        Self {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            status: status(row.enabled, row.has_password),
            created: row.created_at,
            last_sign_in: row.last_sign_in_at,
            version: row.version,
        }
    }
}

/// How an account stands.
pub(crate) const fn status(enabled: bool, has_password: bool) -> UserStatus {
    match (enabled, has_password) {
        (false, _) => UserStatus::Disabled,
        (true, false) => UserStatus::Invited,
        (true, true) => UserStatus::Enabled,
    }
}

#[derive(sqlx::FromRow)]
struct CredentialsRow {
    id: Uuid,
    tenant_id: Uuid,
    name: String,
    password_hash: String,
    enabled: bool,
}

impl From<CredentialsRow> for Credentials {
    fn from(row: CredentialsRow) -> Self {
        Self {
            id: UserId(row.id),
            tenant_id: TenantId(row.tenant_id),
            name: row.name,
            password_hash: Some(row.password_hash).filter(|hash| !hash.is_empty()),
            enabled: row.enabled,
        }
    }
}

/// Stores a person, enabled and without roles. A taken e-mail address or id is a unique violation.
pub async fn insert(tx: &mut Tx, user: &NewUser<'_>) -> Result<(), StoreError> {
    tx_execute!(tx, "INSERT INTO subjects (id) VALUES ($1)", user.id.0)?;
    tx_execute!(
        tx,
        "INSERT INTO users (id, tenant_id, email, email_key, name, name_key, password_hash, enabled, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        user.id.0,
        user.tenant_id.0,
        user.email.as_str(),
        user.email.key(),
        user.name.as_str(),
        fold(user.name.as_str()),
        user.password_hash.unwrap_or_default(),
        true,
        user.created_at,
    )?;
    Ok(())
}

/// Gives a person a role, which they may hold already. Answers whether their tenant has such a role.
pub async fn give_role(tx: &mut Tx, user: UserId, role: RoleId) -> Result<bool, StoreError> {
    let given = tx_execute!(
        tx,
        "INSERT INTO user_roles (user_id, role_id)
         SELECT users.id, roles.id FROM users JOIN roles ON roles.tenant_id = users.tenant_id
         WHERE users.id = $1 AND roles.id = $2
         ON CONFLICT (user_id, role_id) DO UPDATE SET role_id = excluded.role_id",
        user.0,
        role.0,
    )?;
    Ok(given == 1)
}

/// Gives a person the built-in role of this type in `tenant`, which they don't hold yet.
pub async fn give_built_in_role(tx: &mut Tx, user: UserId, tenant: TenantId, role: RoleType) -> Result<(), StoreError> {
    let given = tx_execute!(
        tx,
        "INSERT INTO user_roles (user_id, role_id) SELECT $1, id FROM roles WHERE tenant_id = $2 AND type_id = $3",
        user.0,
        tenant.0,
        role.id(),
    )?;
    if given == 1 {
        Ok(())
    } else {
        Err(StoreError::inconsistent(
            &format!("tenant {tenant}"),
            format!("it has {given} roles of the type {}", role.name()),
        ))
    }
}

/// What a sign-in with this folded e-mail address is checked against.
pub async fn credentials(database: &Database, email_key: &str) -> Result<Option<Credentials>, StoreError> {
    let row = fetch!(
        fetch_optional,
        database,
        CredentialsRow,
        "SELECT id, tenant_id, name, password_hash, enabled FROM users WHERE email_key = $1",
        email_key,
    )?;
    Ok(row.map(Credentials::from))
}

/// What a sign-in of this person is checked against, within a change.
pub async fn credentials_in(tx: &mut Tx, id: UserId) -> Result<Option<Credentials>, StoreError> {
    let row = tx_fetch!(
        fetch_optional,
        tx,
        CredentialsRow,
        "SELECT id, tenant_id, name, password_hash, enabled FROM users WHERE id = $1",
        id.0,
    )?;
    Ok(row.map(Credentials::from))
}

/// Notes a sign-in at `now` and keeps `new_hash`. Answers false when the user may no longer sign in, or `checked_hash`,
/// against which the password was checked, has been replaced since.
pub async fn note_sign_in(
    tx: &mut Tx,
    user: UserId,
    checked_hash: &str,
    new_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = tx_execute!(
        tx,
        "UPDATE users SET last_sign_in_at = $1, password_hash = $2
         WHERE id = $3 AND password_hash = $4 AND enabled",
        now,
        new_hash,
        user.0,
        checked_hash,
    )?;
    Ok(changed == 1)
}

/// Replaces the hash of a person's password; with none no password opens the account.
pub async fn set_password(tx: &mut Tx, user: UserId, password_hash: Option<&str>) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET password_hash = $1 WHERE id = $2",
        password_hash.unwrap_or_default(),
        user.0,
    )?;
    Ok(())
}

/// The person with this id, if the tenant has them.
pub async fn find(database: &Database, tenant: TenantId, id: UserId) -> Result<Option<StoredUser>, StoreError> {
    let row: Option<UserRow> = fetch!(
        fetch_optional,
        database,
        UserRow,
        "SELECT id, name, email, enabled, password_hash <> '' AS has_password, created_at, last_sign_in_at, version
         FROM users WHERE id = $1 AND tenant_id = $2",
        id.0,
        tenant.0,
    )?;
    Ok(row.map(StoredUser::from))
}

/// Locks a person until the change ends, so that what is read of them stays true. `None` when the tenant doesn't have them.
pub async fn lock(tx: &mut Tx, tenant: TenantId, id: UserId) -> Result<Option<StoredUser>, StoreError> {
    let row: Option<UserRow> = tx_fetch!(
        fetch_optional,
        tx,
        UserRow,
        "UPDATE users SET version = version WHERE id = $1 AND tenant_id = $2
         RETURNING id, name, email, enabled, password_hash <> '' AS has_password, created_at, last_sign_in_at, version",
        id.0,
        tenant.0,
    )?;
    Ok(row.map(StoredUser::from))
}

/// Keeps another name and e-mail address of a locked person. A taken address is a unique violation.
pub async fn update(tx: &mut Tx, id: UserId, name: &UserName, email: &Email) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET name = $2, name_key = $3, email = $4, email_key = $5, version = version + 1 WHERE id = $1",
        id.0,
        name.as_str(),
        fold(name.as_str()),
        email.as_str(),
        email.key(),
    )?;
    Ok(())
}

/// Lets a locked person sign in, or not.
pub async fn set_enabled(tx: &mut Tx, id: UserId, enabled: bool) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE users SET enabled = $2, version = version + 1 WHERE id = $1",
        id.0,
        enabled,
    )?;
    Ok(())
}

/// Counts a change of the roles of a person.
pub async fn next_version(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "UPDATE users SET version = version + 1 WHERE id = $1", id.0)?;
    Ok(())
}

/// Removes a locked person with their sessions. Their id is never used again.
pub async fn delete(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM users WHERE id = $1", id.0)?;
    Ok(())
}

/// How many people can administer the tenant now: they hold the role, are enabled and have a password. Right until the
/// change ends, if the tenant is locked.
pub async fn administrators(tx: &mut Tx, tenant: TenantId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx_fetch!(
        fetch_one,
        tx,
        (i64,),
        "SELECT CAST(COUNT(*) AS BIGINT)
         FROM users u JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id
         WHERE u.tenant_id = $1 AND r.tenant_id = $1 AND r.type_id = $2 AND u.enabled AND u.password_hash <> ''",
        tenant.0,
        RoleType::TenantAdministrator.id(),
    )?;
    Ok(count)
}

const ANY_ADMINISTRATOR: &str = "SELECT EXISTS (
        SELECT 1 FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE r.type_id = $1
    )";

/// Whether anybody in any tenant is an administrator.
pub async fn any_administrator(database: &Database) -> Result<bool, StoreError> {
    let administrator = RoleType::TenantAdministrator.id();
    let (any,) = fetch!(fetch_one, database, (bool,), ANY_ADMINISTRATOR, administrator)?;
    Ok(any)
}

/// The same within a change.
pub async fn any_administrator_in(tx: &mut Tx) -> Result<bool, StoreError> {
    let administrator = RoleType::TenantAdministrator.id();
    let (any,) = tx_fetch!(fetch_one, tx, (bool,), ANY_ADMINISTRATOR, administrator)?;
    Ok(any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{add_tenant, add_user, at, role_id, tenant_id, user_id};
    use crate::testing::{Engine, database};
    use rstest::rstest;

    async fn roles(database: &Database) -> Vec<(Uuid, Uuid)> {
        fetch!(
            fetch_all,
            database,
            (Uuid, Uuid),
            "SELECT user_id, role_id FROM user_roles ORDER BY user_id, role_id",
        )
        .unwrap()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_person_is_found_by_their_folded_address(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "Änne@Example.com", &[]).await.unwrap();

        let found = credentials(database, "änne@example.com").await.unwrap().unwrap();
        assert_eq!((found.id, found.tenant_id), (user_id(1), tenant_id(1)));
        assert_eq!(
            (found.name.as_str(), found.password_hash.as_deref()),
            ("Ana", Some("hash"))
        );
        assert!(found.enabled);
        assert!(credentials(database, "Änne@Example.com").await.unwrap().is_none());
        let mut tx = database.begin().await.unwrap();
        let same = credentials_in(&mut tx, user_id(1)).await.unwrap().unwrap();
        assert_eq!((same.id, same.password_hash), (found.id, found.password_hash));
        assert!(credentials_in(&mut tx, user_id(2)).await.unwrap().is_none());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_address_is_taken_in_every_tenant(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
        let error = add_user(database, 2, 2, "ANA@example.com", &[]).await.unwrap_err();
        assert!(error.is_unique_violation());
        // The id of the refused person is free again.
        add_user(database, 2, 2, "bo@example.com", &[]).await.unwrap();
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn roles_are_of_the_tenant(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        add_user(database, 1, 2, "ana@example.com", &[RoleType::TenantMember])
            .await
            .unwrap();

        let member = role_id(2, RoleType::TenantMember);
        let mut tx = database.begin().await.unwrap();
        assert!(give_role(&mut tx, user_id(1), member).await.unwrap(), "held already");
        let foreign = role_id(1, RoleType::TenantAdministrator);
        assert!(!give_role(&mut tx, user_id(1), foreign).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(roles(database).await, [(user_id(1).0, member.0)]);

        let mut tx = database.begin().await.unwrap();
        let error = give_built_in_role(&mut tx, user_id(1), tenant_id(3), RoleType::TenantViewer).await;
        assert!(matches!(error, Err(StoreError::Inconsistent(_))));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_administrator_holds_the_built_in_role(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[RoleType::TenantMember])
            .await
            .unwrap();
        assert!(!any_administrator(database).await.unwrap());

        let mut tx = database.begin().await.unwrap();
        give_built_in_role(&mut tx, user_id(1), tenant_id(1), RoleType::TenantAdministrator)
            .await
            .unwrap();
        assert!(any_administrator_in(&mut tx).await.unwrap());
        tx.commit().await.unwrap();
        assert!(any_administrator(database).await.unwrap());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_sign_in_counts_only_for_the_password_that_was_checked(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();

        let mut tx = database.begin().await.unwrap();
        assert!(
            note_sign_in(&mut tx, user_id(1), "hash", "stronger", at(5))
                .await
                .unwrap()
        );
        assert!(!note_sign_in(&mut tx, user_id(1), "hash", "hash", at(6)).await.unwrap());
        set_password(&mut tx, user_id(1), Some("new")).await.unwrap();
        assert!(
            !note_sign_in(&mut tx, user_id(1), "stronger", "stronger", at(7))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();

        let (hash, last): (String, DateTime<Utc>) = fetch!(
            fetch_one,
            database,
            (String, DateTime<Utc>),
            "SELECT password_hash, last_sign_in_at FROM users",
        )
        .unwrap();
        assert_eq!((hash.as_str(), last), ("new", at(5)));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn who_is_disabled_does_not_sign_in(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
        let mut tx = database.begin().await.unwrap();
        tx_execute!(&mut tx, "UPDATE users SET enabled = $1", false).unwrap();
        assert!(!note_sign_in(&mut tx, user_id(1), "hash", "hash", at(5)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(!credentials(database, "ana@example.com").await.unwrap().unwrap().enabled);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_locked_person_changes(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
        add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();
        let before = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
        assert_eq!(
            (before.status, before.version, before.created),
            (UserStatus::Enabled, 1, at(0))
        );

        let mut tx = database.begin().await.unwrap();
        assert_eq!(lock(&mut tx, tenant_id(1), user_id(1)).await.unwrap(), Some(before));
        assert_eq!(lock(&mut tx, tenant_id(2), user_id(1)).await.unwrap(), None);
        let (name, email) = (
            UserName::parse("Änne").unwrap(),
            Email::parse("Aenne@example.com").unwrap(),
        );
        update(&mut tx, user_id(1), &name, &email).await.unwrap();
        set_enabled(&mut tx, user_id(1), false).await.unwrap();
        next_version(&mut tx, user_id(1)).await.unwrap();
        tx.commit().await.unwrap();
        let after = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
        assert_eq!(
            (after.name.as_str(), after.email.as_str()),
            ("Änne", "Aenne@example.com")
        );
        assert_eq!((after.status, after.version), (UserStatus::Disabled, 4));
        assert!(credentials(database, "aenne@example.com").await.unwrap().is_some());

        let mut tx = database.begin().await.unwrap();
        let taken = Email::parse("AENNE@example.com").unwrap();
        let refused = update(&mut tx, user_id(2), &name, &taken).await.unwrap_err();
        assert!(refused.is_unique_violation());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn without_a_password_one_is_invited(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
        let mut tx = database.begin().await.unwrap();
        set_password(&mut tx, user_id(1), None).await.unwrap();
        tx.commit().await.unwrap();
        let found = credentials(database, "ana@example.com").await.unwrap().unwrap();
        assert_eq!(found.password_hash, None);
        let user = find(database, tenant_id(1), user_id(1)).await.unwrap().unwrap();
        assert_eq!(user.status, UserStatus::Invited);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn only_who_can_sign_in_counts_as_an_administrator(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        let administrator = [RoleType::TenantAdministrator];
        for (number, tenant) in [(1, 1), (2, 1), (3, 1), (4, 2)] {
            let email = format!("user{number}@example.com");
            add_user(database, number, tenant, &email, &administrator)
                .await
                .unwrap();
        }
        add_user(database, 5, 1, "member@example.com", &[RoleType::TenantMember])
            .await
            .unwrap();
        let mut tx = database.begin().await.unwrap();
        assert_eq!(administrators(&mut tx, tenant_id(1)).await.unwrap(), 3);
        set_enabled(&mut tx, user_id(1), false).await.unwrap();
        set_password(&mut tx, user_id(2), None).await.unwrap();
        assert_eq!(administrators(&mut tx, tenant_id(1)).await.unwrap(), 1);
        delete(&mut tx, user_id(3)).await.unwrap();
        assert_eq!(administrators(&mut tx, tenant_id(1)).await.unwrap(), 0);
        assert_eq!(administrators(&mut tx, tenant_id(2)).await.unwrap(), 1);
    }

    /// Puts one administrator in place, as the first setup does.
    async fn set_up(database: &Database, number: u8) -> bool {
        let mut tx = database.begin().await.unwrap();
        crate::installation::lock(&mut tx).await.unwrap();
        if any_administrator_in(&mut tx).await.unwrap() {
            return false;
        }
        let user = NewUser {
            id: user_id(number),
            tenant_id: tenant_id(1),
            email: &Email::parse(&format!("user{number}@example.com")).unwrap(),
            name: &UserName::parse("Ana").unwrap(),
            password_hash: Some("hash"),
            created_at: at(0),
        };
        insert(&mut tx, &user).await.unwrap();
        give_built_in_role(&mut tx, user.id, user.tenant_id, RoleType::TenantAdministrator)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        true
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test(flavor = "multi_thread")]
    async fn two_at_once_make_one_first_administrator(#[case] engine: Engine) {
        let test = database(engine).await;
        add_tenant(&test.database, 1, "Mill").await.unwrap();
        let tasks = [1, 2].map(|number| {
            let database = test.database.clone();
            tokio::spawn(async move { set_up(&database, number).await })
        });
        let mut made = 0;
        for task in tasks {
            made += u32::from(task.await.unwrap());
        }
        assert_eq!(made, 1);
        assert_eq!(roles(&test.database).await.len(), 1);
    }
}
