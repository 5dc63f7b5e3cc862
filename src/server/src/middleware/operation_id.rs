//! The id that stands in an answer and in the log, so that one leads to the other.

use domain::clock::Ids;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use service::system::SystemIds;
use tower_http::request_id::{MakeRequestId, RequestId};

/// The header that holds it.
pub const OPERATION_ID: HeaderName = HeaderName::from_static("operation-id");

/// Forgets an id that the caller sent: the log must hold only ours. It runs before one is made.
pub fn forget<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove(OPERATION_ID);
    request
}

/// The id of the request with these headers.
pub fn of(headers: &HeaderMap) -> &str {
    let id = headers.get(OPERATION_ID).and_then(|id| id.to_str().ok());
    id.unwrap_or_default()
}

/// Makes an id for each request.
#[derive(Clone, Copy, Debug)]
pub struct OperationIds;

impl MakeRequestId for OperationIds {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&SystemIds.uuid().to_string())
            .ok()
            .map(RequestId::new)
    }
}

/// The span of a request in the log: method and path, but not the query, which may hold what is nobody's business.
pub fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), operation_id = id)
}
