//! How a plain page says that the server failed.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use service::ServiceError;

use super::look;
use crate::middleware::operation_id::OPERATION_ID;

/// The answer to a request that came to nothing through no fault of the caller. `page` makes its page of the sentence; why
/// it failed stands in the log alone.
pub fn answer(error: &ServiceError, headers: &HeaderMap, page: impl FnOnce(&str) -> String) -> Response {
    if matches!(error, ServiceError::Busy) {
        let page = look::page(page(&error.to_string()));
        return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use rstest::rstest;

    #[rstest]
    #[case(ServiceError::Busy, 503, "The server is busy. Try again in a moment.")]
    #[case(
        ServiceError::Internal("a secret of the house".to_owned()),
        500,
        "The server failed. Try again; its log says why, under operation op-7."
    )]
    #[tokio::test]
    async fn says_what_to_do_and_nothing_of_the_inside(
        #[case] error: ServiceError,
        #[case] status: u16,
        #[case] sentence: &str,
    ) {
        let headers = HeaderMap::from_iter([(OPERATION_ID, "op-7".parse().unwrap())]);
        let answer = answer(&error, &headers, str::to_owned);
        assert_eq!(answer.status().as_u16(), status);
        let body = to_bytes(answer.into_body(), 1000).await.unwrap();
        assert_eq!(body, sentence);
    }
}
