//! The tenant itself.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use service::Service;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::etag;

/// The state of a tenant that is there. Clientele has no other.
const ACTIVE: i32 = 1;
/// The version of every tenant, which stays as it was made.
const VERSION: i64 = 1;

/// An organisation with its clients, roles and people.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "3d4c7a0e-6f3b-4a57-9a0c-0a6f7c9e1b22",
    "CompanyName": "Default Tenant",
    "State": 1,
    "Created": "2026-11-21T10:30:00Z",
    "LastUpdated": "2026-11-21T10:30:00Z",
    "Alias": null
}))]
pub struct Tenant {
    /// Its id.
    id: Uuid,
    /// Its name.
    #[schema(max_length = 128)]
    company_name: String,
    /// How it stands: 1, active.
    state: i32,
    /// When it was made.
    created: DateTime<Utc>,
    /// When it was changed last; a tenant stays as it was made.
    last_updated: DateTime<Utc>,
    /// Another name for it. It has none here.
    alias: Option<String>,
}

/// The caller's own tenant.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}",
    operation_id = "ReadTenant",
    tag = "Tenants",
    responses((status = 200, description = "The tenant.", body = Tenant, headers(("ETag" = String)))),
)]
pub async fn read(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
) -> Result<impl IntoResponse, ApiError> {
    let tenant = service.tenant(&actor, tenant).await?;
    let tenant = Tenant {
        id: tenant.id.0,
        company_name: tenant.name,
        state: ACTIVE,
        created: tenant.created,
        last_updated: tenant.created,
        alias: None,
    };
    Ok((etag(VERSION), Json(tenant)))
}
