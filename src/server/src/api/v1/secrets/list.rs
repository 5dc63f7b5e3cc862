use axum::extract::State;
use axum::response::Response;
use domain::search::Found;
use service::Service;

use super::ClientSecret;
use super::owner::Owner;
use crate::api::error::ApiError;
use crate::api::found;
use crate::api::query::{PagingParameters, QueryParameters};

/// The secrets of a client, by number; for itself and administrators.
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
    let (skip, count) = query.paging()?;
    let found = Found {
        total: secrets.len() as u64,
        rows: secrets.into_iter().skip(skip as usize).take(count as usize).collect(),
        missing: Vec::new(),
    };
    found::answer(found, ClientSecret::from)
}
