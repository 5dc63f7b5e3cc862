use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use service::Service;
use service::token::IssueError;

use super::about_token;
use super::token::not_done;
use crate::middleware::client_address::ClientAddress;

/// The revocation endpoint (RFC 7009, section 2). What is taken back has no answer but that it is.
pub async fn revocation(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let done = match about_token(&headers, &body) {
        Ok(request) => service.revoke(&request, address).await,
        Err(error) => Err(IssueError::Refused(error)),
    };
    let answer = match done {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => not_done(error),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}
