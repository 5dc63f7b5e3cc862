//! The ids in a path.

use std::convert::Infallible;
use std::str::FromStr;

use axum::extract::{FromRequestParts, MatchedPath};
use http::request::Parts;
use percent_encoding::percent_decode_str;

use super::error::ApiError;

/// The parameters of the path, to be read once the caller is known.
pub struct PathParameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for PathParameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

impl PathParameters {
    /// Those of a request that was routed. Each is decoded by itself: one that is no text keeps no other from being read.
    pub fn of(parts: &Parts) -> Self {
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let segments = route.split('/').zip(parts.uri.path().split('/'));
        let parameters = segments.filter_map(|(name, text)| {
            let name = name.strip_prefix('{')?.strip_suffix('}')?;
            Some((
                name.to_owned(),
                percent_decode_str(text).decode_utf8_lossy().into_owned(),
            ))
        });
        Self(parameters.collect())
    }

    /// The GUID of this name.
    pub fn id<Id: FromStr>(&self, name: &str) -> Result<Id, ApiError> {
        self.parse(name, "This is not a GUID.")
    }

    /// The number of this name.
    pub fn number(&self, name: &str) -> Result<i32, ApiError> {
        self.parse(name, "This is not a whole number of 32 bits.")
    }

    fn parse<T: FromStr>(&self, name: &str, why: &str) -> Result<T, ApiError> {
        let text = self.0.iter().find(|(parameter, _)| parameter == name);
        text.and_then(|(_, text)| text.parse().ok())
            .ok_or_else(|| ApiError::wrong_field(name, why))
    }
}
