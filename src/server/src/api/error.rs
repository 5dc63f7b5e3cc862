//! How a request is refused: one shape for all, with the id under which the log tells more.

mod of_service;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use identity::bearer_token::BearerError;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

pub use of_service::name as name_of;

use crate::middleware::operation_id;

/// Why a request came to nothing, or not to all that it asked for.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    reason: String,
    resolution: String,
    /// What is wrong with each field.
    fields: BTreeMap<String, String>,
    /// What is told in `WWW-Authenticate`.
    challenge: Option<Box<str>>,
    /// What is told in `Retry-After`.
    wait: Option<u64>,
    /// What could be answered nevertheless, and why the rest could not.
    partial: Option<Box<(Vec<ChildError>, Vec<Value>)>>,
}

/// Why a request was refused.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(as = Error)]
pub struct ErrorBody {
    /// Also in the header Operation-Id; the server's log tells more under it.
    operation_id: String,
    /// The name of the status.
    error: String,
    /// What happened.
    reason: String,
    /// What to do next.
    resolution: String,
    /// What is wrong with each field, by its name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    dynamic_properties: BTreeMap<String, String>,
}

/// What was found or added, and why the rest was not.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Partial<T> {
    #[serde(flatten)]
    error: ErrorBody,
    /// Why, for each that was not found, or not added.
    child_errors: Vec<ChildError>,
    /// Those that were found, or added.
    data: Vec<T>,
}

/// What stands in the body of a refusal.
#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Whole(ErrorBody),
    Partial(Partial<Value>),
}

/// Why one of several was not found, or not added.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ChildError {
    /// The status that it would have alone.
    status_code: u16,
    /// The id that was asked for, or that the object would have got.
    model_id: Uuid,
    /// The name of the status.
    error: String,
    /// What happened.
    reason: String,
    /// What to do next.
    resolution: String,
}

impl ApiError {
    /// A refusal with this reason, and what to do about it.
    pub fn new(status: StatusCode, reason: impl Into<String>, resolution: impl Into<String>) -> Self {
        Self {
            status,
            reason: reason.into(),
            resolution: resolution.into(),
            fields: BTreeMap::new(),
            challenge: None,
            wait: None,
            partial: None,
        }
    }

    /// Fields or parameters that are wrong, by name.
    pub fn wrong(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let fields: BTreeMap<String, String> = fields.into_iter().collect();
        let reason = sentences(&fields);
        Self {
            fields,
            ..Self::new(
                StatusCode::BAD_REQUEST,
                reason,
                "Correct what the reason names, and send the request again.",
            )
        }
    }

    /// One field or parameter that is wrong.
    pub fn wrong_field(name: &str, why: impl Into<String>) -> Self {
        Self::wrong([(name.to_owned(), why.into())])
    }

