//! People as programs ask for them: by their ids, or those that match, some at a time.

use domain::role::RoleId;
use domain::search::Search;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::user_extras::UserExtras;
use domain::view::UserView;
use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use crate::database::{fetch_built, fetch_filtered, with_ids};
use crate::paging::number_of;
use crate::roles::{self, RoleRow};
use crate::search::pattern;
use crate::{Database, StoreError};

#[cfg(test)]
mod tests;

/// What is read of a person: a [`Row`] for each of their roles, and one for a person without roles.
macro_rules! columns {
    () => {
        "SELECT users.id, users.name, users.email, users.version, users.given_name, users.surname, users.contact_email,
            users.contact_given_name, users.contact_surname, users.external_user_id, users.identity_provider_id,
            roles.id AS role_id, roles.type_id AS role_type_id, roles.name AS role_name
         FROM "
    };
}

macro_rules! with_roles {
    () => {
        " LEFT JOIN user_roles ON user_roles.user_id = users.id LEFT JOIN roles ON roles.id = user_roles.role_id"
    };
}

macro_rules! in_order {
    () => {
        " ORDER BY users.name_key, users.id"
    };
}

/// Those of the tenant whose name or id holds the pattern, and who have the role: $1 tenant, $2 pattern, $3 role.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND ($2 IS NULL OR search_key LIKE $2 ESCAPE '\\')
         AND ($3 IS NULL OR id IN (SELECT user_id FROM user_roles WHERE role_id = $3))"
    };
}

pub(crate) const PAGE: &str = concat!(
    columns!(),
    "(SELECT id FROM users WHERE ",
    matching!(),
    " ORDER BY name_key, id LIMIT $4 OFFSET $5) AS page JOIN users ON users.id = page.id",
    with_roles!(),
    in_order!()
);
pub(crate) const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM users WHERE ", matching!());
const OF_TENANT: &str = concat!(columns!(), "users", with_roles!(), " WHERE users.tenant_id = ");

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    version: i64,
    given_name: String,
    surname: String,
    contact_email: String,
    contact_given_name: String,
    contact_surname: String,
    external_user_id: String,
    identity_provider_id: String,
    role_id: Option<Uuid>,
    role_type_id: Option<Uuid>,
    role_name: Option<String>,
}

/// Those of the tenant who match and, if one is named, have the role, by name; and how many there are in all.
pub async fn matching(
    database: &Database,
    tenant: TenantId,
    search: &Search,
    role: Option<RoleId>,
) -> Result<(Vec<UserView>, u64), StoreError> {
    let (pattern, role) = (pattern(&search.query), role.map(|role| role.0));
    let (count,): (i64,) = fetch_filtered!(fetch_one, database, (i64,), COUNT, tenant.0, pattern.as_deref(), role)?;
    let rows: Vec<Row> = fetch_filtered!(
        fetch_all,
        database,
        Row,
        PAGE,
        tenant.0,
        pattern.as_deref(),
        role,
        i64::from(search.count),
        i64::from(search.skip),
    )?;
    Ok((people(&rows)?, number_of(count)?))
}

/// What reads the people of a tenant with these ids, of which there is at least one.
pub(crate) fn of_ids<DB>(tenant: TenantId, ids: &[Uuid]) -> QueryBuilder<DB>
where
    DB: sqlx::Database,
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::<DB>::new(OF_TENANT);
    query.push_bind(tenant.0).push(" AND users.id IN (");
    with_ids(query, ids, concat!(")", in_order!()))
}

/// Those of the tenant with these ids, by name.
pub async fn by_ids(database: &Database, tenant: TenantId, ids: &[Uuid]) -> Result<Vec<UserView>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    people(&fetch_built!(database, Row, of_ids(tenant, ids))?)
}

/// The people of these rows, one for each role.
fn people(rows: &[Row]) -> Result<Vec<UserView>, StoreError> {
    rows.chunk_by(|a, b| a.id == b.id).map(person).collect()
}

fn person(rows: &[Row]) -> Result<UserView, StoreError> {
    let first = &rows[0];
    let roles = roles::in_order(rows.iter().filter_map(|row| {
        Some(RoleRow {
            id: row.role_id?,
            type_id: row.role_type_id,
            name: row.role_name.clone()?,
        })
    }))?;
    Ok(UserView {
        id: UserId(first.id),
        name: first.name.clone(),
        email: first.email.clone(),
        extras: UserExtras {
            given_name: first.given_name.clone(),
            surname: first.surname.clone(),
            contact_email: first.contact_email.clone(),
            contact_given_name: first.contact_given_name.clone(),
            contact_surname: first.contact_surname.clone(),
            external_user_id: first.external_user_id.clone(),
            identity_provider_id: first.identity_provider_id.clone(),
        },
        roles: roles.into_iter().map(|role| role.id).collect(),
        version: first.version,
    })
}
