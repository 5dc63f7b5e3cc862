use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::user::UserId;
use service::{Service, ServiceError};

use super::create::{CreatedUser, add};
use super::{User, UserInput};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::document::Taken;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;

/// Answers the person with this id, or adds them if there is none.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}",
    operation_id = "GetOrCreateUser",
    tag = "Users",
    request_body = UserInput,
    responses(
        (status = 200, description = "The person, who was there already.", body = User, headers(("ETag" = String))),
        (status = 201, description = "The person and their link.", body = CreatedUser, headers(("ETag" = String), ("Location" = String))),
        (status = 409, response = Taken),
    ),
)]
pub async fn get_or_create(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id: UserId = path.id("userId")?;
    if id.0.is_nil() {
        return Err(ApiError::wrong_field(
            "userId",
            "An id of zeros can't be used. Choose another one.",
        ));
    }
    let new = body.read()?;
    match service.user_view(&actor, tenant, id).await {
        Ok(view) => Ok((etag(view.version), Json(User::from(view))).into_response()),
        Err(ServiceError::NotFound) => add(&service, &actor, tenant, Some(id), new).await,
        Err(error) => Err(error.into()),
    }
}
