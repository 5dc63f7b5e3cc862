use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use service::Service;

use super::ClientSecret;
use super::owner::Owner;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;

/// A secret of a client; for administrators, and for a client-credentials client itself.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets/{secretId}",
    operation_id = "ReadClientCredentialClientSecret",
    tag = "Secrets",
    responses((status = 200, description = "The secret.", body = ClientSecret, headers(("ETag" = String)))),
)]
pub async fn read(
    State(service): State<Service>,
    owner: Owner,
    path: PathParameters,
) -> Result<impl IntoResponse, ApiError> {
    let secret = owner.secret(&service, &path).await?;
    Ok((etag(secret.version), Json(ClientSecret::from(secret))))
}
