use axum::extract::State;
use http::StatusCode;
use service::Service;

use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// Removes a person, who is signed out at once.
///
/// You can't remove yourself, or the last administrator.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}",
    operation_id = "DeleteUser",
    tag = "Users",
    responses((status = 204, description = "They are gone.")),
)]
pub async fn remove(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    let id = path.id("userId")?;
    if_match
        .change(|| async {
            let version = service.user_view(&actor, tenant, id).await?.version;
            if_match.check(version)?;
            service.remove_user(&actor, tenant, id, if_match.still(version)).await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
