use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::client::ClientId;
use service::Service;

use super::{AuthorizationCodeClient, CLIENT, ClientCredentialClient, HybridClient, JsonClient};
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;

/// A client-credentials client.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}",
    operation_id = "ReadClientCredentialClient",
    tag = "Client Credential Clients",
    responses((status = 200, description = "The client.", body = ClientCredentialClient, headers(("ETag" = String)))),
)]
pub async fn client_credential(
    State(service): State<Service>,
    caller: Caller,
    path: PathParameters,
) -> Result<Response, ApiError> {
    read::<ClientCredentialClient>(&service, &caller, &path).await
}

/// An authorization-code client.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/AuthorizationCodeClients/{clientId}",
    operation_id = "ReadAuthorizationCodeClient",
    tag = "Authorization Code Clients",
    responses((status = 200, description = "The client.", body = AuthorizationCodeClient, headers(("ETag" = String)))),
)]
pub async fn authorization_code(
    State(service): State<Service>,
    caller: Caller,
    path: PathParameters,
) -> Result<Response, ApiError> {
    read::<AuthorizationCodeClient>(&service, &caller, &path).await
}

/// A hybrid client.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/HybridClients/{clientId}",
    operation_id = "ReadHybridClient",
    tag = "Hybrid Clients",
    responses((status = 200, description = "The client.", body = HybridClient, headers(("ETag" = String)))),
)]
pub async fn hybrid(
    State(service): State<Service>,
    caller: Caller,
    path: PathParameters,
) -> Result<Response, ApiError> {
    read::<HybridClient>(&service, &caller, &path).await
}

async fn read<T: JsonClient>(service: &Service, caller: &Caller, path: &PathParameters) -> Result<Response, ApiError> {
    let id: ClientId = path.id(CLIENT)?;
    let client = service.client_view(&caller.actor, caller.tenant, T::KIND, id).await?;
    Ok((etag(client.version), Json(T::from(client))).into_response())
}
