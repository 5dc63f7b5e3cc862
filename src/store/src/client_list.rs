//! The list of clients: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::list::{ClientQuery, Sort};
use domain::paging::RowKey;
use domain::secret::SecretExpiry;
use domain::tenant::TenantId;
use domain::view::{ClientRow, Page};
use uuid::Uuid;

use crate::clients::kind_text;
use crate::database::{fetch, fetch_filtered};
use crate::paging::{List, Span, cut, number_of};
use crate::roles::{self, RoleRow};
use crate::{Database, StoreError};

pub(crate) mod counter;
mod needle;
mod totals;

use counter::{Counter, counter};
use needle::Needle;
pub(crate) use needle::{
    ALL_ASCENDING, ALL_DESCENDING, ENDING_ASCENDING, ENDING_COUNT, ENDING_DESCENDING, ENDING_MATCHING_COUNT,
    MATCHING_ASCENDING, MATCHING_COUNT, MATCHING_DESCENDING,
};
use totals::Filtered;
pub use totals::Totals;

#[cfg(test)]
mod tests;

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
