use axum::Json;
use axum::extract::State;
use domain::client::ClientKind;
use service::Service;

use super::ClientCredentialClient;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;

/// All client-credentials clients, as an import takes them, 1,000 at once. None of their secrets is among it.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/Export",
    operation_id = "ExportClientCredentialClients",
    tag = "Client Credential Clients",
    responses((status = 200, description = "The clients.", body = Vec<ClientCredentialClient>)),
)]
pub async fn export(
    State(service): State<Service>,
    Administrator { actor, tenant }: Administrator,
) -> Result<Json<Vec<ClientCredentialClient>>, ApiError> {
    let all = service
        .all_clients(&actor, tenant, ClientKind::ClientCredentials)
        .await?;
    Ok(Json(all.into_iter().map(ClientCredentialClient::from).collect()))
}
