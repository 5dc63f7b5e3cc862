use axum::extract::State;
use axum::response::Response;
use service::Service;

use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::found;
use crate::api::path::PathParameters;
use crate::api::query::{ListParameters, QueryParameters};
use crate::api::v1::users::User;

/// The people who have a role, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Roles/{roleId}/Users",
    operation_id = "ListRoleUsers",
    tag = "Roles",
    params(ListParameters),
    responses(
        (status = 200, description = "The people.", body = Vec<User>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<User>),
    ),
)]
pub async fn users(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let role = path.id("roleId")?;
    // A role that isn't there is nobody's, and yet not found.
    service.role_details(&actor, tenant, role).await?;
    let found = service.find_users(&actor, tenant, &query.search()?, Some(role)).await?;
    found::answer(found, User::from)
}
