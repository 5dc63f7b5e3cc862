//! A page to read and try the API, made of its description. Nothing of it comes from elsewhere.

use std::collections::BTreeMap;

use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::Value;
use service::Service;
use ui::documents::api::{Answer, Group, Operation, Parameter, Reference, api};
use utoipa::openapi::OpenApi;

use super::examples::resolve;
use crate::portal::look;

/// What sends the requests.
const SCRIPT: &str = "/api/docs.js";

/// The media type of all bodies.
const JSON: &str = "application/json";

/// It runs our script, which asks our server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The routes.
pub fn routes(document: &OpenApi) -> Router<Service> {
    let reference = reference(&serde_json::to_value(document).unwrap_or_default());
    let show = move |cookies: CookieJar| async move { page(&cookies, reference) };
    Router::new().route("/api/docs", get(show)).route(SCRIPT, get(script))
}

fn page(cookies: &CookieJar, reference: Reference) -> Response {
    let page = api(&look::of(cookies), reference, SCRIPT);
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
}

async fn script() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("docs.js"),
    )
}

/// What the page says of a description.
fn reference(document: &Value) -> Reference {
    let mut groups: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (path, item) in entries(&document["paths"]) {
        for method in ["get", "post", "put", "delete"] {
            if let Some(described) = item.get(method) {
                let group = groups.entry(text(&described["tags"][0])).or_default();
                group.push(operation(document, path, method, described));
            }
        }
    }
    let groups = groups.into_iter().map(|(name, operations)| Group { name, operations });
    Reference {
        title: text(&document["info"]["title"]),
        paragraphs: text(&document["info"]["description"])
            .split("\n\n")
            .map(str::to_owned)
            .collect(),
        groups: groups.collect(),
    }
}

fn operation(document: &Value, path: &str, method: &str, described: &Value) -> Operation {
    let parameters = described["parameters"].as_array().into_iter().flatten();
    let body = described
        .get("requestBody")
        .map(|body| pretty(&body["content"][JSON]["example"]));
    let answers = entries(&described["responses"]).map(|(status, answer)| {
        let answer = resolve(document, answer);
        // All refusals look alike.
        let success = status.starts_with('2');
        Answer {
            status: status.clone(),
            description: text(&answer["description"]),
            example: answer["content"][JSON].get("example").filter(|_| success).map(pretty),
        }
    });
    Operation {
        id: text(&described["operationId"]),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(&described["summary"]),
        description: described["description"].as_str().map(str::to_owned),
        parameters: parameters
            .filter(|parameter| parameter["name"] != "tenantId")
            .map(parameter)
            .collect(),
        body,
        answers: answers.collect(),
    }
}

fn parameter(described: &Value) -> Parameter {
    let schema = &described["schema"];
    let several = schema["type"] == "array";
    let of = if several { &schema["items"] } else { schema };
    let kind = of.get("format").unwrap_or(&of["type"]);
    Parameter {
        name: text(&described["name"]),
        place: text(&described["in"]),
        kind: text(kind),
        several,
        description: text(&described["description"]),
    }
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_the_description_says() {
        let reference = reference(&serde_json::to_value(crate::api::openapi()).unwrap());
        assert_eq!(reference.title, "Clientele Identity API");
        let roles = reference.groups.iter().find(|group| group.name == "Roles").unwrap();
        let update = roles
            .operations
            .iter()
            .find(|operation| operation.id == "UpdateRole")
            .unwrap();
        assert_eq!(
            (update.method.as_str(), update.path.as_str(), update.summary.as_str()),
            ("PUT", "/api/v1/Tenants/{tenantId}/Roles/{roleId}", "Changes a role.")
        );
        assert_eq!(update.description.as_deref(), Some("Built-in roles can't be changed."));
        let parameters: Vec<(&str, &str, &str)> = update
            .parameters
            .iter()
            .map(|parameter| (&*parameter.name, &*parameter.place, &*parameter.kind))
            .collect();
        assert_eq!(
            parameters,
            [("roleId", "path", "uuid"), ("If-Match", "header", "string")]
        );
        assert!(update.body.as_ref().unwrap().contains("Reads and writes my data"));
        let done = update.answers.iter().find(|answer| answer.status == "200").unwrap();
        assert!(done.example.as_ref().unwrap().contains("MyData.Role"));
        let list = roles
            .operations
            .iter()
            .find(|operation| operation.id == "ListRoles")
            .unwrap();
        let id = &list.parameters[0];
        assert_eq!((id.name.as_str(), id.kind.as_str(), id.several), ("id", "uuid", true));
        let rows = list.answers.iter().find(|answer| answer.status == "200").unwrap();
        assert!(rows.example.as_ref().unwrap().starts_with('['));
    }
}
