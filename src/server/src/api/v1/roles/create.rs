use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::role::RoleId;
use domain::role_form::RoleForm;
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use serde_json::value::RawValue;
use service::Service;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Role, TENANT_SCOPE, row};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::document::Taken;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::v1::chosen;

/// A role to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Name": "MyData.Role", "Description": "Reads my data" }))]
pub struct RoleCreate {
    /// Its id, if the caller chooses it.
    id: Option<Uuid>,
    /// Its name.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Option<String>,
    /// What it is for.
    #[schema(max_length = 128)]
    description: Option<String>,
    /// To what it belongs: 1, a tenant. There are no others yet.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1)]
    role_scope: Option<Box<RawValue>>,
}

/// Makes a role.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/Roles",
    operation_id = "CreateRole",
    tag = "Roles",
    request_body = RoleCreate,
    responses(
        (status = 201, description = "The role.", body = Role, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn create(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    let new: RoleCreate = body.read()?;
    if new
        .role_scope
        .is_some_and(|sent| sent.get() != TENANT_SCOPE.to_string())
    {
        return Err(ApiError::wrong_field(
            "RoleScope",
            "Send 1, or leave it out: roles belong to a tenant.",
        ));
    }
    let form = RoleForm {
        name: new.name.unwrap_or_default(),
        description: new.description.unwrap_or_default(),
    };
    let id = service
        .add_role(&actor, tenant, chosen(new.id).map(RoleId), &form)
        .await?;
    let role = service.role_details(&actor, tenant, id).await?;
    let location = [(LOCATION, format!("/api/v1/Tenants/{tenant}/Roles/{id}"))];
    let etag = etag(role.version);
    Ok((StatusCode::CREATED, location, etag, Json(Role::new(tenant, row(role)))))
}
