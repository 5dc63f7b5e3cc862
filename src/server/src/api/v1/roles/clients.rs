use axum::extract::State;
use axum::response::Response;
use domain::client::ClientKind;
use domain::role::RoleId;
use service::Service;

use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::found;
use crate::api::path::PathParameters;
use crate::api::query::{ListParameters, QueryParameters, TagParameter};
use crate::api::v1::clients::ClientCredentialClient;

/// The client-credentials clients that have a role, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Roles/{roleId}/ClientCredentialClients",
    operation_id = "ListRoleClientCredentialClients",
    tag = "Roles",
    params(ListParameters, TagParameter),
    responses(
        (status = 200, description = "The clients.", body = Vec<ClientCredentialClient>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<ClientCredentialClient>),
    ),
)]
pub async fn clients(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    path: PathParameters,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    let role: RoleId = path.id("roleId")?;
    // A role that isn't there is nobody's, and yet not found.
    service.role_details(&actor, tenant, role).await?;
    let kind = ClientKind::ClientCredentials;
    let found = service
        .find_clients(&actor, tenant, kind, &query.search_with_tags()?, Some(role))
        .await?;
    found::answer(found, ClientCredentialClient::from)
}
