//! The list of clients: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Duration, Utc};
use domain::client::{ClientId, ClientKind};
use domain::list::{ClientQuery, EXPIRING_SOON_DAYS, PAGE_SIZES, Sort, StatusFilter};
use domain::secret::SecretExpiry;
use domain::tenant::TenantId;
use domain::view::{ClientPage, ClientRow};
use uuid::Uuid;

use crate::clients::kind_text;
use crate::database::fetch;
use crate::roles::{self, RoleRow};
use crate::{Database, StoreError};

#[cfg(test)]
mod tests;

/// More characters than any search key has: a folded name of 128 characters, a line break and an id.
const LONGEST_NEEDLE: usize = 512;

/// All clients of a kind: $1 tenant, $2 kind. It has a text of its own: as a filter that lets everything
/// through it would get the plan that PostgreSQL keeps for filters.
macro_rules! all {
    () => {
        "tenant_id = $1 AND kind = $2"
    };
}

/// Those that match a filter: $3 pattern of the search key, $4 value of the status filter, $5 and $6 the instants after and
/// up to which a secret of theirs ends. The `IN` is worked out once, an `EXISTS` would be for each client.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND kind = $2
         AND ($3 IS NULL OR search_key LIKE $3 ESCAPE '\\')
         AND ($4 = ''
            OR ($4 = 'enabled' AND enabled)
            OR ($4 = 'disabled' AND NOT enabled)
            OR ($4 = 'unused' AND last_used_at IS NULL)
            OR ($4 IN ('expiring', 'expired') AND id IN (
                SELECT client_secrets.client_id
                FROM clients AS holders JOIN client_secrets ON client_secrets.client_id = holders.id
                WHERE holders.tenant_id = $1 AND holders.kind = $2
                    AND client_secrets.expires_at > $5 AND client_secrets.expires_at <= $6)))"
    };
}

