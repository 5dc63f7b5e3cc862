//! What was done: one row for each change, written with it.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use uuid::Uuid;

use crate::database::tx_execute;
use crate::{StoreError, Tx};

/// An event to be kept.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    /// Its id.
    pub id: Uuid,
    /// The tenant it belongs to; none for what concerns the whole installation.
    pub tenant_id: Option<TenantId>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The user who did it; none for the command line, the server, or somebody who isn't known.
    pub actor_id: Option<Uuid>,
    /// Their name then.
    pub actor_name: String,
    /// Where they were.
    pub address: Option<IpAddr>,
    /// What was done, such as `client.add`.
    pub action: &'static str,
    /// The id of what it was done to.
    pub target_id: Option<String>,
    /// Its name then.
    pub target_name: Option<String>,
}

/// Keeps an event.
pub async fn insert(tx: &mut Tx, event: &AuditEvent) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO audit_events
            (id, tenant_id, occurred_at, actor_id, actor_name, address, action, target_id, target_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        event.id,
        event.tenant_id.map(|tenant| tenant.0),
        event.occurred_at,
        event.actor_id,
        &event.actor_name,
        event.address.map(|address| address.to_string()),
        event.action,
        event.target_id.as_deref(),
        event.target_name.as_deref(),
    )?;
    Ok(())
}
