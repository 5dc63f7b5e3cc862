use axum::extract::State;
use domain::client::ClientKind;
use http::StatusCode;
use service::Service;

use super::to_be_changed;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// Removes a client-credentials client and its secrets; its id is never used again.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}",
    operation_id = "DeleteClientCredentialClient",
    tag = "Client Credential Clients",
    responses((status = 204, description = "It is gone.")),
)]
pub async fn client_credential(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    remove(&service, &caller, ClientKind::ClientCredentials, &path, &if_match).await
}

/// Removes an authorization-code client; its id is never used again.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/AuthorizationCodeClients/{clientId}",
    operation_id = "DeleteAuthorizationCodeClient",
    tag = "Authorization Code Clients",
    responses((status = 204, description = "It is gone.")),
)]
pub async fn authorization_code(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    remove(&service, &caller, ClientKind::AuthorizationCode, &path, &if_match).await
}

/// Removes a hybrid client and its secrets; its id is never used again.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/HybridClients/{clientId}",
    operation_id = "DeleteHybridClient",
    tag = "Hybrid Clients",
    responses((status = 204, description = "It is gone.")),
)]
pub async fn hybrid(
    State(service): State<Service>,
    caller: Administrator,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    remove(&service, &caller, ClientKind::Hybrid, &path, &if_match).await
}

async fn remove(
    service: &Service,
    caller: &Administrator,
    kind: ClientKind,
    path: &PathParameters,
    if_match: &IfMatch,
) -> Result<StatusCode, ApiError> {
    if_match
        .change(|| async {
            let client = to_be_changed(service, caller, kind, path, if_match).await?;
            let version = if_match.still(client.version);
            service
                .remove_client(&caller.actor, caller.tenant, client.id, version)
                .await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
