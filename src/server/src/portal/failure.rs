//! How a plain page says that the server failed.

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use service::ServiceError;

use super::look;
use crate::middleware::operation_id::OPERATION_ID;

/// How long whoever finds the server busy waits before the next try, in seconds.
const BUSY_SECONDS: &str = "5";

/// The answer to a request that came to nothing through no fault of the caller. `page` makes its page of the sentence; why
/// it failed stands in the log alone.
pub fn answer(error: &ServiceError, headers: &HeaderMap, page: impl FnOnce(&str) -> String) -> Response {
    if matches!(error, ServiceError::Busy) {
        let page = look::page(page(&error.to_string()));
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, BUSY_SECONDS)], page).into_response();
    }
    tracing::error!(%error, "a page failed");
    let id = headers
        .get(OPERATION_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let sentence = format!("The server failed. Try again; its log says why, under operation {id}.");
    let status = match error {
        ServiceError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, look::page(page(&sentence))).into_response()
}
