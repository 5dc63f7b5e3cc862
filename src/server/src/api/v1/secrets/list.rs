use axum::extract::State;
use axum::response::Response;
use service::Service;

use super::ClientSecret;
use super::owner::Owner;
use crate::api::error::ApiError;
use crate::api::found;
use crate::api::query::{PagingParameters, QueryParameters};

/// The secrets of a client, by number; for administrators, and for a client-credentials client itself.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets",
    operation_id = "ListClientCredentialClientSecrets",
    tag = "Secrets",
    params(PagingParameters),
    responses((status = 200, description = "The secrets.", body = Vec<ClientSecret>, headers(("Total-Count" = u64, description = "How many there are in all.")))),
)]
pub async fn list(State(service): State<Service>, owner: Owner, query: QueryParameters) -> Result<Response, ApiError> {
    let secrets = owner.secrets(&service).await?;
    found::answer(found::some(secrets, query.paging()?), ClientSecret::from)
}
