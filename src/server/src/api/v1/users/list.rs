use axum::extract::State;
use axum::response::Response;
use service::Service;

use super::User;
use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::found;
use crate::api::query::{ListParameters, QueryParameters};

/// The people of a tenant, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Users",
    operation_id = "ListUsers",
    tag = "Users",
    params(ListParameters),
    responses(
        (status = 200, description = "The people.", body = Vec<User>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<User>),
    ),
)]
pub async fn list(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let found = service.find_users(&actor, tenant, &query.search()?, None).await?;
    found::answer(found, User::from)
}
