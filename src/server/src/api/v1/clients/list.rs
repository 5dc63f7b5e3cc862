use axum::extract::State;
use axum::response::Response;
use service::Service;

use super::{AuthorizationCodeClient, ClientCredentialClient, HybridClient, JsonClient};
use crate::api::caller::Caller;
use crate::api::error::{ApiError, Partial};
use crate::api::found;
use crate::api::query::{ListParameters, QueryParameters, TagParameter};

/// The client-credentials clients of a tenant, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients",
    operation_id = "ListClientCredentialClients",
    tag = "Client Credential Clients",
    params(ListParameters, TagParameter),
    responses(
        (status = 200, description = "The clients.", body = Vec<ClientCredentialClient>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<ClientCredentialClient>),
    ),
)]
pub async fn client_credential(
    State(service): State<Service>,
    caller: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    list::<ClientCredentialClient>(&service, &caller, &query).await
}

/// The authorization-code clients of a tenant, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/AuthorizationCodeClients",
    operation_id = "ListAuthorizationCodeClients",
    tag = "Authorization Code Clients",
    params(ListParameters, TagParameter),
    responses(
        (status = 200, description = "The clients.", body = Vec<AuthorizationCodeClient>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<AuthorizationCodeClient>),
    ),
)]
pub async fn authorization_code(
    State(service): State<Service>,
    caller: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    list::<AuthorizationCodeClient>(&service, &caller, &query).await
}

/// The hybrid clients of a tenant, by name.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/HybridClients",
    operation_id = "ListHybridClients",
    tag = "Hybrid Clients",
    params(ListParameters, TagParameter),
    responses(
        (status = 200, description = "The clients.", body = Vec<HybridClient>, headers(("Total-Count" = u64, description = "How many match in all."))),
        (status = 207, description = "Some ids are unknown.", body = Partial<HybridClient>),
    ),
)]
pub async fn hybrid(
    State(service): State<Service>,
    caller: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    list::<HybridClient>(&service, &caller, &query).await
}

async fn list<T: JsonClient>(
    service: &Service,
    caller: &Caller,
    query: &QueryParameters,
) -> Result<Response, ApiError> {
    let search = query.search_with_tags()?;
    let found = service
        .find_clients(&caller.actor, caller.tenant, T::KIND, &search, None)
        .await?;
    found::answer(found, T::from)
}
