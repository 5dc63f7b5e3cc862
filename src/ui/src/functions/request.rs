//! What a server function knows of its request.

use domain::tenant::TenantId;
use http::StatusCode;
use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::{Actor, Service, ServiceError};

use super::error::CallError;

/// The service, who asks, and in which tenant.
pub struct Request {
    pub service: Service,
    pub actor: Actor,
    pub tenant: TenantId,
}

impl Request {
    /// Reads the context of the request; without a signed-in person it is refused.
    pub fn read() -> Result<Self, CallError> {
        let service = use_context::<Service>().ok_or_else(|| failed(&"there is no service"))?;
        let actor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Actor>().cloned());
        match actor {
            Some(Actor::User(user)) => Ok(Self {
                service,
                tenant: user.tenant_id,
                actor: Actor::User(user),
            }),
            _ => Err(answer(StatusCode::UNAUTHORIZED, CallError::SignedOut)),
        }
    }
}

/// Maps what the service says to what the page is told, and sets the status of the answer. What only the operator may
/// know goes to the log.
pub fn refuse(error: ServiceError) -> CallError {
    match error {
        ServiceError::Forbidden => answer(StatusCode::FORBIDDEN, CallError::Forbidden),
        ServiceError::NotFound => answer(StatusCode::NOT_FOUND, CallError::NotFound),
        ServiceError::Gone(identities) => answer(StatusCode::NOT_FOUND, CallError::Gone(identities)),
        ServiceError::Invalid(errors) => answer(StatusCode::UNPROCESSABLE_ENTITY, CallError::Invalid(errors)),
        ServiceError::Busy => answer(StatusCode::SERVICE_UNAVAILABLE, CallError::Busy),
        ServiceError::Conflict => answer(StatusCode::CONFLICT, CallError::Conflict),
        refused @ (ServiceError::Taken(_) | ServiceError::Refused(_)) => answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            CallError::Refused(refused.to_string()),
        ),
        error @ (ServiceError::Store(_) | ServiceError::Keys(_) | ServiceError::Internal(_)) => failed(&error),
    }
}

/// The answer to a request that can't be read.
pub fn malformed() -> CallError {
    answer(StatusCode::BAD_REQUEST, CallError::Malformed)
}

/// The answer when the server failed. Why stands in the log alone.
pub fn failed(error: &impl std::fmt::Display) -> CallError {
    tracing::error!(%error, "a server function failed");
    let id = use_context::<Parts>()
        .and_then(|parts| parts.headers.get("operation-id")?.to_str().map(str::to_owned).ok())
        .unwrap_or_default();
    answer(StatusCode::INTERNAL_SERVER_ERROR, CallError::Failed(id))
}

fn answer(status: StatusCode, error: CallError) -> CallError {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    error
}
