use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::tenant::TenantId;
use domain::user::UserId;
use http::StatusCode;
use http::header::LOCATION;
use serde::Serialize;
use service::{Actor, Service};
use utoipa::ToSchema;

use super::{User, UserCreate, UserInput, refused};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::document::Taken;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::v1::chosen;

/// A person who was just added.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreatedUser {
    #[serde(flatten)]
    user: User,
    /// The one-time link with which they choose a password. It is told here and never again.
    #[schema(example = "https://id.example.com/password?token=…")]
    invitation_url: String,
}

/// Adds a person.
///
/// Send them the one-time link of the answer: the server doesn't.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/Users",
    operation_id = "CreateUser",
    tag = "Users",
    request_body = UserCreate,
    responses(
        (status = 201, description = "The person and their link.", body = CreatedUser, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn create(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let UserCreate { id, input } = UserCreate::read(&body)?;
    add(&service, &actor, tenant, chosen(id).map(UserId), input).await
}

/// Adds a person and answers them.
pub(super) async fn add(
    service: &Service,
    actor: &Actor,
    tenant: TenantId,
    id: Option<UserId>,
    new: UserInput,
) -> Result<Response, ApiError> {
    let form = new.add();
    let invited = service.invite_and_view_user(actor, tenant, id, &form).await;
    let (link, view) = invited.map_err(|error| refused(error, &form))?;
    let location = [(LOCATION, format!("/api/v1/Tenants/{tenant}/Users/{}", link.id))];
    let etag = etag(view.version);
    let created = CreatedUser {
        user: view.into(),
        invitation_url: link.url.0,
    };
    Ok((StatusCode::CREATED, location, etag, Json(created)).into_response())
}
