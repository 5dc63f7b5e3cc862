use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use service::Service;

/// The public keys that verify tokens (RFC 7517, section 5).
pub async fn jwks(State(service): State<Service>) -> impl IntoResponse {
    (
        [
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (CACHE_CONTROL, "public, max-age=300"),
        ],
        Json(service.jwks()),
    )
}
