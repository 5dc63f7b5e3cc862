//! What was done.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::audit::{AuditQuery, AuditRow};
use serde::Serialize;
use service::Service;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::found;
use crate::api::query::{PagingParameters, QueryParameters};

/// Something that was done in a tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "5a1e7b02-5b1c-4b0e-9a55-0c8f9d2f6a31",
    "Time": "2026-11-21T10:30:00Z",
    "Action": "client.add",
    "ActorId": "b7a4f6d2-17a5-4d56-8a1e-2f5b7f0d9c44",
    "ActorName": "Ada",
    "Address": "192.0.2.1",
    "TargetId": "0f6e2d9c-8f6a-4a38-9a51-2f3f6f5b7c10",
    "TargetName": "Pump station 7"
}))]
pub struct AuditEvent {
    /// Its id.
    id: Uuid,
    /// When it happened.
    time: DateTime<Utc>,
    /// What was done: the kind of thing, a dot, a verb.
    action: String,
    /// The user or client who did it; null for the command line, the server, or somebody who isn't known.
    actor_id: Option<Uuid>,
    /// Their name then.
    actor_name: String,
    /// The address they called from.
    address: Option<String>,
    /// The id of what it was done to.
    target_id: Option<String>,
    /// Its name then.
    target_name: Option<String>,
}

impl AuditEvent {
    fn new(row: AuditRow) -> Self {
        Self {
            id: row.id,
            time: row.at,
            action: row.action,
            actor_id: row.actor,
            actor_name: row.actor_name,
            address: row.address,
            target_id: row.target,
            target_name: row.target_name,
        }
    }
}

/// What was done in the tenant, newest first; for administrators.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Audit",
    operation_id = "ListAuditEvents",
    tag = "Audit",
    params(
        ("from" = Option<DateTime<Utc>>, Query, description = "Only what was done then or later."),
        ("to" = Option<DateTime<Utc>>, Query, description = "Only what was done before."),
        ("target" = Option<String>, Query, description = "Only what was done to the thing with this id."),
        PagingParameters,
    ),
    responses((
        status = 200,
        description = "The events.",
        body = Vec<AuditEvent>,
        headers(("Total-Count" = u64, description = "How many match in all.")),
    )),
)]
pub async fn list(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let (skip, count) = query.paging()?;
    let query = AuditQuery {
        from: query.time("from")?,
        to: query.time("to")?,
        target: query.text("target"),
        skip,
        count,
    };
    let found = service.find_audit(&actor, tenant, &query).await?;
    found::answer(found, AuditEvent::new)
}
