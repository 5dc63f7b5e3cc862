use axum::extract::State;
use axum::response::Response;
use domain::secret::RotationOverlap;
use serde::Deserialize;
use serde_json::value::RawValue;
use service::Service;
use utoipa::ToSchema;

use super::NewClientSecret;
use super::owner::Owner;
use crate::api::body::JsonBody;
use crate::api::error::ApiError;
use crate::api::path::PathParameters;

/// How a secret is to be rotated.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "OverlapSeconds": 86400 }))]
pub struct ClientSecretRotate {
    /// How long the old secret is still good.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 2_592_000, default = 86_400)]
    overlap_seconds: Option<Box<RawValue>>,
}

/// Makes a new secret to replace this one, with the same description and lifetime.
///
/// The old one ends after the overlap, or at its own end if that is sooner. If the answer was lost, rotate the old one again,
/// and remove the secret that nobody knows: it counts among the 10. This is for administrators, and for a client-credentials
/// client itself.
#[utoipa::path(
    post,
    path = "/api/v1/Tenants/{tenantId}/ClientCredentialClients/{clientId}/Secrets/{secretId}/Rotate",
    operation_id = "RotateClientCredentialClientSecret",
    tag = "Secrets",
    request_body = ClientSecretRotate,
    responses((status = 201, description = "The new secret with its text.", body = NewClientSecret, headers(("ETag" = String), ("Location" = String)))),
)]
pub async fn rotate(
    State(service): State<Service>,
    owner: Owner,
    path: PathParameters,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let old = owner.secret(&service, &path).await?;
    let asked: ClientSecretRotate = body.read()?;
    let overlap = asked.overlap_seconds.map(|sent| sent.get().parse::<RotationOverlap>());
    let overlap = overlap.transpose();
    let overlap = overlap.map_err(|error| ApiError::wrong_field("OverlapSeconds", error.to_string()))?;
    let created = service
        .rotate_secret(&owner.actor, owner.of, old.id, overlap.unwrap_or_default())
        .await?;
    owner.made(created)
}
