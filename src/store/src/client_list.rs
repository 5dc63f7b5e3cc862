//! The list of clients: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Duration, Utc};
use domain::client::{ClientId, ClientKind};
use domain::list::{ClientQuery, EXPIRING_SOON_DAYS, Sort, StatusFilter};
use domain::paging::RowKey;
use domain::secret::SecretExpiry;
use domain::tenant::TenantId;
use domain::view::{ClientRow, Page};
use uuid::Uuid;

use crate::clients::kind_text;
use crate::database::{fetch, fetch_filtered};
use crate::paging::{List, Span, cut, number_of};
use crate::roles::{self, RoleRow};
use crate::search::pattern;
use crate::{Database, StoreError};

pub(crate) mod counter;
mod totals;

use counter::{Counter, counter};
use totals::Filtered;
pub use totals::Totals;

#[cfg(test)]
mod tests;

/// All clients of a kind: $1 tenant, $2 kind. It has a text of its own: as a filter that lets everything
/// through it would get the plan that PostgreSQL keeps for filters.
macro_rules! all {
    () => {
        "tenant_id = $1 AND kind = $2"
    };
}

/// Those that match: $3 pattern of the search key, $4 whether they are enabled, $5 whether only those never used.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND kind = $2
         AND ($3 IS NULL OR search_key LIKE $3 ESCAPE '\\')
         AND ($4 IS NULL OR enabled = $4)
         AND (NOT $5 OR last_used_at IS NULL)"
    };
}

/// A secret of theirs that ends after $3 and not after $4.
macro_rules! end {
    () => {
        "FROM client_secrets WHERE tenant_id = $1 AND kind = $2 AND expires_at > $3 AND expires_at <= $4"
    };
}

