use axum::extract::State;
use axum::response::Response;
use domain::secret_change::ExpiryChange;
use domain::secret_form::SecretForm;
use serde::Deserialize;
use service::{Service, ServiceError};
use utoipa::ToSchema;

use super::NewClientSecret;
use super::owner::Owner;
use crate::api::body::JsonBody;
use crate::api::error::ApiError;

/// A secret to be made. One that never ends needs `Expires` as false, any other one `Expiration`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "Description": "Gateway", "Expiration": "2099-12-31T00:00:00Z" }))]
pub struct ClientSecretCreate {
    /// What it is for.
    #[schema(max_length = 128)]
    description: Option<String>,
    /// Whether it ends.
    expires: Option<bool>,
    /// When it ends.
    #[schema(format = DateTime)]
    expiration: Option<String>,
}

/// Makes a secret of a client, which has at most 10; for administrators, and for a client-credentials client itself.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets",
    operation_id = "CreateClientCredentialClientSecret",
    tag = "Secrets",
    request_body = ClientSecretCreate,
    responses((status = 201, description = "The secret with its text.", body = NewClientSecret, headers(("ETag" = String), ("Location" = String)))),
)]
pub async fn create(State(service): State<Service>, owner: Owner, body: JsonBody) -> Result<Response, ApiError> {
    owner.secrets(&service).await?;
    let new: ClientSecretCreate = body.read()?;
    let expiry = ExpiryChange {
        expires: new.expires,
        expiration: new.expiration,
    };
    let expiry = expiry.on_add().map_err(ServiceError::from)?;
    let form = SecretForm::of(new.description.unwrap_or_default(), expiry);
    let created = service.add_secret(&owner.actor, owner.of, &form).await?;
    owner.made(created)
}
