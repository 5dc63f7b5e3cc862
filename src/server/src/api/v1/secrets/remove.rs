use axum::extract::State;
use domain::secret::SecretId;
use http::StatusCode;
use service::Service;

use super::owner::Owner;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// Removes a secret of a client: it opens the client no more; for itself and administrators.
#[utoipa::path(
    delete,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets/{secretId}",
    operation_id = "DeleteClientCredentialClientSecret",
    tag = "Secrets",
    responses((status = 204, description = "It is gone.")),
)]
pub async fn remove(
    State(service): State<Service>,
    owner: Owner,
    path: PathParameters,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    let id = SecretId(path.number("secretId")?);
    let stored = owner.secret(&service, id).await?;
    if_match.check(stored.version)?;
    service
        .remove_secret(&owner.actor, owner.of, id, if_match.still(stored.version))
        .await
        .map_err(|error| if_match.refused(error))?;
    Ok(StatusCode::NO_CONTENT)
}