/// Those with such a secret that match: $5 pattern of the search key. Few secrets end, so the databases begin with them.
macro_rules! ending {
    () => {
        concat!(
            "tenant_id = $1 AND kind = $2
             AND ($5 IS NULL OR search_key LIKE $5 ESCAPE '\\')
             AND id IN (SELECT client_id ",
            end!(),
            ")"
        )
    };
}

/// Rows in one direction from a place on: one for each role or redirect URI of each client, and one for a client without
/// any. No kind of client has both. They are cut first, in the index alone, which holds all that the order and most filters
/// read; and first to the longest page there is, because PostgreSQL takes a limit that it doesn't know for a tenth of the
/// table.
macro_rules! rows {
    ($condition:expr, $from:literal, $limit:literal, $offset:literal, $direction:literal) => {
        concat!(
            "SELECT clients.id, clients.name, clients.search_key, clients.enabled, clients.last_used_at,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM client_secrets WHERE client_id = clients.id) AS secrets,
                (SELECT MIN(expires_at) FROM client_secrets WHERE client_id = clients.id) AS soonest_expiry,
                roles.id AS role_id, roles.type_id AS role_type_id, roles.name AS role_name,
                client_uris.uri AS redirect_uri
             FROM (
                SELECT id FROM (
                    SELECT id, search_key FROM clients WHERE ",
            $condition,
            " AND search_key ",
            $from,
            " ORDER BY search_key ",
            $direction,
            " LIMIT 200 OFFSET ",
            $offset,
            ") AS longest ORDER BY search_key ",
            $direction,
            " LIMIT ",
            $limit,
            ") AS page
             JOIN clients ON clients.id = page.id
             LEFT JOIN client_roles ON client_roles.client_id = page.id
             LEFT JOIN roles ON roles.id = client_roles.role_id
             LEFT JOIN client_uris ON client_uris.client_id = page.id AND client_uris.purpose = 'redirect'
             ORDER BY clients.search_key ",
            $direction,
            ", client_uris.ordinal"
        )
    };
}

pub(crate) const ALL_ASCENDING: &str = rows!(all!(), "> $3", "$4", "$5", "ASC");
pub(crate) const ALL_DESCENDING: &str = rows!(all!(), "< $3", "$4", "$5", "DESC");
pub(crate) const MATCHING_ASCENDING: &str = rows!(matching!(), "> $6", "$7", "$8", "ASC");
pub(crate) const MATCHING_DESCENDING: &str = rows!(matching!(), "< $6", "$7", "$8", "DESC");
pub(crate) const ENDING_ASCENDING: &str = rows!(ending!(), "> $6", "$7", "$8", "ASC");
pub(crate) const ENDING_DESCENDING: &str = rows!(ending!(), "< $6", "$7", "$8", "DESC");
pub(crate) const MATCHING_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", matching!());
pub(crate) const ENDING_COUNT: &str = concat!("SELECT CAST(COUNT(DISTINCT client_id) AS BIGINT) ", end!());
pub(crate) const ENDING_MATCHING_COUNT: &str =
    concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", ending!());

#[derive(sqlx::FromRow)]
struct PageRow {
    id: Uuid,
    name: String,
    search_key: String,
    enabled: bool,
    last_used_at: Option<DateTime<Utc>>,
    secrets: i64,
    soonest_expiry: Option<DateTime<Utc>>,
    role_id: Option<Uuid>,
    role_type_id: Option<Uuid>,
    role_name: Option<String>,
    redirect_uri: Option<String>,
}

/// Which clients of a kind are listed.
enum Needle {
    /// The binds of [`matching!`].
    Matching {
        pattern: Option<String>,
        enabled: Option<bool>,
        never_used: bool,
    },
    /// The binds of [`ending!`].
    Ending {
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        pattern: Option<String>,
    },
}

impl Needle {
    /// What the query looks for; `None` when every client matches.
    fn new(query: &ClientQuery, now: DateTime<Utc>) -> Option<Self> {
        let pattern = pattern(&query.filter);
        let (enabled, never_used) = match query.status {
            StatusFilter::All if pattern.is_none() => return None,
            StatusFilter::All => (None, false),
            StatusFilter::Enabled => (Some(true), false),
            StatusFilter::Disabled => (Some(false), false),
            StatusFilter::NeverUsed => (None, true),
            StatusFilter::ExpiringSoon => {
                return Some(Self::Ending {
                    after: now,
                    until: now + Duration::days(EXPIRING_SOON_DAYS),
                    pattern,
                });
            }
            StatusFilter::ExpiredSecret => {
                return Some(Self::Ending {
                    // No secret ended before that.
                    after: DateTime::UNIX_EPOCH,
                    until: now,
                    pattern,
                });
            }
        };
        Some(Self::Matching {
            pattern,
            enabled,
            never_used,
        })
    }
}

/// The page that `query` asks for. `None` when there is no such tenant.
pub async fn page(
    database: &Database,
    totals: &Totals,
    tenant: TenantId,
    query: &ClientQuery,
    now: DateTime<Utc>,
) -> Result<Option<Page<ClientRow>>, StoreError> {
    let Some(counter) = counter(database, tenant, query.kind).await? else {
        return Ok(None);
    };
    let clients = Clients {
        database,
        totals,
        tenant,
        kind: query.kind,
        needle: Needle::new(query, now),
        counter,
    };
    Ok(Some(cut(&clients, &query.paging, query.sort, now).await?))
}

/// The clients of a kind, or those of them that match.
struct Clients<'a> {
    database: &'a Database,
    totals: &'a Totals,
    tenant: TenantId,
    kind: ClientKind,
    needle: Option<Needle>,
    counter: Counter,
}

impl List for Clients<'_> {
    type Row = ClientRow;

    async fn read(&self, span: Span) -> Result<Vec<(RowKey, ClientRow)>, StoreError> {
        let (kind, from) = (kind_text(self.kind), span.from().to_string());
        let in_order = |ascending: &'static str, descending: &'static str| match span.order {
            Sort::NameAscending => ascending,
            Sort::NameDescending => descending,
        };
        let rows: Vec<PageRow> = match &self.needle {
            None => fetch!(
                fetch_all,
                self.database,
                PageRow,
                in_order(ALL_ASCENDING, ALL_DESCENDING),
                self.tenant.0,
                kind,
                &from,
                span.limit(),
                span.offset(),
            )?,
            Some(Needle::Matching {
                pattern,
                enabled,
                never_used,
            }) => fetch_filtered!(
                fetch_all,
                self.database,
                PageRow,
                in_order(MATCHING_ASCENDING, MATCHING_DESCENDING),
                self.tenant.0,
                kind,
                pattern.as_deref(),
                enabled,
                never_used,
                &from,
                span.limit(),
                span.offset(),
            )?,
            Some(Needle::Ending { after, until, pattern }) => fetch_filtered!(
                fetch_all,
                self.database,
                PageRow,
                in_order(ENDING_ASCENDING, ENDING_DESCENDING),
                self.tenant.0,
                kind,
                after,
                until,
                pattern.as_deref(),
                &from,
                span.limit(),
                span.offset(),
            )?,
        };
        rows.chunk_by(|a, b| a.id == b.id).map(client).collect()
    }

    async fn count(&self) -> Result<u64, StoreError> {
        match &self.needle {
            None => number_of(self.counter.all),
            // A use is no change of the tenant, and the time passes without one.
            Some(needle @ (Needle::Matching { never_used: true, .. } | Needle::Ending { .. })) => {
                self.count_those(needle).await
            }
            Some(
                needle @ Needle::Matching {
                    pattern,
                    enabled,
                    never_used: false,
                },
            ) => {
                let filtered = Filtered {
                    tenant: self.tenant,
                    kind: self.kind,
                    changes: self.counter.changes,
                    pattern: pattern.clone(),
                    enabled: *enabled,
                };
                self.totals.of(filtered, self.count_those(needle)).await
            }
        }
    }
}

impl Clients<'_> {
    /// Counts the clients that match.
    async fn count_those(&self, needle: &Needle) -> Result<u64, StoreError> {
        let kind = kind_text(self.kind);
        let (count,): (i64,) = match needle {
            Needle::Matching {
                pattern,
                enabled,
                never_used,
            } => fetch_filtered!(
                fetch_one,
                self.database,
                (i64,),
                MATCHING_COUNT,
                self.tenant.0,
                kind,
                pattern.as_deref(),
                enabled,
                never_used,
            )?,
            Needle::Ending {
                after,
                until,
                pattern: None,
            } => fetch!(
                fetch_one,
                self.database,
                (i64,),
                ENDING_COUNT,
                self.tenant.0,
                kind,
                after,
                until,
            )?,
            Needle::Ending {
                after,
                until,
                pattern: Some(pattern),
            } => fetch_filtered!(
                fetch_one,
                self.database,
                (i64,),
                ENDING_MATCHING_COUNT,
                self.tenant.0,
                kind,
                after,
                until,
                pattern,
            )?,
        };
        number_of(count)
    }
}

/// A client with its place, from its rows, one for each role or redirect URI.
fn client(rows: &[PageRow]) -> Result<(RowKey, ClientRow), StoreError> {
    let first = &rows[0];
    let roles = roles::in_order(rows.iter().filter_map(|row| {
        Some(RoleRow {
            id: row.role_id?,
            type_id: row.role_type_id,
            name: row.role_name.clone()?,
        })
    }))?;
    let client = ClientRow {
        id: ClientId(first.id),
        name: first.name.clone(),
        enabled: first.enabled,
        roles: roles.into_iter().map(|role| role.name).collect(),
        redirect_uris: rows.iter().filter_map(|row| row.redirect_uri.clone()).collect(),
        secrets: u32::try_from(first.secrets)
            .map_err(|error| StoreError::inconsistent("the number of secrets", error))?,
        soonest_expiry: (first.secrets > 0).then(|| SecretExpiry::from(first.soonest_expiry)),
        last_used: first.last_used_at,
    };
    Ok((place_of(&first.search_key)?, client))
}

/// A client's place, which is its search key.
pub(crate) fn place_of(search_key: &str) -> Result<RowKey, StoreError> {
    search_key
        .parse()
        .map_err(|_| StoreError::inconsistent("the search key of a client", search_key))
}
