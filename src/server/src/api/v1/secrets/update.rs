use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::secret_change::ExpiryChange;
use domain::secret_form::SecretForm;
use serde::Deserialize;
use service::{Service, ServiceError};
use utoipa::ToSchema;

use super::ClientSecret;
use super::owner::AdministeredOwner;
use crate::api::body::JsonBody;
use crate::api::error::ApiError;
use crate::api::etag::{IfMatch, etag};
use crate::api::path::PathParameters;

/// What is to change of a secret; what is left out or null stays as it is. `Expires` as false makes it one that never ends,
/// `Expiration` one that ends then.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Description": "Old gateway", "Expiration": "2099-12-31T00:00:00Z" }))]
pub struct ClientSecretUpdate {
    /// What it is for.
    #[schema(max_length = 128)]
    description: Option<String>,
    /// Whether it ends.
    expires: Option<bool>,
    /// When it ends.
    #[schema(format = DateTime)]
    expiration: Option<String>,
}

/// Changes the description and expiry of a secret; for administrators.
#[utoipa::path(
    put,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets/{secretId}",
    operation_id = "UpdateClientCredentialClientSecret",
    tag = "Secrets",
    request_body = ClientSecretUpdate,
    responses((status = 200, description = "The secret as it is now.", body = ClientSecret, headers(("ETag" = String)))),
)]
pub async fn update(
    State(service): State<Service>,
    AdministeredOwner(owner): AdministeredOwner,
    path: PathParameters,
    if_match: IfMatch,
    body: JsonBody,
) -> Result<impl IntoResponse, ApiError> {
    if_match
        .change(|| async {
            let stored = owner.secret(&service, &path).await?;
            if_match.check(stored.version)?;
            let change: ClientSecretUpdate = body.read()?;
            let expiry = ExpiryChange {
                expires: change.expires,
                expiration: change.expiration,
            };
            let expiry = expiry.on_edit(stored.expiry).map_err(ServiceError::from)?;
            let form = SecretForm::of(change.description.unwrap_or(stored.description), expiry);
            let edited = service.edit_secret(&owner.actor, owner.of, stored.id, stored.version, &form);
            Ok(edited.await?)
        })
        .await?;
    let secret = owner.secret(&service, &path).await?;
    Ok((etag(secret.version), Json(ClientSecret::from(secret))))
}
