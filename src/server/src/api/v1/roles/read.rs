use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use service::Service;

use super::{Role, row};
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;

/// A role.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Roles/{roleId}",
    operation_id = "ReadRole",
    tag = "Roles",
    responses((status = 200, description = "The role.", body = Role, headers(("ETag" = String)))),
)]
pub async fn read(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
) -> Result<impl IntoResponse, ApiError> {
    let role = service.role_details(&actor, tenant, path.id("roleId")?).await?;
    Ok((etag(role.version), Json(Role::new(tenant, row(role)))))
}
