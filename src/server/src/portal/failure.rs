//! How a plain page says that the server failed, and how a call of a server function is told so.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use service::ServiceError;
use ui::CallError;

use super::look;
use crate::middleware::operation_id;

/// The answer to a request that came to nothing through no fault of the caller. `page` makes its page of the sentence; why
/// it failed stands in the log alone.
pub fn answer(error: &ServiceError, headers: &HeaderMap, page: impl FnOnce(&str) -> String) -> Response {
    if matches!(error, ServiceError::Busy) {
        let page = look::page(page(&error.to_string()));
        return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
    }
    tracing::error!(%error, "a page failed");
    let id = operation_id::of(headers);
    let sentence = format!("The server failed. Try again; its log says why, under operation {id}.");
    let status = match error {
        ServiceError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, look::page(page(&sentence))).into_response()
}

/// The same for the call of a server function that came to nothing before the function ran: its caller reads no page.
pub fn call_answer(error: &ServiceError, headers: &HeaderMap) -> Response {
    if matches!(error, ServiceError::Busy) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(CallError::Busy)).into_response();
    }
    tracing::error!(%error, "the call of a server function failed");
    let failed = CallError::Failed(operation_id::of(headers).to_owned());
    (StatusCode::INTERNAL_SERVER_ERROR, Json(failed)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::middleware::operation_id::OPERATION_ID;
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

    #[rstest]
    #[case(ServiceError::Busy, 503, r#""Busy""#)]
    #[case(ServiceError::Internal("a secret of the house".to_owned()), 500, r#"{"Failed":"op-7"}"#)]
    #[tokio::test]
    async fn a_call_is_answered_in_the_words_of_the_page(
        #[case] error: ServiceError,
        #[case] status: u16,
        #[case] expected: &str,
    ) {
        let headers = HeaderMap::from_iter([(OPERATION_ID, "op-7".parse().unwrap())]);
        let answer = call_answer(&error, &headers);
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["content-type"], "application/json");
        let body = to_bytes(answer.into_body(), 1000).await.unwrap();
        assert_eq!(body, expected);
    }
}
