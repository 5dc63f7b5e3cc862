//! Who calls, checked before anything else of a request is looked at.

use axum::extract::FromRequestParts;
use domain::tenant::TenantId;
use http::StatusCode;
use http::request::Parts;
use identity::bearer_token::{self, BearerError};
use service::{Actor, Service};

use super::error::ApiError;
use super::path::PathParameters;
use crate::connect::authorization;
use crate::middleware::client_address::ClientAddress;

/// Whoever calls, in their own tenant: 401 without a good token (429 after very many of them), 403 in any other tenant, be
/// there one or not.
pub struct Caller {
    /// Who it is.
    pub actor: Actor,
    /// The tenant of the path.
    pub tenant: TenantId,
}

/// The same for whoever may change things; 403 for the others.
pub struct Administrator {
    /// Who it is.
    pub actor: Actor,
    /// The tenant of the path.
    pub tenant: TenantId,
}

impl FromRequestParts<Service> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let actor = actor(parts, service).await?;
        // What is no id is no tenant of the caller's either.
        let tenant = PathParameters::of(parts).id("tenantId");
        let tenant = tenant.map_err(|_| ApiError::of(StatusCode::FORBIDDEN))?;
        actor.require_member(tenant)?;
        Ok(Self { actor, tenant })
    }
}

impl FromRequestParts<Service> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let Caller { actor, tenant } = Caller::from_request_parts(parts, service).await?;
        actor.require_administrator(tenant)?;
        Ok(Self { actor, tenant })
    }
}

async fn actor(parts: &Parts, service: &Service) -> Result<Actor, ApiError> {
    let address = parts.extensions.get::<ClientAddress>().map(|address| address.0);
    let sent = authorization(&parts.headers).map_err(|_| ApiError::unauthorized(BearerError::InvalidToken))?;
    // Never from a body or a cookie.
    let token = bearer_token::read(sent, None, &[]).map_err(ApiError::unauthorized)?;
    let actor = service.caller(&token, address).await?;
    actor.ok_or_else(|| match address.and_then(|address| service.wrong_token(address)) {
        Some(wait) => ApiError::too_many(wait),
        None => ApiError::unauthorized(BearerError::InvalidToken),
    })
}
