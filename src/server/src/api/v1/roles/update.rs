use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::role_form::RoleForm;
use serde::Deserialize;
use service::Service;
use utoipa::ToSchema;

use super::{Role, row};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;

/// What is to change of a role; what is left out or null stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Description": "Reads and writes my data" }))]
pub struct RoleUpdate {
    /// Its name.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// What it is for.
    #[schema(max_length = 128)]
    description: Option<String>,
}

/// Changes a role.
///
/// Built-in roles can't be changed.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Roles/{roleId}",
    operation_id = "UpdateRole",
    tag = "Roles",
    request_body = RoleUpdate,
    responses((status = 200, description = "The role as it is now.", body = Role, headers(("ETag" = String)))),
)]
pub async fn update(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    let id = path.id("roleId")?;
    if_match
        .change(|| async {
            let stored = service.role_details(&actor, tenant, id).await?;
            if_match.check(stored.version)?;
            let change: RoleUpdate = body.read()?;
            let form = RoleForm {
                name: change.name.unwrap_or(stored.role.name),
                description: change.description.unwrap_or(stored.description),
            };
            Ok(service.edit_role(&actor, tenant, id, stored.version, &form).await?)
        })
        .await?;
    let role = service.role_details(&actor, tenant, id).await?;
    Ok((etag(role.version), Json(Role::new(tenant, row(role)))))
}
