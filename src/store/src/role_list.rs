//! The list of roles: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Utc};
use domain::list::{NameQuery, Sort};
use domain::paging::RowKey;
use domain::tenant::TenantId;
use domain::view::{self, Page};

use crate::database::fetch;
use crate::paging::{List, Span, cut, number_of};
use crate::roles::StoredRow;
use crate::search::pattern;
use crate::{Database, StoreError};

/// Those of the tenant whose names hold the filter: $1 tenant, $2 pattern.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND ($2 IS NULL OR name_key LIKE $2 ESCAPE '\\')"
    };
}

/// Rows in one direction from a place on.
macro_rules! rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT id, type_id, name, description, version, name_key FROM roles WHERE ",
            matching!(),
            " AND name_key ",
            $than,
            " $3 ORDER BY name_key ",
            $direction,
            " LIMIT $4 OFFSET $5"
        )
    };
}

pub(crate) const ASCENDING: &str = rows!(">", "ASC");
pub(crate) const DESCENDING: &str = rows!("<", "DESC");
pub(crate) const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM roles WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(flatten)]
    role: StoredRow,
    name_key: String,
}

/// The page of the tenant's roles that `query` asks for.
pub async fn page(
    database: &Database,
    tenant: TenantId,
    query: &NameQuery,
    now: DateTime<Utc>,
) -> Result<Page<view::RoleRow>, StoreError> {
    let roles = Roles {
        database,
        tenant,
        pattern: pattern(&query.filter),
    };
    cut(&roles, &query.paging, query.sort, now).await
}

/// The roles of a tenant that match.
struct Roles<'a> {
    database: &'a Database,
    tenant: TenantId,
    pattern: Option<String>,
}

impl List for Roles<'_> {
    type Row = view::RoleRow;

    async fn read(&self, span: Span) -> Result<Vec<(RowKey, view::RoleRow)>, StoreError> {
        let sql = match span.order {
            Sort::NameAscending => ASCENDING,
            Sort::NameDescending => DESCENDING,
        };
        let rows: Vec<ListRow> = fetch!(
            fetch_all,
            self.database,
            ListRow,
            sql,
            self.tenant.0,
            self.pattern.as_deref(),
            &span.from().name,
            span.limit(),
            span.offset(),
        )?;
        rows.into_iter().map(listed).collect()
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

/// A role of the list with its place.
fn listed(row: ListRow) -> Result<(RowKey, view::RoleRow), StoreError> {
    let listed = view::RoleRow::try_from(row.role)?;
    let key = RowKey {
        name: row.name_key,
        id: listed.role.id.0,
    };
    Ok((key, listed))
}

#[cfg(test)]
mod tests {
    use domain::paging::{Paging, Start};
    use domain::role::RoleType;
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures;
    use crate::testing::{Engine, database};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_page_of_roles_is_found_by_name(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        fixtures::tenant(database, 2).await;
        for n in 0..26 {
            fixtures::role(database, tenant, 100 + n, &format!("Custom {n:02}")).await;
        }
        let now = fixtures::now();
        let list = async |filter: &str, sort, page| {
            let query = NameQuery {
                filter: filter.to_owned(),
                sort,
                paging: Paging {
                    page,
                    per_page: 25,
                    start: Start::Number,
                },
            };
            let page = super::page(database, tenant, &query, now).await.unwrap();
            let number = page.number(25);
            let names: Vec<String> = page.rows.into_iter().map(|row| row.role.name).collect();
            (names, page.total, number)
        };
        let (names, total, page) = list("", Sort::NameAscending, 9).await;
        assert_eq!((total, page), (31, 2));
        assert_eq!(names[0], "Custom 25");
        let mut built_in = RoleType::ALL.map(RoleType::name);
        built_in.sort_unstable();
        assert_eq!(names[1..], built_in);
        let (names, total, _) = list("CUSTOM 1", Sort::NameDescending, 1).await;
        assert_eq!((names[0].as_str(), total), ("Custom 19", 10));
        assert_eq!(list("%", Sort::NameAscending, 1).await.1, 0);
    }
}
