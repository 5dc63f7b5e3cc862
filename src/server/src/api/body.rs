//! What a request carries.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::error::ApiError;

/// A list of an object's values in their order would do as well otherwise.
const NO_OBJECT: &str = "This is a list. Send an object.";

/// A body, to be read once it is known that the caller may do what it asks for, and that what it is about is there.
pub struct JsonBody {
    is_json: bool,
    bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| ApiError::of(rejection.status()))?;
        Ok(Self { is_json, bytes })
    }
}

impl JsonBody {
    /// Reads an object. Fields that `T` doesn't know are ignored.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        if self.bytes.trim_ascii_start().starts_with(b"[") {
            return Err(ApiError::wrong_field("Body", NO_OBJECT));
        }
        self.read_any()
    }

    /// Reads a list of objects.
    pub fn read_objects<T: DeserializeOwned>(&self) -> Result<Vec<T>, ApiError> {
        let entries: Vec<Box<RawValue>> = self.read_any()?;
        match entries.iter().position(|entry| entry.get().starts_with('[')) {
            Some(place) => Err(ApiError::wrong_field(&format!("[{place}]"), NO_OBJECT)),
            None => self.read_any(),
        }
    }

    /// Reads what may be a list, or anything.
    pub fn read_any<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        if self.bytes.is_empty() {
            return Err(unreadable("The body is missing."));
        }
        if !self.is_json {
            return Err(ApiError::of(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let mut json = serde_json::Deserializer::from_slice(&self.bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| match error.inner().classify() {
            Category::Data => ApiError::wrong_field(&field(error.path()), sentence(error.inner())),
            Category::Io | Category::Syntax | Category::Eof => not_json(error.inner()),
        })?;
        json.end().map_err(|error| not_json(&error))?;
        Ok(value)
    }
}

fn not_json(error: &serde_json::Error) -> ApiError {
    unreadable(&format!("The body is not JSON: {error}."))
}

fn unreadable(reason: &str) -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        reason,
        "Send one JSON value, as the description of the operation has it.",
    )
}

/// Where the wrong value stands; the whole is called Body.
fn field(path: &serde_path_to_error::Path) -> String {
    match path.to_string() {
        root if root == "." => "Body".to_owned(),
        path => path,
    }
}

/// What is wrong with it, such as `invalid type: integer …, expected a string at line 1 column 12`.
fn sentence(error: &serde_json::Error) -> String {
    format!("This is wrong: {error}.")
}

/// Parameters of the media type are of no matter.
fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = sent.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use rstest::rstest;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase", expecting = "an object")]
    struct Sample {
        name: Option<String>,
        #[serde(default)]
        ids: Vec<u8>,
    }

    fn read(content_type: &str, body: &'static str) -> Result<Sample, ApiError> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().unwrap())]);
        let body = JsonBody {
            is_json: is_json(&headers),
            bytes: Bytes::from_static(body.as_bytes()),
        };
        body.read()
    }

    #[rstest]
    #[case("application/json")]
    #[case("APPLICATION/json; charset=utf-8")]
    fn json_is_read_and_what_is_unknown_ignored(#[case] content_type: &str) {
        let sample = read(content_type, r#"{"Name": "Pump", "Color": {"a": [7]}, "Ids": [1]}"#);
        let expected = Sample {
            name: Some("Pump".to_owned()),
            ids: vec![1],
        };
        assert_eq!(sample.unwrap(), expected);
    }

    #[rstest]
    #[case("application/json", "", "The body is missing.")]
    #[case("text/plain", "{}", "The body isn't sent as JSON.")]
    #[case("", "{}", "The body isn't sent as JSON.")]
    #[case(
        "application/json",
        "{",
        "The body is not JSON: EOF while parsing an object at line 1 column 1."
    )]
    #[case(
        "application/json",
        "{} 7",
        "The body is not JSON: trailing characters at line 1 column 4."
    )]
    #[case(
        "application/json",
        "7",
        "Body: This is wrong: invalid type: integer `7`, expected an object at "
    )]
    #[case("application/json", r#" ["Pump", [1]]"#, "Body: This is a list. Send an object.")]
    #[case(
        "application/json",
        r#"{"Name": 7}"#,
        "Name: This is wrong: invalid type: integer `7`, expected a string at "
    )]
    #[case(
        "application/json",
        r#"{"Ids": [1, -1]}"#,
        "Ids[1]: This is wrong: invalid value: integer `-1`, expected u8 at "
    )]
    #[tokio::test]
    async fn what_is_wrong_is_named(#[case] content_type: &str, #[case] body: &'static str, #[case] reason: &str) {
        let error = read(content_type, body).unwrap_err().into_body("op-7".to_owned());
        let body = to_bytes(error.into_body(), 1000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
        assert_eq!(body["OperationId"], "op-7");
    }
}
