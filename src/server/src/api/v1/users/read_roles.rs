use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::user::UserId;
use service::Service;

use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::etag::etag;
use crate::api::found;
use crate::api::path::PathParameters;
use crate::api::query::{ListParameters, QueryParameters};
use crate::api::v1::roles::Role;

/// The roles of a person, built-in ones first, then by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Users/{userId}/Roles",
    operation_id = "ListUserRoles",
    tag = "Users",
    params(ListParameters),
    responses(
        (status = 200, description = "The roles. The ETag is the person's.", body = Vec<Role>, headers(("ETag" = String), ("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<Role>),
    ),
)]
pub async fn read_roles(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let id: UserId = path.id("userId")?;
    let (roles, version) = service.user_roles(&actor, tenant, id).await?;
    let found = query
        .search()?
        .among(roles, |row| row.role.id.0, |row| row.role.name.as_str());
    let answer = found::answer(found, |row| Role::new(tenant, row))?;
    Ok((etag(version), answer).into_response())
}
