use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::CACHE_CONTROL;
use identity::about_token::AboutToken;
use service::Service;
use service::token::IssueError;

use super::token::not_done;
use super::{authorization, content_type};
use crate::middleware::client_address::ClientAddress;

/// The introspection endpoint (RFC 7662, section 2).
pub async fn introspect(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let read = AboutToken::read;
    let done = match authorization(&headers).and_then(|sent| read(sent, content_type(&headers), &body)) {
        Ok(request) => service.introspect(&request, address).await,
        Err(error) => Err(IssueError::Refused(error)),
    };
    let answer = match done {
        Ok(worth) => Json(worth).into_response(),
        Err(error) => not_done(error),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}
