//! Versions of objects (RFC 9110, sections 8.8.3 and 13.1.1).

use std::convert::Infallible;
use std::ops::Range;

use axum::extract::FromRequestParts;
use http::header::{ETAG, IF_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderName, StatusCode};
use service::ServiceError;

use super::error::ApiError;

/// So many changes at the same moment are enough for one to be refused.
const ATTEMPTS: usize = 5;

/// The header that says which version an answer holds.
pub fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(ETAG, format!("\"{version}\""))]
}

/// The versions of which the caller wants to change one, if they name any.
pub struct IfMatch(Option<Vec<String>>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

impl IfMatch {
    fn of(headers: &HeaderMap) -> Self {
        let values: Vec<&[u8]> = headers
            .get_all(IF_MATCH)
            .iter()
            .map(http::HeaderValue::as_bytes)
            .collect();
        if values.is_empty() {
            return Self(None);
        }
        let tags = String::from_utf8_lossy(&values.join(&b',')).into_owned();
        Self(Some(tags.split(',').map(|tag| tag.trim().to_owned()).collect()))
    }

    /// Refuses an object that is there in another version.
    pub fn check(&self, version: i64) -> Result<(), ApiError> {
        let tag = format!("\"{version}\"");
        match &self.0 {
            Some(tags) if !tags.iter().any(|wanted| *wanted == tag || wanted == "*") => {
                Err(ApiError::of(StatusCode::PRECONDITION_FAILED))
            }
            _ => Ok(()),
        }
    }

    /// How often a change is tried that meets another one. The caller who names no version wants theirs on top of it.
    pub fn attempts(&self) -> Range<usize> {
        0..if self.0.is_some() { 1 } else { ATTEMPTS }
    }

    /// The version that the change must still find after [`check`](Self::check); none where any will do.
    pub fn still(&self, version: i64) -> Option<i64> {
        let tags = self.0.as_ref()?;
        (!tags.iter().any(|tag| tag == "*")).then_some(version)
    }

    /// What the service's refusal of the change means: somebody may have been quicker after [`check`](Self::check).
    pub fn refused(&self, error: ServiceError) -> ApiError {
        match error {
            ServiceError::Conflict if self.0.is_some() => ApiError::of(StatusCode::PRECONDITION_FAILED),
            error => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], true)]
    #[case(&["\"7\""], true)]
    #[case(&["*"], true)]
    #[case(&["\"6\", \"7\""], true)]
    #[case(&["\"6\"", "\"7\""], true)]
    #[case(&["\"6\""], false)]
    #[case(&["W/\"7\""], false)]
    #[case(&["7"], false)]
    #[case(&[""], false)]
    fn the_version_is_among_those_named(#[case] sent: &[&str], #[case] expected: bool) {
        let headers = sent.iter().map(|value| (IF_MATCH, value.parse().unwrap()));
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(name, value);
        }
        assert_eq!(IfMatch::of(&all).check(7).is_ok(), expected);
    }

    #[test]
    fn a_version_that_was_named_must_still_be_there() {
        let of = |tag: &str| IfMatch::of(&HeaderMap::from_iter([(IF_MATCH, tag.parse().unwrap())]));
        assert_eq!(of("\"7\"").still(7), Some(7));
        assert_eq!(of("*").still(7), None);
        assert_eq!(IfMatch::of(&HeaderMap::new()).still(7), None);
    }
}