/// One page in one direction: a row for each role of each client, and one for a client without roles. The page is cut by
/// id first: the index on names alone leads to a far page.
macro_rules! page {
    ($condition:expr, $limit:literal, $direction:literal) => {
        concat!(
            "SELECT clients.id, clients.name, clients.enabled, clients.last_used_at,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM client_secrets WHERE client_id = clients.id) AS secrets,
                (SELECT MIN(expires_at) FROM client_secrets WHERE client_id = clients.id) AS soonest_expiry,
                roles.id AS role_id, roles.type_id AS role_type_id, roles.name AS role_name
             FROM (
                SELECT id FROM clients WHERE ",
            $condition,
            " ORDER BY name_key ",
            $direction,
            ", id ",
            $direction,
            $limit,
            ") AS page
             JOIN clients ON clients.id = page.id
             LEFT JOIN client_roles ON client_roles.client_id = page.id
             LEFT JOIN roles ON roles.id = client_roles.role_id
             ORDER BY clients.name_key ",
            $direction,
            ", clients.id ",
            $direction,
        )
    };
}

const ALL_ASCENDING: &str = page!(all!(), " LIMIT $3 OFFSET $4", "ASC");
const ALL_DESCENDING: &str = page!(all!(), " LIMIT $3 OFFSET $4", "DESC");
const MATCHING_ASCENDING: &str = page!(matching!(), " LIMIT $7 OFFSET $8", "ASC");
const MATCHING_DESCENDING: &str = page!(matching!(), " LIMIT $7 OFFSET $8", "DESC");
const MATCHING_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct PageRow {
    id: Uuid,
    name: String,
    enabled: bool,
    last_used_at: Option<DateTime<Utc>>,
    secrets: i64,
    soonest_expiry: Option<DateTime<Utc>>,
    role_id: Option<Uuid>,
    role_type_id: Option<Uuid>,
    role_name: Option<String>,
}

/// The binds of [`matching!`] that come from the query.
struct Needle {
    pattern: Option<String>,
    status: &'static str,
    ends_after: DateTime<Utc>,
    ends_until: DateTime<Utc>,
}

impl Needle {
    /// What the query looks for; `None` when every client matches.
    fn new(query: &ClientQuery, now: DateTime<Utc>) -> Option<Self> {
        let pattern = pattern(&query.filter_key());
        if pattern.is_none() && query.status == StatusFilter::All {
            return None;
        }
        let (ends_after, ends_until) = match query.status {
            StatusFilter::ExpiringSoon => (now, now + Duration::days(EXPIRING_SOON_DAYS)),
            // No secret ended before this.
            _ => (DateTime::UNIX_EPOCH, now),
        };
        Some(Self {
            pattern,
            status: query.status.value(),
            ends_after,
            ends_until,
        })
    }
}

/// The page that `query` asks for; the last one when there are fewer. `None` when there is no such tenant.
pub async fn page(
    database: &Database,
    tenant: TenantId,
    query: &ClientQuery,
    now: DateTime<Utc>,
) -> Result<Option<ClientPage>, StoreError> {
    let Some(all) = counter(database, tenant, query.kind).await? else {
        return Ok(None);
    };
    let needle = Needle::new(query, now);
    let total = match &needle {
        None => all,
        Some(needle) => count(database, tenant, query.kind, needle).await?,
    };
    let total = u64::try_from(total).map_err(|error| StoreError::inconsistent("the number of clients", error))?;

    let size = if PAGE_SIZES.contains(&query.per_page) {
        query.per_page
    } else {
        ClientQuery::default().per_page
    };
    let pages = u32::try_from(total.div_ceil(u64::from(size))).unwrap_or(u32::MAX);
    let number = query.page.min(pages).max(1);
    let (limit, offset) = (i64::from(size), i64::from(size) * i64::from(number - 1));
    let rows = match &needle {
        None => all_rows(database, tenant, query, limit, offset).await?,
        Some(needle) => matching_rows(database, tenant, query, needle, limit, offset).await?,
    };
    Ok(Some(ClientPage {
        rows: rows
            .chunk_by(|a, b| a.id == b.id)
            .map(client)
            .collect::<Result<_, _>>()?,
        total,
        page: number,
        now,
    }))
}

/// How many clients of this kind the tenant has: the counter that is kept with them, since counting them takes long.
async fn counter(database: &Database, tenant: TenantId, kind: ClientKind) -> Result<Option<i64>, StoreError> {
    let counters: Option<(i64, i64, i64)> = fetch!(
        fetch_optional,
        database,
        (i64, i64, i64),
        "SELECT client_credentials_clients, authorization_code_clients, hybrid_clients FROM tenants WHERE id = $1",
        tenant.0,
    )?;
    Ok(
        counters.map(|(client_credentials, authorization_code, hybrid)| match kind {
            ClientKind::ClientCredentials => client_credentials,
            ClientKind::AuthorizationCode => authorization_code,
            ClientKind::Hybrid => hybrid,
        }),
    )
}

/// How many clients match `needle`.
async fn count(database: &Database, tenant: TenantId, kind: ClientKind, needle: &Needle) -> Result<i64, StoreError> {
    let (count,): (i64,) = fetch!(
        fetch_one,
        database,
        (i64,),
        MATCHING_COUNT,
        tenant.0,
        kind_text(kind),
        needle.pattern.as_deref(),
        needle.status,
        needle.ends_after,
        needle.ends_until,
    )?;
    Ok(count)
}

async fn all_rows(
    database: &Database,
    tenant: TenantId,
    query: &ClientQuery,
    limit: i64,
    offset: i64,
) -> Result<Vec<PageRow>, StoreError> {
    let sql = match query.sort {
        Sort::NameAscending => ALL_ASCENDING,
        Sort::NameDescending => ALL_DESCENDING,
    };
    let rows = fetch!(
        fetch_all,
        database,
        PageRow,
        sql,
        tenant.0,
        kind_text(query.kind),
        limit,
        offset
    )?;
    Ok(rows)
}

async fn matching_rows(
    database: &Database,
    tenant: TenantId,
    query: &ClientQuery,
    needle: &Needle,
    limit: i64,
    offset: i64,
) -> Result<Vec<PageRow>, StoreError> {
    let sql = match query.sort {
        Sort::NameAscending => MATCHING_ASCENDING,
        Sort::NameDescending => MATCHING_DESCENDING,
    };
    let rows = fetch!(
        fetch_all,
        database,
        PageRow,
        sql,
        tenant.0,
        kind_text(query.kind),
        needle.pattern.as_deref(),
        needle.status,
        needle.ends_after,
        needle.ends_until,
        limit,
        offset,
    )?;
    Ok(rows)
}

/// A client from its rows, one for each role.
fn client(rows: &[PageRow]) -> Result<ClientRow, StoreError> {
    let first = &rows[0];
    let roles = roles::in_order(rows.iter().filter_map(|row| {
        Some(RoleRow {
            id: row.role_id?,
            type_id: row.role_type_id,
            name: row.role_name.clone()?,
        })
    }))?;
    Ok(ClientRow {
        id: ClientId(first.id),
        name: first.name.clone(),
        enabled: first.enabled,
        roles: roles.into_iter().map(|role| role.name).collect(),
        secrets: u32::try_from(first.secrets)
            .map_err(|error| StoreError::inconsistent("the number of secrets", error))?,
        soonest_expiry: (first.secrets > 0).then(|| SecretExpiry::from(first.soonest_expiry)),
        last_used: first.last_used_at,
    })
}

/// The `LIKE` pattern for texts that hold `needle`; `None` when it is empty. A needle longer than any search key matches
/// nothing, and so does its beginning: SQLite refuses very long patterns. No name holds a control character, and PostgreSQL
/// refuses U+0000.
fn pattern(needle: &str) -> Option<String> {
    if needle.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for character in needle.chars().take(LONGEST_NEEDLE) {
        match character {
            '%' | '_' | '\\' => pattern.extend(['\\', character]),
            '\0' => pattern.push('\u{1}'),
            _ => pattern.push(character),
        }
    }
    pattern.push('%');
    Some(pattern)
}
