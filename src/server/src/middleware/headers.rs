//! The headers that every answer has.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue, StatusCode};

/// What holds unless a page says otherwise: nothing runs, nothing is framed.
const STRICTEST: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const ONE_YEAR: &str = "max-age=31536000";
/// How long whoever finds the server busy or without its database waits before the next try, in seconds.
const WAIT: &str = "5";
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Put beside an answer that pages of other sites may frame; its policy says so too.
#[derive(Clone, Copy, Debug)]
pub struct Framable;

/// Put beside every answer on the way of a browser from an application to us and back: of the authorization and end-session
/// endpoints, and of the forms that they lead to. An application may have opened a window for it, and waits there for what
/// comes back. Under `same-origin` the browser cuts that window off for good, be it by one redirect of them. All other
/// answers are `same-origin`: nobody who opens the portal keeps a hold on its window.
#[derive(Clone, Copy, Debug)]
pub struct OnTheWay;

/// Puts [`OnTheWay`] beside every answer of some routes.
pub async fn on_the_way(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(OnTheWay);
    response
}

/// Adds the headers. `https` says whether the public URL is of that scheme.
pub fn add<B>(https: bool, mut response: Response<B>) -> Response<B> {
    let framable = response.extensions().get::<Framable>().is_some();
    let on_the_way = response.extensions().get::<OnTheWay>().is_some();
    let unavailable = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(STRICTEST));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !framable {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    // Not no-referrer: with it a form is sent from the origin "null", which looks like another site.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if !on_the_way {
        headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    }
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    if unavailable {
        headers.entry(RETRY_AFTER).or_insert(HeaderValue::from_static(WAIT));
    }
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONE_YEAR));
    }
    response
}
