//! The list of people: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Utc};
use domain::list::{NameQuery, Sort};
use domain::paging::RowKey;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::{Page, UserRow};
use uuid::Uuid;

use crate::database::fetch;
use crate::paging::{List, Span, cut, number_of};
use crate::roles::{self, RoleRow};
use crate::search::pattern;
use crate::users::status;
use crate::{Database, StoreError};

/// Those of the tenant whose name or e-mail address holds the filter: $1 tenant, $2 pattern.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND ($2 IS NULL OR name_key LIKE $2 ESCAPE '\\' OR email_key LIKE $2 ESCAPE '\\')"
    };
}
pub(crate) use matching;

/// Rows in one direction from a place on: one for each role of each person, and one for a person without roles. They are
/// cut as those of clients are.
macro_rules! rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT users.id, users.name, users.name_key, users.email, users.enabled, users.password_hash <> '' AS has_password,
                users.last_sign_in_at, roles.id AS role_id, roles.type_id AS role_type_id, roles.name AS role_name
             FROM (
                SELECT id FROM (
                    SELECT id, name_key FROM users WHERE ",
            matching!(),
            " AND (name_key, id) ",
            $than,
            " ($3, $4) ORDER BY name_key ",
            $direction,
            ", id ",
            $direction,
            " LIMIT 200 OFFSET $6) AS longest ORDER BY name_key ",
            $direction,
            ", id ",
            $direction,
            " LIMIT $5) AS page
             JOIN users ON users.id = page.id
             LEFT JOIN user_roles ON user_roles.user_id = page.id
             LEFT JOIN roles ON roles.id = user_roles.role_id
             ORDER BY users.name_key ",
            $direction,
            ", users.id ",
            $direction,
        )
    };
}

pub(crate) const ASCENDING: &str = rows!(">", "ASC");
pub(crate) const DESCENDING: &str = rows!("<", "DESC");
pub(crate) const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM users WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct PageRow {
    id: Uuid,
    name: String,
    name_key: String,
    email: String,
    enabled: bool,
    has_password: bool,
    last_sign_in_at: Option<DateTime<Utc>>,
    role_id: Option<Uuid>,
    role_type_id: Option<Uuid>,
    role_name: Option<String>,
}

/// The page that `query` asks for.
pub async fn page(
    database: &Database,
    tenant: TenantId,
    query: &NameQuery,
    now: DateTime<Utc>,
) -> Result<Page<UserRow>, StoreError> {
    let people = People {
        database,
        tenant,
        pattern: pattern(&query.filter),
    };
    cut(&people, &query.paging, query.sort, now).await
}

/// The people of a tenant that match.
struct People<'a> {
    database: &'a Database,
    tenant: TenantId,
    pattern: Option<String>,
}

impl List for People<'_> {
    type Row = UserRow;

    async fn read(&self, span: Span) -> Result<Vec<(RowKey, UserRow)>, StoreError> {
        let sql = match span.order {
            Sort::NameAscending => ASCENDING,
            Sort::NameDescending => DESCENDING,
        };
        let from = span.from();
        let rows: Vec<PageRow> = fetch!(
            fetch_all,
            self.database,
            PageRow,
            sql,
            self.tenant.0,
            self.pattern.as_deref(),
            &from.name,
            from.id,
            span.limit(),
            span.offset(),
        )?;
        rows.chunk_by(|a, b| a.id == b.id).map(user).collect()
    }

    async fn count(&self) -> Result<u64, StoreError> {
        let (count,): (i64,) = fetch!(
            fetch_one,
            self.database,
            (i64,),
            COUNT,
            self.tenant.0,
            self.pattern.as_deref()
        )?;
        number_of(count)
    }
}

/// A person with their place, from their rows, one for each role.
fn user(rows: &[PageRow]) -> Result<(RowKey, UserRow), StoreError> {
    let first = &rows[0];
    let roles = roles::in_order(rows.iter().filter_map(|row| {
        Some(RoleRow {
            id: row.role_id?,
            type_id: row.role_type_id,
            name: row.role_name.clone()?,
        })
    }))?;
    let key = RowKey {
        name: first.name_key.clone(),
        id: first.id,
    };
    let user = UserRow {
        id: UserId(first.id),
        name: first.name.clone(),
        email: first.email.clone(),
        roles: roles.into_iter().map(|role| role.name).collect(),
        status: status(first.enabled, first.has_password),
        last_sign_in: first.last_sign_in_at,
    };
    Ok((key, user))
}

#[cfg(test)]
mod tests {
    use domain::paging::Paging;
    use domain::role::RoleType;
    use domain::view::UserStatus;
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, at, tenant_id, user_id};
    use crate::testing::{Engine, database};
    use crate::{user_credentials, users};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn people_are_found_by_name_and_address(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        let roles = [RoleType::TenantAdministrator, RoleType::TenantMember];
        add_user(database, 1, 1, "ana@example.com", &roles).await.unwrap();
        add_user(database, 2, 1, "other@example.com", &[]).await.unwrap();
        add_user(database, 3, 2, "foreign@example.com", &[]).await.unwrap();
        let mut tx = database.begin().await.unwrap();
        user_credentials::note_sign_in(&mut tx, user_id(1), "hash", "hash", at(5))
            .await
            .unwrap();
        users::set_enabled(&mut tx, user_id(2), false).await.unwrap();
        tx.commit().await.unwrap();

        let list = async |filter: &str, sort| {
            let query = NameQuery {
                filter: filter.to_owned(),
                sort,
                paging: Paging::default(),
            };
            page(database, tenant_id(1), &query, at(9)).await.unwrap()
        };
        let all = list("", Sort::NameAscending).await;
        assert_eq!((all.total, all.before, all.now), (2, 0, at(9)));
        let ana = UserRow {
            id: user_id(1),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            roles: vec!["Tenant Member".to_owned(), "Tenant Administrator".to_owned()],
            status: UserStatus::Enabled,
            last_sign_in: Some(at(5)),
        };
        assert_eq!(all.rows[0], ana);
        assert_eq!((all.rows[1].id, all.rows[1].status), (user_id(2), UserStatus::Disabled));
        let turned = list("", Sort::NameDescending).await;
        assert_eq!(turned.rows[1].id, user_id(1));
        for (filter, count) in [("AN", 2), ("OTHER@", 1), ("foreign", 0), ("%", 0)] {
            assert_eq!(list(filter, Sort::NameAscending).await.total, count, "{filter}");
        }
    }
}
