use axum::Json;
use axum::extract::State;
use domain::client::ClientKind;
use service::Service;

use super::ClientCredentialClient;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;

/// All client-credentials clients, however many there are, and none of their secrets; for administrators.
///
/// An import takes them in parts of at most 1,000. Ids are unique in the installation and never used again, so an import into
/// this one needs others, or none; and the ids of roles, built-in ones too, are those of this tenant, so for another one they
/// must be changed.
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
