//! The REST API, under `/api`: what it answers is described in the document that is made of this code.

mod body;
mod caller;
mod collect;
mod docs;
mod document;
mod error;
mod etag;
mod examples;
mod found;
mod operation;
mod path;
mod query;
mod v1;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, any, get};
use axum::{Json, Router};
use http::StatusCode;
use service::Service;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;

use self::error::ApiError;
use crate::middleware::cors;
use crate::router::MAX_BODY;

/// The routes.
pub fn routes(service: &Service) -> Router<Service> {
    let (routes, document) = v1::resources().finish();
    routes
        .merge(docs::routes(&document))
        .route("/api/openapi.json", get(move || async move { Json(document) }))
        // What isn't here is not a page of the portal either.
        .merge(everywhere::<Service>(any(|| async { StatusCode::NOT_FOUND })))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(error::write))
        .layer(from_fn_with_state(service.clone(), cors::add))
}

/// What stands in their place until there is a service.
pub fn starting() -> Router {
    let starting = || async {
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The server is starting.",
            "Wait as many seconds as Retry-After says, then try again.",
        )
    };
    everywhere(any(starting)).layer(from_fn(error::write))
}

/// Answers each path that has no route of its own.
fn everywhere<S: Clone + Send + Sync + 'static>(answer: MethodRouter<S>) -> Router<S> {
    Router::new()
        .route("/api", answer.clone())
        .route("/api/", answer.clone())
        .route("/api/{*rest}", answer)
}

/// What it is, for programs that read it (OpenAPI 3.1).
pub fn openapi() -> OpenApi {
    v1::resources().finish().1
}
