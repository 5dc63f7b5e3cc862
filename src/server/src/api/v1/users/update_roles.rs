use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::user::UserId;
use service::Service;
use uuid::Uuid;

use super::role_ids;
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;
use crate::api::v1::roles::Role;

/// Gives a person these roles, by their ids, and no others; Tenant Member stays.
///
/// If-Match takes the `ETag` of the person.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}/Roles",
    operation_id = "UpdateUserRoles",
    tag = "Users",
    request_body(content = Vec<Uuid>, content_type = "application/json", example = json!(["9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10"])),
    responses((status = 200, description = "The roles as they are now. The ETag is the person's.", body = Vec<Role>, headers(("ETag" = String)))),
)]
pub async fn update_roles(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    let id: UserId = path.id("userId")?;
    if_match
        .change(|| async {
            let version = service.user_view(&actor, tenant, id).await?.version;
            if_match.check(version)?;
            let ids: Vec<Uuid> = body.read_any()?;
            let roles = role_ids(ids);
            Ok(service.set_user_roles(&actor, tenant, id, version, &roles).await?)
        })
        .await?;
    let (roles, version) = service.user_roles(&actor, tenant, id).await?;
    let roles: Vec<Role> = roles.into_iter().map(|row| Role::new(tenant, row)).collect();
    Ok((etag(version), Json(roles)))
}
