//! The roles of people.

use domain::role::{Role, RoleId, RoleType};
use domain::user::UserId;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::roles::{RoleRow, in_order};
use crate::{Database, StoreError, Tx};

const OF_USER: &str = "SELECT roles.id, roles.type_id, roles.name
     FROM user_roles JOIN roles ON roles.id = user_roles.role_id
     WHERE user_roles.user_id = $1";

/// The roles of a person, in order.
pub async fn of_user(database: &Database, user: UserId) -> Result<Vec<Role>, StoreError> {
    in_order(fetch!(fetch_all, database, RoleRow, OF_USER, user.0)?)
}

/// The same within a change.
pub async fn of_user_in(tx: &mut Tx, user: UserId) -> Result<Vec<Role>, StoreError> {
    in_order(tx_fetch!(fetch_all, tx, RoleRow, OF_USER, user.0)?)
}

/// Gives a person, $1, the roles of their tenant for which the condition holds.
macro_rules! give {
    ($condition:literal) => {
        concat!(
            "INSERT INTO user_roles (user_id, role_id)
             SELECT users.id, roles.id FROM users JOIN roles ON roles.tenant_id = users.tenant_id
             WHERE users.id = $1 AND ",
            $condition,
            " ON CONFLICT (user_id, role_id) DO UPDATE SET role_id = excluded.role_id"
        )
    };
}

/// Gives a person a role, which they may hold already. Answers whether their tenant has such a role.
pub async fn give(tx: &mut Tx, user: UserId, role: RoleId) -> Result<bool, StoreError> {
    let given = tx_execute!(tx, give!("roles.id = $2"), user.0, role.0)?;
    Ok(given == 1)
}

/// Gives a person the built-in role of this type in their tenant, which they may hold already.
pub async fn give_built_in(tx: &mut Tx, user: UserId, role: RoleType) -> Result<(), StoreError> {
    let given = tx_execute!(tx, give!("roles.type_id = $2"), user.0, role.id())?;
    if given == 1 {
        Ok(())
    } else {
        Err(StoreError::inconsistent(
            &format!("the tenant of user {user}"),
            format!("it has {given} roles of the type {}", role.name()),
        ))
    }
}

/// Takes a role from a person; answers whether they had it.
pub async fn take(tx: &mut Tx, user: UserId, role: RoleId) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM user_roles WHERE user_id = $1 AND role_id = $2",
        user.0,
        role.0,
    )?;
    Ok(taken == 1)
}

/// Takes every role from a locked person, before they get others.
pub async fn clear(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM user_roles WHERE user_id = $1", user.0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, role_id, user_id};
    use crate::testing::{Engine, database};

    async fn held(database: &Database) -> Vec<RoleId> {
        let roles = of_user(database, user_id(1)).await.unwrap();
        roles.into_iter().map(|role| role.id).collect()
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
        assert!(give(&mut tx, user_id(1), member).await.unwrap(), "held already");
        let foreign = role_id(1, RoleType::TenantAdministrator);
        assert!(!give(&mut tx, user_id(1), foreign).await.unwrap());
        let within = of_user_in(&mut tx, user_id(1)).await.unwrap();
        assert_eq!(within.iter().map(|role| role.id).collect::<Vec<_>>(), [member]);
        tx.commit().await.unwrap();
        assert_eq!(held(database).await, [member]);

        let mut tx = database.begin().await.unwrap();
        let error = give_built_in(&mut tx, user_id(2), RoleType::TenantViewer).await;
        assert!(matches!(error, Err(StoreError::Inconsistent(_))), "nobody has this id");
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn one_role_is_taken_or_all(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &RoleType::ALL)
            .await
            .unwrap();
        let viewer = role_id(1, RoleType::TenantViewer);
        let mut tx = database.begin().await.unwrap();
        assert!(take(&mut tx, user_id(1), viewer).await.unwrap());
        assert!(!take(&mut tx, user_id(1), viewer).await.unwrap());
        tx.commit().await.unwrap();
        let left = [
            RoleType::TenantMember,
            RoleType::TenantAdministrator,
            RoleType::TenantContributor,
            RoleType::TenantDataSteward,
        ];
        assert_eq!(held(database).await, left.map(|role| role_id(1, role)));

        let mut tx = database.begin().await.unwrap();
        clear(&mut tx, user_id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(database).await, []);
    }
}
