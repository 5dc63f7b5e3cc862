//! What was done in a tenant, for programs that ask.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What is asked of the events of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditQuery {
    /// From this moment on; none for the first event.
    pub from: Option<DateTime<Utc>>,
    /// Up to this moment, which doesn't count; none for the last event.
    pub to: Option<DateTime<Utc>>,
    /// The id of what it was done to; none for all.
    pub target: Option<String>,
    /// How many are left out at the beginning.
    pub skip: u32,
    /// How many are answered at most.
    pub count: u32,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The user or client who did it; none for the command line, the server, or somebody who isn't known.
    pub actor: Option<Uuid>,
    /// Their name then.
    pub actor_name: String,
    /// The address they called from.
    pub address: Option<String>,
    /// What was done, such as `client.add`.
    pub action: String,
    /// The id of what it was done to.
    pub target: Option<String>,
    /// Its name then.
    pub target_name: Option<String>,
}
