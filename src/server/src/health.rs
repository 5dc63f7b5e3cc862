//! What a supervisor asks.

use axum::Router;
use axum::extract::State;
use axum::routing::{MethodRouter, get};
use http::StatusCode;
use service::Service;

/// `/health/live`: the process answers. `/health/ready`: it can do its work.
pub fn routes() -> Router<Service> {
    Router::new()
        .route("/health/live", live())
        .route("/health/ready", get(ready))
}

/// It says no more than that there is an answer.
pub fn live<S: Clone + Send + Sync + 'static>() -> MethodRouter<S> {
    get(|| async { "live" })
}

async fn ready(State(service): State<Service>) -> (StatusCode, &'static str) {
    match service.is_ready().await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database doesn't answer")
        }
    }
}
