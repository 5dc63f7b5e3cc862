//! The endpoints of the identity server, under `/identity`.

mod discovery;
mod jwks;
mod token;

use axum::Router;
use axum::routing::{get, post};
use http::StatusCode;
use service::Service;

/// The routes.
pub fn routes() -> Router<Service> {
    Router::new()
        .route("/identity/.well-known/openid-configuration", get(discovery::discovery))
        .route(
            "/.well-known/oauth-authorization-server/identity",
            get(discovery::discovery),
        )
        .route("/identity/.well-known/openid-configuration/jwks", get(jwks::jwks))
        .route("/identity/connect/token", post(token::token))
        // What isn't here is not a page of the portal either.
        .route(
            "/identity/{*rest}",
            axum::routing::any(|| async { StatusCode::NOT_FOUND }),
        )
        .route("/api/{*rest}", axum::routing::any(|| async { StatusCode::NOT_FOUND }))
}
