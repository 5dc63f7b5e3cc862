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
use axum::routing::{any, get};
use axum::{Json, Router};
use http::StatusCode;
use service::Service;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;

use crate::middleware::cors;
use crate::router::MAX_BODY;

/// The routes.
pub fn routes(service: &Service) -> Router<Service> {
    let (routes, document) = v1::resources().finish();
    let nothing = || any(|| async { StatusCode::NOT_FOUND });
    routes
        .merge(docs::routes(&document))
        .route("/api/openapi.json", get(move || async move { Json(document) }))
        // What isn't here is not a page of the portal either.
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*rest}", nothing())
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(error::write))
        .layer(from_fn_with_state(service.clone(), cors::add))
}

/// What it is, for programs that read it (OpenAPI 3.1).
pub fn openapi() -> OpenApi {
    v1::resources().finish().1
}
