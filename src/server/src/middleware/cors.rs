//! Which pages of other sites may call the endpoints that applications call (Fetch, section 3.3): those of the origins that
//! clients list. Never with cookies.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use service::Service;

/// What a page may send.
const SENT: &str = "Authorization, Content-Type, If-Match, If-None-Match";
/// What it may read beside the body.
const READ: &str = "Operation-Id, Total-Count, ETag, Location, Retry-After, WWW-Authenticate";
/// How it may call.
const METHODS: &str = "GET, POST, PUT, DELETE";
/// For how many seconds a browser need not ask again.
const KEPT: &str = "600";

/// Answers what a browser asks before it lets a page call, and says in every answer whether the page may read it.
pub async fn add(State(service): State<Service>, request: Request, next: Next) -> Response {
    let origin = allowed_origin(&service, request.headers()).await;
    let asks = request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = origin else {
        return response;
    };
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if asks {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(KEPT));
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    }
    response
}

/// The origin of the page, if some client lists it. When the database doesn't say, none is.
async fn allowed_origin(service: &Service, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(ORIGIN)?;
    match service.allows_origin(origin.to_str().ok()?).await {
        Ok(allowed) => allowed.then(|| origin.clone()),
        Err(error) => {
            tracing::error!(%error, "the allowed origins could not be read");
            None
        }
    }
}
