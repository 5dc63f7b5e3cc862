//! Clients as programs ask for them: by their ids, or those that match, some at a time.

use std::collections::HashMap;

use domain::client::{ClientId, ClientKind};
use domain::client_extras::Tag;
use domain::role::RoleId;
use domain::search::{Found, MAX_TAGS, Search};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use domain::view::{ClientView, SignInDetails};
use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use crate::client_list::counter::counter;
use crate::clients::kind_text;
use crate::database::{fetch, fetch_built, fetch_filtered, with_ids};
use crate::paging::number_of;
use crate::search::pattern;
use crate::{Database, StoreError, client_uris};

#[cfg(test)]
mod tests;

/// Those that match: $1 tenant, $2 kind, $3 pattern of the search key, $4 a role, $5 how many tags, $6 to $10 the tags.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND kind = $2
         AND ($3 IS NULL OR search_key LIKE $3 ESCAPE '\\')
         AND ($4 IS NULL OR EXISTS (SELECT 1 FROM client_roles WHERE client_id = clients.id AND role_id = $4))
         AND ($5 = 0 OR id IN (
            SELECT client_id FROM client_tags WHERE tenant_id = $1 AND tag IN ($6, $7, $8, $9, $10)
            GROUP BY client_id HAVING COUNT(*) = $5
         ))"
    };
}

/// The ids alone, which stand in the index.
pub(crate) const ALL: &str =
    "SELECT id FROM clients WHERE tenant_id = $1 AND kind = $2 ORDER BY search_key LIMIT $3 OFFSET $4";
/// The same from behind a key on, with the keys.
pub(crate) const BEHIND: &str = "SELECT id, search_key FROM clients
     WHERE tenant_id = $1 AND kind = $2 AND search_key > $3 ORDER BY search_key LIMIT $4";
pub(crate) const MATCHING: &str = concat!(
    "SELECT id FROM clients WHERE ",
    matching!(),
    " ORDER BY search_key LIMIT $11 OFFSET $12"
);
pub(crate) const MATCHING_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct ViewRow {
    id: Uuid,
    name: String,
    enabled: bool,
    token_lifetime: i32,
    allow_offline_access: bool,
    client_uri: String,
    logo_uri: String,
    allow_access_tokens_via_browser: bool,
    version: i64,
}

/// The tenant's clients of a kind that a program asks for, in the order of the list; only those with a role, if one is named.
pub async fn find(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    search: &Search,
    role: Option<RoleId>,
) -> Result<Found<ClientView>, StoreError> {
    if search.ids.is_empty() {
        return find_matching(database, tenant, kind, search, role).await;
    }
    let mut rows = read(database, tenant, kind, &search.ids).await?;
    if let Some(role) = role {
        rows.retain(|row| row.roles.contains(&role));
    }
    let there = places(&rows);
    let mut missing = search.ids.clone();
    missing.retain(|id| !there.contains_key(id));
    Ok(Found {
        total: rows.len() as u64,
        rows,
        missing,
    })
}

async fn find_matching(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    search: &Search,
    role: Option<RoleId>,
) -> Result<Found<ClientView>, StoreError> {
    let (limit, offset) = (i64::from(search.count), i64::from(search.skip));
    let pattern = pattern(&search.query);
    let (ids, total): (Vec<(Uuid,)>, i64) = if pattern.is_none() && role.is_none() && search.tags.is_empty() {
        let counter = counter(database, tenant, kind).await?;
        let ids = fetch!(
            fetch_all,
            database,
            (Uuid,),
            ALL,
            tenant.0,
            kind_text(kind),
            limit,
            offset
        )?;
        (ids, counter.map_or(0, |counter| counter.all))
    } else {
        let (role, (count, tags)) = (role.map(|role| role.0), slots(&search.tags));
        let ids = fetch_filtered!(
            fetch_all,
            database,
            (Uuid,),
            MATCHING,
            tenant.0,
            kind_text(kind),
            pattern.as_deref(),
            role,
            count,
            tags[0],
            tags[1],
            tags[2],
            tags[3],
            tags[4],
            limit,
            offset,
        )?;
        let (total,): (i64,) = fetch_filtered!(
            fetch_one,
            database,
            (i64,),
            MATCHING_COUNT,
            tenant.0,
            kind_text(kind),
            pattern.as_deref(),
            role,
            count,
            tags[0],
            tags[1],
            tags[2],
            tags[3],
            tags[4],
        )?;
        (ids, total)
    };
    let ids: Vec<Uuid> = ids.into_iter().map(|(id,)| id).collect();
    Ok(Found {
        rows: read(database, tenant, kind, &ids).await?,
        total: number_of(total)?,
        missing: Vec::new(),
    })
}

