use axum::extract::State;
use http::StatusCode;
use service::Service;

use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// Removes a role; whoever has it loses it.
///
/// Built-in roles can't be removed.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/Roles/{roleId}",
    operation_id = "DeleteRole",
    tag = "Roles",
    responses((status = 204, description = "It is gone.")),
)]
pub async fn remove(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    let id = path.id("roleId")?;
    if_match
        .change(|| async {
            let version = service.role_details(&actor, tenant, id).await?.version;
            if_match.check(version)?;
            // Programs aren't asked whether they know who has it.
            service
                .remove_role(&actor, tenant, id, None, if_match.still(version))
                .await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
