//! Examples of all that is sent and answered. Types show themselves; what is put together from them is shown here.

use serde_json::{Map, Value};
use utoipa::openapi::content::Content;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, RefOr};
use uuid::Uuid;

use super::error::ApiError;
use super::operation::operations;

/// The id of something else than the examples show.
pub const ANOTHER: Uuid = Uuid::from_u128(0x0b1c_2d3e_4f50_4172_8394_a5b6_c7d8_e9fa);

/// Shows an example wherever JSON is sent or answered.
pub fn add(document: &mut OpenApi) {
    let described = serde_json::to_value(&*document).unwrap_or_default();
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            add_to(&described, operation);
        }
    }
}

fn add_to(described: &Value, operation: &mut Operation) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        for content in body.content.values_mut() {
            show(content, |schema| example(described, schema));
        }
    }
    let brought = operation.responses.responses.contains_key("201");
    let mut whole: Vec<Value> = Vec::new();
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        for content in response.content.values_mut() {
            show(content, |schema| match status.as_str() {
                // They come in the order of their statuses: whatever succeeds whole is known by now.
                "207" => Some(partly(&whole, brought)),
                _ => example(described, schema),
            });
            if let RefOr::T(content) = content
                && let Some(Value::Array(rows)) = &content.example
            {
                whole.clone_from(rows);
            }
        }
    }
}

fn show(content: &mut RefOr<Content>, example: impl FnOnce(&Value) -> Option<Value>) {
    if let RefOr::T(content) = content
        && content.example.is_none()
    {
        let schema = serde_json::to_value(&content.schema).unwrap_or_default();
        content.example = example(&schema);
    }
}

/// How it looks when one more was asked for, or brought, than these.
fn partly(whole: &[Value], brought: bool) -> Value {
    let rows = whole.to_vec();
    let error = if brought {
        let wrong = ApiError::wrong_field("Name", "Name is 1 to 128 characters. It is empty.");
        ApiError::partly_refused(vec![(ANOTHER, wrong.at(1))], rows)
    } else {
        ApiError::partly(&[ANOTHER], rows)
    };
    error.example()
}

/// What a schema shows as an example of itself, or what its parts show.
fn example(described: &Value, schema: &Value) -> Option<Value> {
    let schema = resolve(described, schema);
    if let Some(own) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return Some(own.clone());
    }
    if schema["type"] == "array" {
        return example(described, &schema["items"]).map(|one| Value::Array(vec![one]));
    }
    let mut fields = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Value::Object(more) = example(described, part)? {
            fields.extend(more);
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        fields.insert(name.clone(), example(described, property)?);
    }
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// What a reference stands for.
pub fn resolve<'a>(described: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|place| described.pointer(place)).unwrap_or(value)
}
