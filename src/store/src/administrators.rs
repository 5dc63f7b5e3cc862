//! Who can administer a tenant: people who hold Tenant Administrator, are enabled and have a password, and enabled clients
//! that hold it.

use domain::client::ClientId;
use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::{Database, StoreError, Tx};

/// How many can: $1 tenant, $2 type of the role.
macro_rules! count {
    ($more:literal) => {
        concat!(
            "SELECT CAST(COUNT(*) AS BIGINT)
             FROM users u JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id
             WHERE u.tenant_id = $1 AND r.tenant_id = $1 AND r.type_id = $2 AND u.enabled AND u.password_hash <> ''",
            $more
        )
    };
}

/// How many people can administer the tenant now. Right until the change ends, if the tenant is locked.
pub async fn count(tx: &mut Tx, tenant: TenantId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx_fetch!(
        fetch_one,
        tx,
        (i64,),
        count!(""),
        tenant.0,
        RoleType::TenantAdministrator.id(),
    )?;
    Ok(count)
}

/// Locks a person until the change ends, and answers whether they can administer the tenant. Whatever takes that from them
/// locks them too: it is seen here, or waits.
pub async fn lock(tx: &mut Tx, tenant: TenantId, user: UserId) -> Result<bool, StoreError> {
    // Not one statement: PostgreSQL would judge a person it had to wait for by the roles of before.
    tx_execute!(
        &mut *tx,
        "UPDATE users SET version = version WHERE id = $1 AND tenant_id = $2",
        user.0,
        tenant.0,
    )?;
    let (found,): (i64,) = tx_fetch!(
        fetch_one,
        tx,
        (i64,),
        count!(" AND u.id = $3"),
        tenant.0,
        RoleType::TenantAdministrator.id(),
        user.0,
    )?;
    Ok(found > 0)
}

/// The same for a client, which holds the role itself.
pub async fn lock_client(tx: &mut Tx, tenant: TenantId, client: ClientId) -> Result<bool, StoreError> {
    tx_execute!(
        &mut *tx,
        "UPDATE clients SET version = version WHERE id = $1 AND tenant_id = $2",
        client.0,
        tenant.0,
    )?;
    let (may,): (bool,) = tx_fetch!(
        fetch_one,
        tx,
        (bool,),
        "SELECT EXISTS (
            SELECT 1 FROM clients c JOIN client_roles cr ON cr.client_id = c.id JOIN roles r ON r.id = cr.role_id
            WHERE c.id = $1 AND c.tenant_id = $2 AND r.tenant_id = $2 AND r.type_id = $3 AND c.enabled
         )",
        client.0,
        tenant.0,
        RoleType::TenantAdministrator.id(),
    )?;
    Ok(may)
}

const ANY: &str = "SELECT EXISTS (
        SELECT 1 FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE r.type_id = $1
    )";

/// Whether anybody in any tenant is an administrator.
pub async fn any(database: &Database) -> Result<bool, StoreError> {
    let administrator = RoleType::TenantAdministrator.id();
    let (any,) = fetch!(fetch_one, database, (bool,), ANY, administrator)?;
    Ok(any)
}

/// The same within a change.
pub async fn any_in(tx: &mut Tx) -> Result<bool, StoreError> {
    let administrator = RoleType::TenantAdministrator.id();
    let (any,) = tx_fetch!(fetch_one, tx, (bool,), ANY, administrator)?;
    Ok(any)
}

#[cfg(test)]
mod tests {
    use domain::user::{Email, UserName};
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, at, role_id, tenant_id, user_id};
    use crate::testing::{Engine, database};
    use crate::users::NewUser;
    use crate::{installation, user_credentials, user_roles, users};

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
        assert!(!any(database).await.unwrap());

        let mut tx = database.begin().await.unwrap();
        user_roles::give_built_in(&mut tx, user_id(1), RoleType::TenantAdministrator)
            .await
            .unwrap();
        assert!(any_in(&mut tx).await.unwrap());
        tx.commit().await.unwrap();
        assert!(any(database).await.unwrap());
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
        assert_eq!(count(&mut tx, tenant_id(1)).await.unwrap(), 3);
        users::set_enabled(&mut tx, user_id(1), false).await.unwrap();
        user_credentials::set_password(&mut tx, user_id(2), None).await.unwrap();
        assert_eq!(count(&mut tx, tenant_id(1)).await.unwrap(), 1);
        users::delete(&mut tx, user_id(3)).await.unwrap();
        assert_eq!(count(&mut tx, tenant_id(1)).await.unwrap(), 0);
        assert_eq!(count(&mut tx, tenant_id(2)).await.unwrap(), 1);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_administrator_of_the_tenant_who_can_sign_in_may(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        let administrator = [RoleType::TenantMember, RoleType::TenantAdministrator];
        for number in 1..=4 {
            let email = format!("user{number}@example.com");
            add_user(database, number, 1, &email, &administrator).await.unwrap();
        }
        let contributor = [RoleType::TenantMember, RoleType::TenantContributor];
        add_user(database, 5, 1, "member@example.com", &contributor)
            .await
            .unwrap();

        let mut tx = database.begin().await.unwrap();
        users::set_enabled(&mut tx, user_id(2), false).await.unwrap();
        user_credentials::set_password(&mut tx, user_id(3), None).await.unwrap();
        let role = role_id(1, RoleType::TenantAdministrator);
        user_roles::take(&mut tx, user_id(4), role).await.unwrap();
        for (user, tenant, expected) in [
            (1, 1, true),
            (1, 2, false),
            (2, 1, false),
            (3, 1, false),
            (4, 1, false),
            (5, 1, false),
            (6, 1, false),
        ] {
            let may = lock(&mut tx, tenant_id(tenant), user_id(user)).await;
            assert_eq!(may.unwrap(), expected, "user {user} in tenant {tenant}");
        }
    }

    /// Puts one administrator in place, as the first setup does.
    async fn set_up(database: &Database, number: u8) -> bool {
        let mut tx = database.begin().await.unwrap();
        installation::lock(&mut tx).await.unwrap();
        if any_in(&mut tx).await.unwrap() {
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
        users::insert(&mut tx, &user).await.unwrap();
        user_roles::give_built_in(&mut tx, user.id, RoleType::TenantAdministrator)
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
        let mut tx = test.database.begin().await.unwrap();
        assert_eq!(count(&mut tx, tenant_id(1)).await.unwrap(), 1);
    }
}
