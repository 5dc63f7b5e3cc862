use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::CACHE_CONTROL;
use service::Service;
use service::token::IssueError;

use super::about_token;
use super::token::not_done;
use crate::middleware::client_address::ClientAddress;

/// The introspection endpoint (RFC 7662, section 2).
pub async fn introspect(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let done = match about_token(&headers, &body) {
        Ok(request) => service.introspect(&request, address).await,
        Err(error) => Err(IssueError::Refused(error)),
    };
    let answer = match done {
        Ok(worth) => Json(worth).into_response(),
        Err(error) => not_done(error),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}
