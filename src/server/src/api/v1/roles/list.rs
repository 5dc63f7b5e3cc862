use axum::extract::State;
use axum::response::Response;
use service::Service;

use super::Role;
use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::found;
use crate::api::query::{ListParameters, QueryParameters};

/// The roles of a tenant, built-in ones first, then by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Roles",
    operation_id = "ListRoles",
    tag = "Roles",
    params(ListParameters, ("roleTypeId" = Option<Uuid>, Query, description = "Only those of this type.")),
    responses(
        (status = 200, description = "The roles.", body = Vec<Role>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<Role>),
    ),
)]
pub async fn list(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let (search, role_type) = (query.search()?, query.id("roleTypeId")?);
    let found = service.find_roles(&actor, tenant, &search, role_type).await?;
    found::answer(found, |row| Role::new(tenant, row))
}
