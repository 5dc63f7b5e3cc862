use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use identity::discovery::Discovery;
use service::Service;

/// The discovery document (OpenID Connect Discovery, section 4; RFC 8414, section 3).
pub async fn discovery(State(service): State<Service>) -> impl IntoResponse {
    (
        [
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (CACHE_CONTROL, "public, max-age=300"),
        ],
        Json(Discovery::of(service.issuer(), &service.id_token_algorithms())),
    )
}
