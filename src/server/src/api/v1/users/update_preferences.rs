use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::value::RawValue;
use service::Service;

use super::oneself::Oneself;
use crate::api::body::JsonBody;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};

/// Keeps any JSON for the person who calls, at most 16 KiB of it, in place of what was kept.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}/Preferences",
    operation_id = "UpdatePreferences",
    tag = "Users",
    request_body(content = serde_json::Value, content_type = "application/json", example = json!({ "theme": "dark" })),
    responses((status = 200, description = "What is kept now.", body = serde_json::Value, headers(("ETag" = String)), content_type = "application/json", example = json!({ "theme": "dark" }))),
)]
pub async fn update_preferences(
    State(service): State<Service>,
    Oneself { actor, tenant, id }: Oneself,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    if_match
        .change(|| async {
            let version = service.preferences(&actor, tenant, id).await?.version;
            if_match.check(version)?;
            // Kept as it was sent: numbers of any size, and names in their order.
            let value: Box<RawValue> = body.read_any()?;
            service
                .set_preferences(&actor, tenant, id, version, value.get())
                .await?;
            Ok((etag(version + 1), Json(value)))
        })
        .await
}
