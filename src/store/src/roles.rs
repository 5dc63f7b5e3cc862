//! The roles of a tenant, and who holds them.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::list::{NameQuery, Sort};
use domain::paging::RowKey;
use domain::role::{Role, RoleId, RoleType};
use domain::role_form::RoleSettings;
use domain::tenant::TenantId;
use domain::text::fold;
use domain::user::UserId;
use domain::view::{self, Page};
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::paging::{List, Span, cut, number_of};
use crate::search::pattern;
use crate::{Database, StoreError, Tx};

/// A role with all that is kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRole {
    /// The role.
    pub role: Role,
    /// What it is for; may be empty.
    pub description: String,
    /// Counts its changes.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    id: Uuid,
    type_id: Option<Uuid>,
    name: String,
    description: String,
    version: i64,
}

impl TryFrom<StoredRow> for StoredRole {
    type Error = StoreError;

    fn try_from(row: StoredRow) -> Result<Self, StoreError> {
        let (id, type_id, name) = (row.id, row.type_id, row.name);
        Ok(Self {
            role: RoleRow { id, type_id, name }.try_into()?,
            description: row.description,
            version: row.version,
        })
    }
}

/// A role as both databases keep it.
#[derive(sqlx::FromRow)]
pub(crate) struct RoleRow {
    pub id: Uuid,
    pub type_id: Option<Uuid>,
    pub name: String,
}

impl TryFrom<RoleRow> for Role {
    type Error = StoreError;

    fn try_from(row: RoleRow) -> Result<Self, StoreError> {
        let role_type = row
            .type_id
            .map(|id| {
                RoleType::from_id(id).ok_or_else(|| StoreError::inconsistent("the type of a role", format!("{id}")))
            })
            .transpose()?;
        Ok(Self {
            id: RoleId(row.id),
            role_type,
            name: row.name,
        })
    }
}

/// Those of the tenant whose names hold the filter: $1 tenant, $2 pattern.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND ($2 IS NULL OR name_key LIKE $2 ESCAPE '\\')"
    };
}

pub(crate) const ASCENDING: &str = concat!(
    "SELECT id, type_id, name, description, version, name_key FROM roles WHERE ",
    matching!(),
    " AND name_key > $3 ORDER BY name_key ASC LIMIT $4 OFFSET $5"
);
pub(crate) const DESCENDING: &str = concat!(
    "SELECT id, type_id, name, description, version, name_key FROM roles WHERE ",
    matching!(),
    " AND name_key < $3 ORDER BY name_key DESC LIMIT $4 OFFSET $5"
);
pub(crate) const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM roles WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(flatten)]
    stored: StoredRow,
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
    let StoredRole { role, description, .. } = row.stored.try_into()?;
    let key = RowKey {
        name: row.name_key,
        id: role.id.0,
    };
    Ok((key, view::RoleRow { role, description }))
}

/// The role with this id, if the tenant has it.
pub async fn find(database: &Database, tenant: TenantId, id: RoleId) -> Result<Option<StoredRole>, StoreError> {
    let row: Option<StoredRow> = fetch!(
        fetch_optional,
        database,
        StoredRow,
        "SELECT id, type_id, name, description, version FROM roles WHERE id = $1 AND tenant_id = $2",
        id.0,
        tenant.0,
    )?;
    row.map(StoredRole::try_from).transpose()
}

/// The same within a change.
pub async fn find_in(tx: &mut Tx, tenant: TenantId, id: RoleId) -> Result<Option<StoredRole>, StoreError> {
    let row: Option<StoredRow> = tx_fetch!(
        fetch_optional,
        tx,
        StoredRow,
        "SELECT id, type_id, name, description, version FROM roles WHERE id = $1 AND tenant_id = $2",
        id.0,
        tenant.0,
    )?;
    row.map(StoredRole::try_from).transpose()
}

/// The tenant's built-in role of this type.
pub async fn built_in(tx: &mut Tx, tenant: TenantId, role_type: RoleType) -> Result<RoleId, StoreError> {
    let row: Option<(Uuid,)> = tx_fetch!(
        fetch_optional,
        tx,
        (Uuid,),
        "SELECT id FROM roles WHERE tenant_id = $1 AND type_id = $2",
        tenant.0,
        role_type.id(),
    )?;
    let id = row.ok_or_else(|| StoreError::inconsistent("the built-in roles of a tenant", role_type.name()))?;
    Ok(RoleId(id.0))
}

/// Keeps a custom role. A name that the tenant has is a unique violation.
pub async fn insert(tx: &mut Tx, tenant: TenantId, id: RoleId, settings: &RoleSettings) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO roles (id, tenant_id, name, name_key, description) VALUES ($1, $2, $3, $4, $5)",
        id.0,
        tenant.0,
        settings.name.as_str(),
        fold(settings.name.as_str()),
        settings.description.as_str(),
    )?;
    Ok(())
}

/// Keeps another name and description of a role. A name that the tenant has is a unique violation.
pub async fn update(tx: &mut Tx, id: RoleId, settings: &RoleSettings) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE roles SET name = $2, name_key = $3, description = $4, version = version + 1 WHERE id = $1",
        id.0,
        settings.name.as_str(),
        fold(settings.name.as_str()),
        settings.description.as_str(),
    )?;
    Ok(())
}

/// Removes a role. Its holders must have lost it: see [`role_holders::take_from_all`](crate::role_holders::take_from_all).
pub async fn delete(tx: &mut Tx, id: RoleId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM roles WHERE id = $1", id.0)?;
    Ok(())
}

/// Every role of the tenant, in order.
pub async fn list(database: &Database, tenant: TenantId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        RoleRow,
        "SELECT id, type_id, name FROM roles WHERE tenant_id = $1",
        tenant.0,
    )?;
    in_order(rows)
}

