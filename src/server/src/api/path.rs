//! The ids in a path.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use http::StatusCode;
use http::request::Parts;

use super::error::ApiError;

/// The parameters of the path, to be read once the caller is known.
pub struct PathParameters(RawPathParams);

impl<S: Send + Sync> FromRequestParts<S> for PathParameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parameters = RawPathParams::from_request_parts(parts, state).await;
        parameters.map(Self).map_err(|_| ApiError::of(StatusCode::BAD_REQUEST))
    }
}

impl PathParameters {
    /// The GUID of this name.
    pub fn id<Id: FromStr>(&self, name: &str) -> Result<Id, ApiError> {
        self.parse(name, "This is not a GUID.")
    }

    /// The number of this name.
    pub fn number(&self, name: &str) -> Result<i32, ApiError> {
        self.parse(name, "This is not a whole number of 32 bits.")
    }

    fn parse<T: FromStr>(&self, name: &str, why: &str) -> Result<T, ApiError> {
        let text = self.0.iter().find(|(parameter, _)| *parameter == name);
        text.and_then(|(_, text)| text.parse().ok())
            .ok_or_else(|| ApiError::wrong_field(name, why))
    }
}
