//! What was done in a tenant: the newest first, filtered and cut by the database.

use chrono::{DateTime, Utc};
use domain::audit::{AuditQuery, AuditRow};
use domain::search::Found;
use domain::tenant::TenantId;
use uuid::Uuid;

use crate::database::fetch_filtered;
use crate::{Database, StoreError};

#[cfg(test)]
mod tests;

/// Those of the tenant that match: $1 tenant, $2 from, $3 to, $4 the id of what it was done to.
macro_rules! matching {
    () => {
        "tenant_id = $1
            AND ($2 IS NULL OR occurred_at >= $2)
            AND ($3 IS NULL OR occurred_at < $3)
            AND ($4 IS NULL OR target_id = $4)"
    };
}

pub(crate) const NEWEST_FIRST: &str = concat!(
    "SELECT id, occurred_at, actor_id, actor_name, address, action, target_id, target_name
     FROM audit_events WHERE ",
    matching!(),
    " ORDER BY occurred_at DESC, id DESC LIMIT $5 OFFSET $6"
);
pub(crate) const COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE ", matching!());

#[derive(sqlx::FromRow)]
struct StoredEvent {
    id: Uuid,
    occurred_at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    actor_name: String,
    address: Option<String>,
    action: String,
    target_id: Option<String>,
    target_name: Option<String>,
}

impl From<StoredEvent> for AuditRow {
    fn from(event: StoredEvent) -> Self {
        Self {
            id: event.id,
            at: event.occurred_at,
            actor: event.actor_id,
            actor_name: event.actor_name,
            address: event.address,
            action: event.action,
            target: event.target_id,
            target_name: event.target_name,
        }
    }
}

/// The events of the tenant that `query` asks for, and how many match in all.
pub async fn find(database: &Database, tenant: TenantId, query: &AuditQuery) -> Result<Found<AuditRow>, StoreError> {
    // No id holds U+0000, and PostgreSQL refuses it.
    let target = query.target.as_ref().map(|target| target.replace('\0', "\u{1}"));
    let target = target.as_deref();
    let (total,): (i64,) = fetch_filtered!(
        fetch_one,
        database,
        (i64,),
        COUNT,
        tenant.0,
        query.from,
        query.to,
        target,
    )?;
    let rows: Vec<StoredEvent> = fetch_filtered!(
        fetch_all,
        database,
        StoredEvent,
        NEWEST_FIRST,
        tenant.0,
        query.from,
        query.to,
        target,
        i64::from(query.count),
        i64::from(query.skip),
    )?;
    Ok(Found {
        rows: rows.into_iter().map(AuditRow::from).collect(),
        total: total.unsigned_abs(),
        missing: Vec::new(),
    })
}
