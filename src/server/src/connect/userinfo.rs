use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use identity::bearer_token::{self, BearerError};
use secrecy::SecretString;
use service::Service;
use service::userinfo::UserInfoError;

use super::token::failed;
use super::{authorization, content_type};

/// The userinfo endpoint (OpenID Connect Core, section 5.3).
pub async fn userinfo(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    let told = match read(&headers, &body) {
        Ok(token) => service.user_info(&token).await,
        Err(error) => Err(UserInfoError::Refused(error)),
    };
    let answer = match told {
        Ok(told) => Json(told).into_response(),
        Err(UserInfoError::Refused(error)) => refused(error),
        Err(UserInfoError::Failed(error)) => failed(&error),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<SecretString, BearerError> {
    let authorization = authorization(headers).map_err(|_| BearerError::InvalidRequest)?;
    bearer_token::read(authorization, content_type(headers), body)
}

fn refused(error: BearerError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, [(WWW_AUTHENTICATE, error.www_authenticate())]).into_response()
}
