//! What belongs to one person alone.

use axum::extract::FromRequestParts;
use domain::tenant::TenantId;
use domain::user::UserId;
use http::StatusCode;
use http::request::Parts;
use service::{Actor, Service};

use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::path::PathParameters;

/// The person of the path, who calls; 403 for everybody else.
pub struct Oneself {
    /// They as who asks.
    pub actor: Actor,
    /// Their tenant.
    pub tenant: TenantId,
    /// Their id.
    pub id: UserId,
}

impl FromRequestParts<Service> for Oneself {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let Caller { actor, tenant } = Caller::from_request_parts(parts, service).await?;
        let id = PathParameters::of(parts).id("userId")?;
        actor.require_oneself(tenant, id).map_err(|_| another())?;
        Ok(Self { actor, tenant, id })
    }
}

/// Whether the person of the path is there makes no difference.
fn another() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "Preferences are for the person of the path alone.",
        "Call with a token of that person.",
    )
}
