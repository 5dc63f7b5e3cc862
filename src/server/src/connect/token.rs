use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use identity::error::TokenError;
use identity::token_request::TokenRequest;
use service::Service;
use service::token::IssueError;

use crate::middleware::client_address::ClientAddress;

/// The token endpoint (RFC 6749, section 3.2).
pub async fn token(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let issued = match read(&headers, &body) {
        Ok(request) => service.issue_token(&request, address).await,
        Err(error) => Err(IssueError::Refused(error)),
    };
    let answer = match issued {
        Ok(token) => Json(token).into_response(),
        Err(IssueError::Refused(error)) => refused(error),
        Err(IssueError::Failed(error)) => {
            tracing::error!(%error, "no token could be issued");
            let body = serde_json::json!({ "error": "server_error" });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    };
    // RFC 6749, section 5.1: neither tokens nor refusals belong in a cache.
    ([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], answer).into_response()
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<TokenRequest, TokenError> {
    let mut authorizations = headers.get_all(AUTHORIZATION).iter().map(HeaderValue::as_bytes);
    let authorization = authorizations.next();
    if authorizations.next().is_some() {
        return Err(TokenError::InvalidRequest("The Authorization header is sent twice."));
    }
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    TokenRequest::read(authorization, content_type, body)
}

fn refused(error: TokenError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let challenge = error.www_authenticate().map(|value| [(WWW_AUTHENTICATE, value)]);
    let wait = error.retry_after().map(|seconds| [(RETRY_AFTER, seconds.to_string())]);
    (status, challenge, wait, Json(error.body())).into_response()
}
