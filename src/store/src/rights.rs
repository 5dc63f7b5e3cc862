//! Who may change things in a tenant.

use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;

use crate::database::{tx_execute, tx_fetch};
use crate::{StoreError, Tx};

/// Locks a person until the change ends, and answers whether they may change things in the tenant: they are enabled, have a
/// password and hold Tenant Administrator. Whatever takes that from them locks them too: it is seen here, or waits.
pub async fn lock_administrator(tx: &mut Tx, tenant: TenantId, user: UserId) -> Result<bool, StoreError> {
    // Not one statement: PostgreSQL would judge a person it had to wait for by the roles of before.
    tx_execute!(
        &mut *tx,
        "UPDATE users SET version = version WHERE id = $1 AND tenant_id = $2",
        user.0,
        tenant.0,
    )?;
    let (may,): (bool,) = tx_fetch!(
        fetch_one,
        tx,
        (bool,),
        "SELECT EXISTS (
            SELECT 1 FROM users u JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id
            WHERE u.id = $1 AND u.tenant_id = $2 AND u.enabled AND u.password_hash <> ''
                AND r.tenant_id = $2 AND r.type_id = $3
         )",
        user.0,
        tenant.0,
        RoleType::TenantAdministrator.id(),
    )?;
    Ok(may)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, role_id, tenant_id, user_id};
    use crate::testing::{Engine, database};
    use crate::{role_holders, users};

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
        users::set_password(&mut tx, user_id(3), None).await.unwrap();
        let role = role_id(1, RoleType::TenantAdministrator);
        role_holders::take_from_user(&mut tx, user_id(4), role).await.unwrap();
        for (user, tenant, expected) in [
            (1, 1, true),
            (1, 2, false),
            (2, 1, false),
            (3, 1, false),
            (4, 1, false),
            (5, 1, false),
            (6, 1, false),
        ] {
            let may = lock_administrator(&mut tx, tenant_id(tenant), user_id(user)).await;
            assert_eq!(may.unwrap(), expected, "user {user} in tenant {tenant}");
        }
    }
}
