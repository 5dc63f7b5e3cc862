//! The endpoints of the identity server, under `/identity`.

pub mod authorize;
mod checksession;
mod discovery;
pub mod endsession;
mod introspect;
mod jwks;
mod revocation;
mod token;
mod userinfo;

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use identity::about_token::AboutToken;
use identity::authorize_request::MAX_REQUEST;
use identity::error::TokenError;
use service::Service;
use tower::ServiceBuilder;
use tower_http::limit::{RequestBodyLimitLayer, ResponseBody};

use crate::middleware::{cors, headers};
use crate::router::MAX_BODY;

/// The routes.
pub fn routes(service: &Service) -> Router<Service> {
    let limited = ServiceBuilder::new()
        .map_response(too_long)
        .layer(RequestBodyLimitLayer::new(MAX_BODY));
    // What pages of applications call from a browser.
    let called = Router::new()
        .route("/identity/connect/token", post(token::token))
        .route("/identity/connect/revocation", post(revocation::revocation))
        .route(
            "/identity/connect/userinfo",
            get(userinfo::userinfo).post(userinfo::userinfo),
        )
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(service.clone(), cors::add))
                .layer(limited.clone()),
        );
    // Where applications send browsers, which come back to them.
    let visited = Router::new()
        .route(
            "/identity/connect/authorize",
            get(authorize::authorize).post(authorize::post),
        )
        .route(authorize::RESUME, get(authorize::resume))
        .route(
            endsession::END_SESSION,
            get(endsession::end_session).post(endsession::post),
        )
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .layer(from_fn(headers::on_the_way));
    Router::new()
        .route("/identity/.well-known/openid-configuration", get(discovery::discovery))
        .route(
            "/.well-known/oauth-authorization-server/identity",
            get(discovery::discovery),
        )
        .route("/identity/.well-known/openid-configuration/jwks", get(jwks::jwks))
        .route("/identity/connect/checksession", get(checksession::check_session))
        .route(
            "/identity/connect/introspect",
            post(introspect::introspect).layer(limited),
        )
        .merge(called)
        .merge(visited)
        // What isn't here is not a page of the portal either.
        .route("/identity", any(|| async { StatusCode::NOT_FOUND }))
        .route("/identity/", any(|| async { StatusCode::NOT_FOUND }))
        .route("/identity/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
}

/// Says in JSON, as all that applications are answered, that a request was too long.
fn too_long(answer: http::Response<ResponseBody<Body>>) -> Response {
    if answer.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return answer.into_response();
    }
    let error = TokenError::InvalidRequest("The request is too long.");
    (answer.status(), [(CACHE_CONTROL, "no-store")], Json(error.body())).into_response()
}

/// The `Authorization` header, if it is sent once.
pub fn authorization(headers: &HeaderMap) -> Result<Option<&[u8]>, TokenError> {
    let mut values = headers.get_all(AUTHORIZATION).iter().map(HeaderValue::as_bytes);
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(TokenError::InvalidRequest("The Authorization header is sent twice.")),
    }
}

/// The `Content-Type` header.
fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())
}

/// What a client asks or says about a token.
fn about_token(headers: &HeaderMap, body: &[u8]) -> Result<AboutToken, TokenError> {
    AboutToken::read(authorization(headers)?, content_type(headers), body)
}
