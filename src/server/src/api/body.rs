//! What a request carries.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::error::ApiError;

/// For a list in the place of an object: serde would take it for the object's values in their order.
const NO_OBJECT: &str = "This is a list. Send an object.";
/// What is sent where an id belongs.
const GUID: &str = "a GUID such as 8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3";

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
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| wrong(&error))?;
        json.end().map_err(|error| not_json(&error))?;
        Ok(value)
    }
}

fn wrong(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let json = error.inner();
    // A number that is too large for any type is JSON nevertheless.
    if json.is_data() || json.to_string().starts_with("number out of range") {
        ApiError::wrong_field(&field(error.path()), sentence(json))
    } else {
        not_json(json)
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

/// What is wrong with it. Of what serde says, such as `invalid type: string "…", expected a boolean at line 1 column 12`, only
/// what stands there and what should, in plain words: the text that was sent may be long.
fn sentence(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
    if let Some(name) = told.strip_prefix("duplicate field ") {
        return format!("{name} appears twice. Send it once.");
    }
    if told.starts_with("UUID parsing failed") {
        return format!("This is not a GUID. Send {GUID}.");
    }
    match told
        .strip_prefix("invalid type: ")
        .and_then(|told| told.rsplit_once(", expected "))
    {
        Some((sent, expected)) => format!("This is {}. Send {}.", in_plain_words(sent), in_plain_words(expected)),
        None => "This value can't be read. See the description of the operation.".to_owned(),
    }
}

fn in_plain_words(of_serde: &str) -> &str {
    const WORDS: [(&str, &str); 9] = [
        ("string", "a string"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("boolean", "a boolean"),
        ("a boolean", "true or false"),
        ("sequence", "a list"),
        ("a sequence", "a list"),
        ("map", "an object"),
        ("a formatted UUID string", GUID),
    ];
    let plain = WORDS.iter().find(|(begin, _)| of_serde.starts_with(begin));
    plain.map_or(of_serde, |(_, plain)| *plain)
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
    use uuid::Uuid;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase", expecting = "an object")]
    struct Sample {
        name: Option<String>,
        enabled: Option<bool>,
        #[serde(default)]
        ids: Vec<Uuid>,
    }

    fn read(content_type: &str, body: &str) -> Result<Sample, ApiError> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().unwrap())]);
        let body = JsonBody {
            is_json: is_json(&headers),
            bytes: Bytes::copy_from_slice(body.as_bytes()),
        };
        body.read()
    }

    async fn reason(content_type: &str, body: &str) -> String {
        let error = read(content_type, body).unwrap_err().into_body("op-7".to_owned());
        let body = to_bytes(error.into_body(), 1000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["OperationId"], "op-7");
        body["Reason"].as_str().unwrap().to_owned()
    }

    #[rstest]
    #[case("application/json")]
    #[case("APPLICATION/json; charset=utf-8")]
    fn json_is_read_and_what_is_unknown_ignored(#[case] content_type: &str) {
        let sample = read(content_type, r#"{"Name": "Pump", "Color": {"a": [7, 1e400]}}"#);
        let expected = Sample {
            name: Some("Pump".to_owned()),
            enabled: None,
            ids: Vec::new(),
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
    #[tokio::test]
    async fn what_is_no_json_is_told_so(#[case] content_type: &str, #[case] body: &str, #[case] expected: &str) {
        assert_eq!(reason(content_type, body).await, expected);
    }

    #[rstest]
    #[case("7", "Body: This is a number. Send an object.")]
    #[case("null", "Body: This is null. Send an object.")]
    #[case(r#" ["Pump", true]"#, "Body: This is a list. Send an object.")]
    #[case(r#"{"Name": 7}"#, "Name: This is a number. Send a string.")]
    #[case(r#"{"Name": -0.5}"#, "Name: This is a number. Send a string.")]
    #[case(r#"{"Name": {"a": 1}}"#, "Name: This is an object. Send a string.")]
    #[case(r#"{"Name": false}"#, "Name: This is a boolean. Send a string.")]
    #[case(
        r#"{"Name": 1e400}"#,
        "Name: This value can't be read. See the description of the operation."
    )]
    #[case(r#"{"Name": "a", "Name": "b"}"#, "Body: `Name` appears twice. Send it once.")]
    #[case(
        r#"{"Enabled": ", expected a string at line 1"}"#,
        "Enabled: This is a string. Send true or false."
    )]
    #[case(r#"{"Ids": "7"}"#, "Ids: This is a string. Send a list.")]
    #[case(
        r#"{"Ids": ["8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3", "7"]}"#,
        "Ids[1]: This is not a GUID. Send a GUID such as 8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3."
    )]
    #[case(
        r#"{"Ids": [[]]}"#,
        "Ids[0]: This is a list. Send a GUID such as 8d3f6c1e-5b7a-4e02-9c41-b2a97d50e6f3."
    )]
    #[tokio::test]
    async fn what_is_wrong_is_named_in_plain_words(#[case] body: &str, #[case] expected: &str) {
        assert_eq!(reason("application/json", body).await, expected);
    }

    #[tokio::test]
    async fn what_was_sent_is_not_sent_back() {
        let long = format!(r#"{{"Enabled": "{}"}}"#, "x".repeat(60_000));
        assert_eq!(
            reason("application/json", &long).await,
            "Enabled: This is a string. Send true or false."
        );
    }
}