/// The roles of a client, in order.
pub async fn of_client(database: &Database, client: ClientId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        RoleRow,
        "SELECT roles.id, roles.type_id, roles.name
         FROM client_roles JOIN roles ON roles.id = client_roles.role_id
         WHERE client_roles.client_id = $1",
        client.0,
    )?;
    in_order(rows)
}

/// The roles of a person, in order.
pub async fn of_user(database: &Database, user: UserId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(
        fetch_all,
        database,
        RoleRow,
        "SELECT roles.id, roles.type_id, roles.name
         FROM user_roles JOIN roles ON roles.id = user_roles.role_id
         WHERE user_roles.user_id = $1",
        user.0,
    )?;
    in_order(rows)
}

/// Gives a role of the tenant to a client that doesn't hold it. Answers whether the tenant has such a role.
pub async fn give_to_client(tx: &mut Tx, client: ClientId, tenant: TenantId, role: RoleId) -> Result<bool, StoreError> {
    let given = tx_execute!(
        tx,
        "INSERT INTO client_roles (client_id, role_id)
         SELECT $1, id FROM roles WHERE id = $2 AND tenant_id = $3",
        client.0,
        role.0,
        tenant.0,
    )?;
    Ok(given == 1)
}

/// The roles of `rows` in the order in which people see them: built-in ones as [`RoleType::ALL`] has them, then the
/// others by name.
pub(crate) fn in_order(rows: impl IntoIterator<Item = RoleRow>) -> Result<Vec<Role>, StoreError> {
    let mut roles = rows
        .into_iter()
        .map(Role::try_from)
        .collect::<Result<Vec<_>, StoreError>>()?;
    roles.sort_by_cached_key(|role| {
        let rank = RoleType::ALL
            .iter()
            .position(|role_type| role.role_type == Some(*role_type));
        (rank.unwrap_or(RoleType::ALL.len()), fold(&role.name))
    });
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use domain::paging::{Paging, Start};
    use domain::role::{RoleDescription, RoleName};
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures::{self, uuid};
    use crate::testing::{Engine, database};

    fn names(roles: &[Role]) -> Vec<&str> {
        roles.iter().map(|role| role.name.as_str()).collect()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn built_in_roles_come_first_then_names(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        fixtures::tenant(database, 2).await;
        for (n, name) in [(100, "zebra"), (101, "MyData.Role"), (102, "Ångström")] {
            fixtures::role(database, tenant, n, name).await;
        }

        let roles = list(database, tenant).await.unwrap();
        assert_eq!(
            names(&roles),
            [
                "Tenant Member",
                "Tenant Administrator",
                "Tenant Contributor",
                "Tenant Data Steward",
                "Tenant Viewer",
                "MyData.Role",
                "zebra",
                "Ångström",
            ]
        );
        assert_eq!(roles[0].role_type, Some(RoleType::TenantMember));
        assert_eq!(roles[5].role_type, None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_client_gets_only_roles_of_its_tenant(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let other = fixtures::tenant(database, 2).await;
        let client = fixtures::client(database, tenant, 10, "Pump").await;
        let own = list(database, tenant).await.unwrap();
        let foreign = list(database, other).await.unwrap();

        let mut tx = database.begin().await.unwrap();
        for role in own.iter().rev().take(2) {
            assert!(give_to_client(&mut tx, client, tenant, role.id).await.unwrap());
        }
        assert!(!give_to_client(&mut tx, client, tenant, foreign[0].id).await.unwrap());
        assert!(
            !give_to_client(&mut tx, client, tenant, RoleId(uuid(999)))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();

        let held = of_client(database, client).await.unwrap();
        assert_eq!(names(&held), ["Tenant Data Steward", "Tenant Viewer"]);
    }

    fn settings(name: &str, description: &str) -> RoleSettings {
        RoleSettings {
            name: RoleName::parse(name).unwrap(),
            description: RoleDescription::parse(description).unwrap(),
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_custom_role_is_kept_changed_and_removed(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let other = fixtures::tenant(database, 2).await;
        let id = RoleId(uuid(100));

        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, tenant, id, &settings("MyData.Role", "Reads my data"))
            .await
            .unwrap();
        // Another tenant may have a role of that name.
        insert(&mut tx, other, RoleId(uuid(101)), &settings("mydata.role", ""))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let stored = find(database, tenant, id).await.unwrap().unwrap();
        assert_eq!(
            (stored.role.name.as_str(), stored.role.role_type),
            ("MyData.Role", None)
        );
        assert_eq!((stored.description.as_str(), stored.version), ("Reads my data", 1));
        assert_eq!(find(database, other, id).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        update(&mut tx, id, &settings("Éclair", "")).await.unwrap();
        let changed = find_in(&mut tx, tenant, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert_eq!((changed.role.name.as_str(), changed.version), ("Éclair", 2));

        let mut tx = database.begin().await.unwrap();
        delete(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(database, tenant, id).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn names_are_unique_in_their_tenant(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        fixtures::role(database, tenant, 100, "MyData.Role").await;
        for name in ["MYDATA.ROLE", "tenant member"] {
            let mut tx = database.begin().await.unwrap();
            let taken = insert(&mut tx, tenant, RoleId(uuid(101)), &settings(name, "")).await;
            assert!(taken.unwrap_err().is_unique_violation());
        }
    }

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

    #[test]
    fn an_unknown_type_is_an_inconsistency() {
        let row = RoleRow {
            id: uuid(1),
            type_id: Some(uuid(2)),
            name: "Tenant Ghost".to_owned(),
        };
        assert!(matches!(Role::try_from(row), Err(StoreError::Inconsistent(_))));
    }
}
