use axum::extract::State;
use http::StatusCode;
use service::Service;

use super::owner::Owner;
use crate::api::error::ApiError;
use crate::api::etag::IfMatch;
use crate::api::path::PathParameters;

/// Removes a secret of a client, which it opens no more; for administrators, and for a client-credentials client itself.
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
    if_match
        .change(|| async {
            let secret = owner.secret(&service, &path).await?;
            if_match.check(secret.version)?;
            let version = if_match.still(secret.version);
            service
                .remove_secret(&owner.actor, owner.of, secret.id, version)
                .await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
