//! Versions of objects (RFC 9110, sections 8.8.3 and 13.1.1).

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::header::{ETAG, IF_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderName, StatusCode};

use super::error::ApiError;

/// A change that meets another one so often is refused nevertheless.
const ATTEMPTS: usize = 5;

/// The header that says which version an answer holds.
pub fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(ETAG, format!("\"{version}\""))]
}

/// The versions of which the caller wants to change one; `None` where any will do.
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
        let tags = String::from_utf8_lossy(&values.join(&b',')).into_owned();
        let tags: Vec<String> = tags.split(',').map(|tag| tag.trim().to_owned()).collect();
        let any = values.is_empty() || tags.iter().any(|tag| tag == "*");
        Self((!any).then_some(tags))
    }

    /// Makes a change, each attempt of which reads what is there, [checks](Self::check) it and changes that. Another change
    /// may come in between: the caller who names no version wants theirs on top of it, anybody else is refused.
    pub async fn change<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let mut more = 1..ATTEMPTS;
        loop {
            match attempt().await {
                Err(error) if error.met_another_change() => {
                    if self.0.is_some() {
                        return Err(ApiError::of(StatusCode::PRECONDITION_FAILED));
                    }
                    if more.next().is_none() {
                        return Err(error);
                    }
                }
                end => return end,
            }
        }
    }

    /// Refuses an object that is there in another version.
    pub fn check(&self, version: i64) -> Result<(), ApiError> {
        let tag = format!("\"{version}\"");
        match &self.0 {
            Some(tags) if !tags.contains(&tag) => Err(ApiError::of(StatusCode::PRECONDITION_FAILED)),
            _ => Ok(()),
        }
    }

    /// The version that a removal must still find after [`check`](Self::check); none where any will do.
    pub fn still(&self, version: i64) -> Option<i64> {
        self.0.is_some().then_some(version)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use axum::response::IntoResponse;
    use rstest::rstest;

    use super::*;

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

    fn of(tag: &str) -> IfMatch {
        IfMatch::of(&HeaderMap::from_iter([(IF_MATCH, tag.parse().unwrap())]))
    }

    /// How often a change is tried of which so many attempts end like this, and how the whole ends.
    async fn tried(if_match: &IfMatch, failing: usize, error: ApiError) -> (usize, StatusCode) {
        let tried = Cell::new(0);
        let end = if_match.change(|| async {
            tried.set(tried.get() + 1);
            if tried.get() > failing {
                Ok(StatusCode::OK)
            } else {
                Err(error.clone())
            }
        });
        let end = end.await.unwrap_or_else(|error| error.into_response().status());
        (tried.get(), end)
    }

    #[tokio::test]
    async fn a_change_comes_on_top_of_others_unless_it_names_a_version() {
        let another = || ApiError::of(StatusCode::CONFLICT);
        let (any, one) = (IfMatch::of(&HeaderMap::new()), of("\"7\""));
        assert_eq!(tried(&any, 4, another()).await, (5, StatusCode::OK));
        assert_eq!(tried(&any, 5, another()).await, (5, StatusCode::CONFLICT));
        assert_eq!(tried(&of("*"), 1, another()).await, (2, StatusCode::OK));
        assert_eq!(tried(&one, 0, another()).await, (1, StatusCode::OK));
        assert_eq!(tried(&one, 1, another()).await, (1, StatusCode::PRECONDITION_FAILED));
        for if_match in [any, one] {
            let taken = ApiError::taken("Email", "It is taken.");
            assert_eq!(tried(&if_match, 1, taken).await, (1, StatusCode::CONFLICT));
            let gone = ApiError::of(StatusCode::NOT_FOUND);
            assert_eq!(tried(&if_match, 1, gone).await, (1, StatusCode::NOT_FOUND));
        }
    }

    #[test]
    fn a_version_that_was_named_must_still_be_there() {
        assert_eq!(of("\"7\"").still(7), Some(7));
        assert_eq!(of("*").still(7), None);
        assert_eq!(IfMatch::of(&HeaderMap::new()).still(7), None);
    }
}