/// The tenant's clients of a kind that stand behind this key in the order of the list, at most `most` of them, and the key
/// behind which there may be others. Whatever is removed meanwhile, none of the others is left out.
pub async fn behind(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    key: &str,
    most: u32,
) -> Result<(Vec<ClientView>, Option<String>), StoreError> {
    let mut keys = fetch!(
        fetch_all,
        database,
        (Uuid, String),
        BEHIND,
        tenant.0,
        kind_text(kind),
        key,
        i64::from(most)
    )?;
    let ids: Vec<Uuid> = keys.iter().map(|(id, _)| *id).collect();
    let last = keys.pop().filter(|_| ids.len() == most as usize);
    let clients = read(database, tenant, kind, &ids).await?;
    Ok((clients, last.map(|(_, key)| key)))
}

/// How many different tags there are, and the tags in the places of the statement, of which the rest hold one of them again.
fn slots(tags: &[Tag]) -> (i64, [&str; MAX_TAGS]) {
    let mut tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    let places = std::array::from_fn(|n| tags.get(n).or(tags.first()).copied().unwrap_or_default());
    (i64::try_from(tags.len()).unwrap_or(i64::MAX), places)
}

/// A client, if the tenant has it and it is of this kind.
pub async fn view(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    id: ClientId,
) -> Result<Option<ClientView>, StoreError> {
    Ok(read(database, tenant, kind, &[id.0]).await?.pop())
}

/// What reads the clients of a tenant and kind with these ids, of which there is at least one. It is said in such a way that
/// SQLite goes by the ids: else it reads through all clients of the tenant and kind.
pub(crate) fn of_ids<DB>(tenant: TenantId, kind: ClientKind, ids: &[Uuid]) -> QueryBuilder<DB>
where
    DB: sqlx::Database,
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
    &'static str: Encode<'static, DB> + Type<DB>,
{
    let mut query = QueryBuilder::<DB>::new(
        "SELECT id, name, enabled, token_lifetime, allow_offline_access, client_uri, logo_uri,
            allow_access_tokens_via_browser, version
         FROM clients WHERE NOT (tenant_id <> ",
    );
    query
        .push_bind(tenant.0)
        .push(" OR kind <> ")
        .push_bind(kind_text(kind))
        .push(") AND id IN (");
    with_ids(query, ids, ") ORDER BY search_key")
}

/// Those of the tenant's clients of a kind that have these ids, in the order of the list.
async fn read(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    ids: &[Uuid],
) -> Result<Vec<ClientView>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = fetch_built!(database, ViewRow, of_ids(tenant, kind, ids))?;
    let mut views = rows
        .into_iter()
        .map(|row| view_of(kind, row))
        .collect::<Result<Vec<_>, StoreError>>()?;
    // What is read of a client that isn't among them is left alone.
    let places = places(&views);
    let tags = fetch_built!(
        database,
        (Uuid, String),
        with_ids(
            QueryBuilder::new("SELECT client_id, tag FROM client_tags WHERE client_id IN ("),
            ids,
            ") ORDER BY tag"
        )
    )?;
    for (client, tag) in tags {
        if let Some(place) = places.get(&client) {
            views[*place].tags.push(tag);
        }
    }
    if kind.has_roles() {
        let roles = fetch_built!(
            database,
            (Uuid, Uuid),
            with_ids(
                QueryBuilder::new("SELECT client_id, role_id FROM client_roles WHERE client_id IN ("),
                ids,
                ") ORDER BY role_id"
            )
        )?;
        for (client, role) in roles {
            if let Some(place) = places.get(&client) {
                views[*place].roles.push(RoleId(role));
            }
        }
    }
    if kind.signs_people_in() {
        let uris = fetch_built!(
            database,
            (Uuid, String, String),
            with_ids(
                QueryBuilder::new("SELECT client_id, purpose, uri FROM client_uris WHERE client_id IN ("),
                ids,
                ") ORDER BY ordinal"
            )
        )?;
        for (client, purpose, uri) in uris {
            if let Some(place) = places.get(&client) {
                client_uris::add(&mut views[*place].sign_in, &purpose, uri)?;
            }
        }
    }
    Ok(views)
}

/// Where each of them stands.
fn places(views: &[ClientView]) -> HashMap<Uuid, usize> {
    let ids = views.iter().map(|view| view.id.0);
    ids.zip(0..).collect()
}

/// A client without what stands in other tables.
fn view_of(kind: ClientKind, row: ViewRow) -> Result<ClientView, StoreError> {
    Ok(ClientView {
        id: ClientId(row.id),
        kind,
        name: row.name,
        enabled: row.enabled,
        token_lifetime: TokenLifetime::try_from(i64::from(row.token_lifetime))
            .map_err(|error| StoreError::inconsistent("the token lifetime of a client", error))?,
        tags: Vec::new(),
        roles: Vec::new(),
        sign_in: SignInDetails {
            allow_refresh_token: row.allow_offline_access,
            ..SignInDetails::default()
        },
        client_uri: row.client_uri,
        logo_uri: row.logo_uri,
        allow_access_tokens_via_browser: row.allow_access_tokens_via_browser,
        version: row.version,
    })
}
