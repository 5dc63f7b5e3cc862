use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use service::Service;

use super::User;
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;

/// A person.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}",
    operation_id = "ReadUser",
    tag = "Users",
    responses((status = 200, description = "The person.", body = User, headers(("ETag" = String)))),
)]
pub async fn read(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
) -> Result<impl IntoResponse, ApiError> {
    let view = service.user_view(&actor, tenant, path.id("userId")?).await?;
    Ok((etag(view.version), Json(User::from(view))))
}
