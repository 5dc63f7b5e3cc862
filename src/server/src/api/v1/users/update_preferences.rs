use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::user::UserId;
use serde_json::Value;
use service::Service;

use crate::api::body::JsonBody;
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;

/// Keeps any JSON for the person who calls, at most 16 KiB of it, in place of what was kept.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}/Preferences",
    operation_id = "UpdatePreferences",
    tag = "Users",
    request_body(content = Value, content_type = "application/json"),
    responses((status = 200, description = "What is kept now.", body = Value, content_type = "application/json", headers(("ETag" = String)))),
)]
pub async fn update_preferences(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    let id: UserId = path.id("userId")?;
    let stored = service.preferences(&actor, tenant, id).await?;
    if_match.check(stored.version)?;
    let value: Value = body.read_any()?;
    service
        .set_preferences(&actor, tenant, id, stored.version, &value.to_string())
        .await
        .map_err(|error| if_match.refused(error))?;
    Ok((etag(stored.version + 1), Json(value)))
}
