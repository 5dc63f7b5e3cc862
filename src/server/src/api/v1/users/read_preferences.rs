use axum::extract::State;
use axum::response::IntoResponse;
use http::header::CONTENT_TYPE;
use service::Service;

use super::oneself::Oneself;
use crate::api::error::ApiError;
use crate::api::etag::etag;

/// What applications keep for the person who calls; an empty object before they keep anything.
///
/// Nobody else sees it.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}/Preferences",
    operation_id = "ReadPreferences",
    tag = "Users",
    responses((status = 200, description = "Any JSON.", body = serde_json::Value, headers(("ETag" = String)), content_type = "application/json", example = json!({ "theme": "dark" }))),
)]
pub async fn read_preferences(
    State(service): State<Service>,
    Oneself { actor, tenant, id }: Oneself,
) -> Result<impl IntoResponse, ApiError> {
    let kept = service.preferences(&actor, tenant, id).await?;
    let json = [(CONTENT_TYPE, "application/json")];
    Ok((etag(kept.version), json, kept.value))
}
