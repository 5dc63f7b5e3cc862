//! What operations have in common, so that no handler describes it: the parameters of their paths, the ways in which they
//! are refused, and `HEAD` beside `GET`.

use http::StatusCode;
use http::header::IF_MATCH;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{KnownFormat, RefOr, Required, SchemaFormat};

use super::document::{OPERATION_ID, operation_id, reference};

/// The refusals of every operation.
const ALWAYS: [StatusCode; 7] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::URI_TOO_LONG,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// Those of an operation with a body.
const WITH_BODY: [StatusCode; 2] = [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNSUPPORTED_MEDIA_TYPE];

/// Adds that to the operations of a path.
pub fn complete(path: &str, item: &mut PathItem) {
    let parameters: Vec<Parameter> = path.split('/').filter_map(path_parameter).collect();
    // Beside the tenant, which is there for whoever gets as far.
    let names_an_object = parameters.len() > 1;
    for operation in operations(item) {
        let own = operation.parameters.take().unwrap_or_default();
        operation.parameters = Some(parameters.iter().cloned().map(RefOr::T).chain(own).collect());
        for response in operation.responses.responses.values_mut() {
            if let RefOr::T(response) = response {
                let id = RefOr::Ref(operation_id());
                response.headers.insert(OPERATION_ID.to_owned(), id);
            }
        }
        refuse(operation, &ALWAYS);
        if names_an_object {
            refuse(operation, &[StatusCode::NOT_FOUND]);
        }
        if operation.request_body.is_some() {
            refuse(operation, &WITH_BODY);
        }
    }
    for operation in [&mut item.post, &mut item.put].into_iter().flatten() {
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

/// The operations of a path that have a body or answer one.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.delete]
        .into_iter()
        .flatten()
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
    let schema = if name == "secretId" {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
    } else {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
    };
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(schema));
    Some(parameter.build())
}

fn if_match() -> Parameter {
    ParameterBuilder::new()
        .name(IF_MATCH.as_str())
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The ETag of the version that this changes; another one is refused with 412.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
