use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use service::Service;

use super::{User, UserInput, refused};
use crate::api::body::JsonBody;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;

/// Changes a person; what is left out or null stays as it is.
///
/// An e-mail address that is another's is refused with 409, too.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}",
    operation_id = "UpdateUser",
    tag = "Users",
    request_body = UserInput,
    responses((status = 200, description = "The person as they are now.", body = User, headers(("ETag" = String)))),
)]
pub async fn update(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    let id = path.id("userId")?;
    if_match
        .change(|| async {
            let stored = service.user_view(&actor, tenant, id).await?;
            let version = stored.version;
            if_match.check(version)?;
            let form = body.read::<UserInput>()?.change(stored);
            let edited = service.edit_user(&actor, tenant, id, version, &form).await;
            edited.map_err(|error| refused(error, &form))
        })
        .await?;
    let view = service.user_view(&actor, tenant, id).await?;
    Ok((etag(view.version), Json(User::from(view))))
}