    /// A field that holds what must be unique and is another's.
    pub fn taken(name: &str, why: impl Into<String>) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            ..Self::wrong_field(name, why)
        }
    }

    /// The same, of the one that stands at this place of a list that was sent, counted from 0.
    #[must_use]
    pub fn at(mut self, place: usize) -> Self {
        if self.fields.is_empty() {
            self.reason = format!("[{place}]: {}", self.reason);
        } else {
            let fields = std::mem::take(&mut self.fields).into_iter();
            self.fields = fields.map(|(name, why)| (format!("[{place}].{name}"), why)).collect();
            self.reason = sentences(&self.fields);
        }
        self
    }

    /// Without a token, or with one that isn't good (RFC 6750, section 3). Such an answer has no body.
    pub fn unauthorized(error: BearerError) -> Self {
        Self {
            challenge: Some(error.www_authenticate().into()),
            ..Self::of(StatusCode::UNAUTHORIZED)
        }
    }

    /// After too many wrong tokens: so many seconds later the next one is looked at as any other.
    pub fn too_many(wait: u64) -> Self {
        Self {
            wait: Some(wait),
            ..Self::of(StatusCode::TOO_MANY_REQUESTS)
        }
    }

    /// Some of the ids that were asked for are unknown; `data` are the others.
    pub fn partly(missing: &[Uuid], data: Vec<Value>) -> Self {
        let children = missing.iter().map(|id| {
            let unknown = Self {
                reason: format!("Nothing here has the id {id}."),
                ..Self::of(StatusCode::NOT_FOUND)
            };
            (*id, unknown)
        });
        let partly = Self::new(
            StatusCode::MULTI_STATUS,
            "Some of the ids that were asked for are unknown.",
            "Look at ChildErrors for those that are missing, and at Data for the others.",
        );
        partly.with(children, data)
    }

    /// Some of several were refused, each for a reason of its own; `data` are the others.
    pub fn partly_refused(refused: Vec<(Uuid, Self)>, data: Vec<Value>) -> Self {
        let partly = Self::new(
            StatusCode::MULTI_STATUS,
            "Not all clients were added.",
            "Correct those that ChildErrors names, and send them again. Data holds those that were added.",
        );
        partly.with(refused, data)
    }

    fn with(self, refused: impl IntoIterator<Item = (Uuid, Self)>, data: Vec<Value>) -> Self {
        let children = refused.into_iter().map(|(id, error)| ChildError {
            status_code: error.status.as_u16(),
            model_id: id,
            error: name(error.status),
            reason: error.reason,
            resolution: error.resolution,
        });
        Self {
            partial: Some(Box::new((children.collect(), data))),
            ..self
        }
    }

    /// What a status says by itself.
    pub fn of(status: StatusCode) -> Self {
        let (reason, resolution) = match status {
            StatusCode::BAD_REQUEST => (
                "The request can't be read.",
                "Look at the description of the operation.",
            ),
            StatusCode::UNAUTHORIZED => (
                "The access token is missing or not valid.",
                "Get a token at the token endpoint, and send it as a bearer token.",
            ),
            StatusCode::FORBIDDEN => (
                "The caller may not do this in this tenant.",
                "Use the tenant of the token, or ask a Tenant Administrator for the role that this needs.",
            ),
            StatusCode::NOT_FOUND => ("Nothing is here.", "Check the path and the ids in it."),
            StatusCode::METHOD_NOT_ALLOWED => (
                "This path doesn't have this method.",
                "Use one of the methods that the header Allow lists.",
            ),
            StatusCode::CONFLICT => (
                "Somebody else changed this at the same time.",
                "Read the new state, and send the request again.",
            ),
            StatusCode::PRECONDITION_FAILED => (
                "The object is not in the version that If-Match names.",
                "Read the new state, and send the request again with its ETag.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "The body is longer than 64 KiB, or 1 MiB where clients are imported.",
                "Send less in one request.",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "The body isn't sent as JSON.",
                "Send it with Content-Type: application/json.",
            ),
            StatusCode::TOO_MANY_REQUESTS => (
                "Too many tokens that are not valid came from this address.",
                "Get a token at the token endpoint. Wait as many seconds as Retry-After says, then try again.",
            ),
            StatusCode::SERVICE_UNAVAILABLE => (
                "The server is busy, or its database doesn't answer.",
                "Wait as many seconds as Retry-After says, then try again.",
            ),
            _ if status.is_client_error() => ("The request was refused.", "Look at the description of the operation."),
            _ => (
                "The server failed.",
                "Try again. The server's log says why it failed, under this operation id.",
            ),
        };
        Self::new(status, reason, resolution)
    }

    /// Whether somebody else was quicker. What is taken is refused with the same status, but for a field.
    pub fn met_another_change(&self) -> bool {
        self.status == StatusCode::CONFLICT && self.fields.is_empty()
    }

    /// What happened.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// How its body looks, for the description.
    pub fn example(self) -> Value {
        let body = self.body("5f0c6d1e-94c3-4b58-8d3e-6f1d1f0c2a11".to_owned());
        serde_json::to_value(body).unwrap_or_default()
    }

    /// The whole answer, under the id of its request.
    pub(super) fn into_body(self, operation_id: String) -> Response {
        Json(self.body(operation_id)).into_response()
    }

    fn body(self, operation_id: String) -> Body {
        let error = ErrorBody {
            operation_id,
            error: name(self.status),
            reason: self.reason,
            resolution: self.resolution,
            dynamic_properties: self.fields,
        };
        match self.partial {
            Some(partial) => {
                let (child_errors, data) = *partial;
                Body::Partial(Partial {
                    error,
                    child_errors,
                    data,
                })
            }
            None => Body::Whole(error),
        }
    }
}

impl IntoResponse for ApiError {
    /// The body is written by [`write`], which knows the operation id.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(challenge) = &self.challenge
            && let Ok(challenge) = HeaderValue::from_str(challenge)
        {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.wait {
            response.headers_mut().insert(RETRY_AFTER, wait.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the body of every refusal, also of those that no handler made. No answer belongs into a cache.
pub async fn write(request: Request, next: Next) -> Response {
    let id = operation_id::of(request.headers()).to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let error = response.extensions_mut().remove::<ApiError>();
    let error = error.or_else(|| refused.then(|| ApiError::of(status)));
    if let Some(error) = error
        && status != StatusCode::UNAUTHORIZED
    {
        let (written, body) = error.into_body(id).into_parts();
        response.headers_mut().extend(written.headers);
        *response.body_mut() = body;
    }
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What is wrong with each field.
fn sentences(fields: &BTreeMap<String, String>) -> String {
    let sentences: Vec<String> = fields.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    sentences.join(" ")
}

fn name(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or_default().to_owned()
}
