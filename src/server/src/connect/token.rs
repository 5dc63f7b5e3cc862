use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use identity::error::TokenError;
use identity::token_request::TokenRequest;
use service::token::IssueError;
use service::{Service, ServiceError};

use super::{authorization, content_type};
use crate::middleware::client_address::ClientAddress;

/// The token endpoint (RFC 6749, section 3.2).
pub async fn token(
    State(service): State<Service>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let read = TokenRequest::read;
    let issued = match authorization(&headers).and_then(|sent| read(sent, content_type(&headers), &body)) {
        Ok(request) => service.issue_token(&request, address).await,
        Err(error) => Err(IssueError::Refused(error)),
    };
    let answer = match issued {
        Ok(token) => Json(token).into_response(),
        Err(error) => not_done(error),
    };
    // RFC 6749, section 5.1: neither tokens nor refusals belong in a cache.
    ([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], answer).into_response()
}

/// The answer to a client that was refused, or when the server failed.
pub fn not_done(error: IssueError) -> Response {
    match error {
        IssueError::Refused(error) => refused(error),
        IssueError::Failed(error) => failed(&error),
    }
}

/// The answer when the server failed.
pub fn failed(error: &ServiceError) -> Response {
    tracing::error!(%error, "an application could not be answered");
    let (status, code) = match error {
        ServiceError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
    };
    (status, Json(serde_json::json!({ "error": code }))).into_response()
}

fn refused(error: TokenError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let challenge = error.www_authenticate().map(|value| [(WWW_AUTHENTICATE, value)]);
    let wait = error.retry_after().map(|seconds| [(RETRY_AFTER, seconds.to_string())]);
    (status, challenge, wait, Json(error.body())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use rstest::rstest;

    #[rstest]
    #[case(ServiceError::Busy, 503, r#"{"error":"temporarily_unavailable"}"#)]
    #[case(ServiceError::Internal("a secret of the house".to_owned()), 500, r#"{"error":"server_error"}"#)]
    #[tokio::test]
    async fn a_failure_says_whether_to_come_again_and_nothing_of_the_inside(
        #[case] error: ServiceError,
        #[case] status: u16,
        #[case] body: &str,
    ) {
        let answer = failed(&error);
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(to_bytes(answer.into_body(), 1000).await.unwrap(), body);
    }
}
