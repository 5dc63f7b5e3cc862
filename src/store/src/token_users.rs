//! What of a person stands in the tokens of an application.

use domain::role::Role;
use domain::user::UserId;
use uuid::Uuid;

use crate::database::fetch;
use crate::roles::{RoleRow, in_order};
use crate::{Database, StoreError};

/// An enabled person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUser {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their roles, in order.
    pub roles: Vec<Role>,
}

/// One role, or none, with the person's own values.
#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    email: String,
    role_id: Option<Uuid>,
    type_id: Option<Uuid>,
    role_name: Option<String>,
}

/// Reads a person in one statement, so that all of it is of one moment. `None` when there is none who may sign in.
pub async fn read(database: &Database, id: UserId) -> Result<Option<TokenUser>, StoreError> {
    let rows: Vec<Row> = fetch!(
        fetch_all,
        database,
        Row,
        "SELECT u.name, u.email, r.id AS role_id, r.type_id, r.name AS role_name
         FROM users u LEFT JOIN user_roles ur ON ur.user_id = u.id LEFT JOIN roles r ON r.id = ur.role_id
         WHERE u.id = $1 AND u.enabled",
        id.0,
    )?;
    let Some((name, email)) = rows.first().map(|row| (row.name.clone(), row.email.clone())) else {
        return Ok(None);
    };
    let roles = rows.into_iter().filter_map(|row| {
        Some(RoleRow {
            id: row.role_id?,
            type_id: row.type_id,
            name: row.role_name?,
        })
    });
    Ok(Some(TokenUser {
        name,
        email,
        roles: in_order(roles)?,
    }))
}

#[cfg(test)]
mod tests {
    use domain::role::RoleType;
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, user_id};
    use crate::testing::{Engine, database, disable};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn reads_an_enabled_person_with_their_roles(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        let roles = [RoleType::TenantViewer, RoleType::TenantMember];
        add_user(database, 1, 1, "ana@example.com", &roles).await.unwrap();
        add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();

        let ana = read(database, user_id(1)).await.unwrap().unwrap();
        assert_eq!((ana.name.as_str(), ana.email.as_str()), ("Ana", "ana@example.com"));
        let names: Vec<&str> = ana.roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["Tenant Member", "Tenant Viewer"]);
        let bo = read(database, user_id(2)).await.unwrap().unwrap();
        assert!(bo.roles.is_empty());
        disable(database, user_id(2).0).await;
        assert_eq!(read(database, user_id(2)).await.unwrap(), None);
        assert_eq!(read(database, user_id(3)).await.unwrap(), None);
    }
}
