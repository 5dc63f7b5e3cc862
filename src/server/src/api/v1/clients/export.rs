use axum::Json;
use axum::extract::State;
use domain::client::ClientKind;
use domain::search::{MAX_COUNT, Search};
use service::Service;

use super::ClientCredentialClient;
use crate::api::caller::Administrator;
use crate::api::error::ApiError;

/// All client-credentials clients, as an import takes them. None of their secrets is among it.
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
    let kind = ClientKind::ClientCredentials;
    let mut search = Search {
        count: MAX_COUNT,
        ..Search::default()
    };
    let mut all = Vec::new();
    loop {
        let found = service.find_clients(&actor, tenant, kind, &search, None).await?;
        let whole = found.rows.len() == MAX_COUNT as usize;
        all.extend(found.rows.into_iter().map(ClientCredentialClient::from));
        if !whole {
            return Ok(Json(all));
        }
        search.skip += MAX_COUNT;
    }
}
