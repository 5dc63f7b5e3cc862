//! What operations have in common, so that no handler describes it: the parameters of their paths, the ways in which they
//! are refused, and `HEAD` beside `GET`.

use http::StatusCode;
use serde_json::json;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{KnownFormat, RefOr, Required, SchemaFormat};

use super::document::{OPERATION_ID, bad_body, operation_id, reference};

/// The refusals of every operation.
const ALWAYS: [StatusCode; 6] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::URI_TOO_LONG,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// Those of an operation with a body.
const WITH_BODY: [StatusCode; 2] = [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNSUPPORTED_MEDIA_TYPE];

/// They name an object and never miss it: one makes it then, and the other is about whoever calls.
const NEVER_MISSING: [&str; 2] = ["GetOrCreateUser", "ReadPreferences"];

/// Adds that to the operations of a path.
pub fn complete(path: &str, item: &mut PathItem) {
    let parameters: Vec<Parameter> = path.split('/').filter_map(path_parameter).collect();
    // Beside the tenant, which is there for whoever gets as far.
    let names_an_object = parameters.len() > 1;
    for operation in operations(item) {
        let own = operation.parameters.take().unwrap_or_default();
        let can_be_wrong = names_an_object || !own.is_empty();
        operation.parameters = Some(parameters.iter().cloned().map(RefOr::T).chain(own).collect());
        complete_answers(operation);
        refuse(operation, &ALWAYS);
        if names_an_object && !never_misses(operation) {
            refuse(operation, &[StatusCode::NOT_FOUND]);
        }
        if operation.request_body.is_some() {
            refuse(operation, &WITH_BODY);
            let status = StatusCode::BAD_REQUEST.as_str().to_owned();
            operation.responses.responses.insert(status, bad_body());
        } else if can_be_wrong {
            refuse(operation, &[StatusCode::BAD_REQUEST]);
        }
    }
    // What a POST makes may be taken. Those that can meet that say so themselves.
    if let Some(operation) = &mut item.put {
        refuse(operation, &[StatusCode::CONFLICT]);
    }
    for operation in [&mut item.put, &mut item.delete].into_iter().flatten() {
        refuse(operation, &[StatusCode::PRECONDITION_FAILED]);
        operation.parameters.get_or_insert_default().push(RefOr::T(if_match()));
    }
    item.head = item.get.as_ref().map(head);
}

/// Puts another word into the ids of the operations of a path.
pub fn rename(item: &mut PathItem, from: &str, to: &str) {
    for operation in operations(item) {
        if let Some(id) = &mut operation.operation_id {
            *id = id.replace(from, to);
        }
    }
}

/// The operations of a path but `HEAD`, which is made from `GET`.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.delete]
        .into_iter()
        .flatten()
}

fn never_misses(operation: &Operation) -> bool {
    let id = operation.operation_id.as_deref();
    id.is_some_and(|id| NEVER_MISSING.contains(&id))
}

/// The headers of the answers that aren't refusals.
fn complete_answers(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    // A list that lacks some has the headers of a whole one.
    if let Some(RefOr::T(whole)) = responses.get("200").cloned()
        && let Some(RefOr::T(partly)) = responses.get_mut("207")
    {
        partly.headers.extend(whole.headers);
    }
    for response in responses.values_mut() {
        if let RefOr::T(response) = response {
            let id = RefOr::Ref(operation_id());
            response.headers.insert(OPERATION_ID.to_owned(), id);
        }
    }
}

fn refuse(operation: &mut Operation, statuses: &[StatusCode]) {
    let responses = &mut operation.responses.responses;
    for status in statuses {
        responses.insert(status.as_str().to_owned(), reference(*status));
    }
}

/// What `GET` answers, without the body.
fn head(get: &Operation) -> Operation {
    let mut head = get.clone();
    head.operation_id = get.operation_id.as_ref().map(|id| format!("Head{id}"));
    for response in head.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            response.content.clear();
        }
    }
    head
}

/// The parameter that a segment of a path stands for.
fn path_parameter(segment: &str) -> Option<Parameter> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    let (description, example) = match name {
        "tenantId" => (
            "The id of the token's tenant. Any other is refused with 403.",
            json!("3d4c7a0e-6f3b-4a57-9a0c-0a6f7c9e1b22"),
        ),
        "clientId" => ("The id of the client.", json!("0f6e2d9c-8f6a-4a38-9a51-2f3f6f5b7c10")),
        "secretId" => ("The number of the secret in its client.", json!(2)),
        "roleId" => ("The id of the role.", json!("9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10")),
        "userId" => ("The id of the person.", json!("1f6a4a0e-3c0b-4a52-8f6e-0b7c5d9e2a31")),
        _ => return None,
    };
    let (schema_type, format) = if example.is_number() {
        (Type::Integer, KnownFormat::Int32)
    } else {
        (Type::String, KnownFormat::Uuid)
    };
    let schema = ObjectBuilder::new()
        .schema_type(schema_type)
        .format(Some(SchemaFormat::KnownFormat(format)));
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(description))
        .example(Some(example))
        .schema(Some(schema));
    Some(parameter.build())
}

fn if_match() -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Change only this version, by its ETag; if there is another one, the answer is 412.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
