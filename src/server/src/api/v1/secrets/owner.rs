//! Whose secrets an operation is about.

use axum::Json;
use axum::extract::{FromRequestParts, MatchedPath};
use axum::response::{IntoResponse, Response};
use domain::client::{ClientId, ClientKind};
use domain::secret::SecretId;
use domain::view::{Created, SecretRow};
use http::StatusCode;
use http::header::LOCATION;
use http::request::Parts;
use service::clients::SecretsOf;
use service::{Actor, Service};

use super::{ClientSecret, NewClientSecret};
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::etag::etag;
use crate::api::path::PathParameters;
use crate::api::v1::clients::{ClientCredentialClient, HybridClient, JsonClient};

/// The client of the path, asked about by itself or an administrator; 403 for others.
pub struct Owner {
    /// Who asks.
    pub actor: Actor,
    /// The client, be there one or not.
    pub of: SecretsOf,
    kind: ClientKind,
}

impl FromRequestParts<Service> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let Caller { actor, tenant } = Caller::from_request_parts(parts, service).await?;
        let kind = kind(parts);
        let client = PathParameters::of(parts).id::<ClientId>("clientId");
        match &client {
            // Clients of no other kind call for themselves.
            Ok(client) if kind == ClientKind::ClientCredentials => actor.require_own_client(tenant, *client)?,
            _ => actor.require_administrator(tenant)?,
        }
        let client = client?;
        Ok(Self {
            actor,
            of: SecretsOf { tenant, client },
            kind,
        })
    }
}

/// The same, asked about by an administrator alone.
pub struct AdministeredOwner(pub Owner);

impl FromRequestParts<Service> for AdministeredOwner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let owner = Owner::from_request_parts(parts, service).await?;
        owner.actor.require_administrator(owner.of.tenant)?;
        Ok(Self(owner))
    }
}

impl Owner {
    /// Its secrets, by number; 404 without such a client of this kind.
    pub async fn secrets(&self, service: &Service) -> Result<Vec<SecretRow>, ApiError> {
        Ok(service.client_secrets(&self.actor, self.of, self.kind).await?)
    }

    /// The one of the path; 404 without it.
    pub async fn secret(&self, service: &Service, path: &PathParameters) -> Result<SecretRow, ApiError> {
        let secrets = self.secrets(service).await?;
        let id = SecretId(path.number("secretId")?);
        let secret = secrets.into_iter().find(|secret| secret.id == id);
        secret.ok_or_else(|| ApiError::of(StatusCode::NOT_FOUND))
    }

    /// The answer with a secret that was just made.
    pub fn made(&self, created: Created) -> Result<Response, ApiError> {
        let (Some(row), Some(secret)) = (created.secret_row, created.secret) else {
            return Err(ApiError::of(StatusCode::INTERNAL_SERVER_ERROR));
        };
        let SecretsOf { tenant, client } = self.of;
        let clients = match self.kind {
            ClientKind::Hybrid => HybridClient::COLLECTION,
            _ => ClientCredentialClient::COLLECTION,
        };
        let location = format!("/api/v1/Tenants/{tenant}/{clients}/{client}/Secrets/{}", row.id);
        let etag = etag(row.version);
        let body = NewClientSecret {
            row: ClientSecret::from(row),
            secret,
        };
        Ok((StatusCode::CREATED, [(LOCATION, location)], etag, Json(body)).into_response())
    }
}

/// The kind of client that the path is for.
fn kind(parts: &Parts) -> ClientKind {
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if path.contains("/hybridclients/") {
        ClientKind::Hybrid
    } else {
        ClientKind::ClientCredentials
    }
}
