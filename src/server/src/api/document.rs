//! The description as a whole (OpenAPI 3.1).

use http::StatusCode;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Paths;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response, ResponseBuilder, Schema,
    SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use super::error::{ApiError, ErrorBody};
use super::examples;

/// The name of the scheme.
const BEARER: &str = "Bearer";
/// The name of the header in the components.
pub const OPERATION_ID: &str = "Operation-Id";

const DESCRIPTION: &str = "\
Clients, their secrets, roles and people of a tenant.

Get a token at the token endpoint with the scope `ocsapi`, and send it as a bearer token. Reading needs any token of the \
tenant, changing one whose client or person holds Tenant Administrator. Secrets of a client are shown to administrators \
and to itself alone, and it may add, rotate and remove them.

Names in a path match without regard to case. In a `PUT`, fields that are left out or null stay as they are. Every answer \
has the header `Operation-Id`, under which the server's log tells more.";

/// The document with these operations.
pub fn of(paths: Paths, schemas: Vec<(String, RefOr<Schema>)>) -> OpenApi {
    let mut components = Components::new();
    components.schemas.extend(schemas);
    let error = ErrorBody::name().into_owned();
    components.schemas.insert(error, ErrorBody::schema());
    for status in REFUSALS {
        components.responses.insert(component(status), refusal(status).into());
    }
    let id = HeaderBuilder::new().description(Some("The id of this call in the server's log."));
    components.headers.insert(OPERATION_ID.to_owned(), id.build().into());
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
    components.add_security_scheme(BEARER, SecurityScheme::Http(scheme.build()));
    let none: [&str; 0] = [];
    let mut document = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Clientele Identity API")
                .version("v1")
                .description(Some(DESCRIPTION)),
        )
        .paths(paths)
        .components(Some(components))
        .security(Some([SecurityRequirement::new(BEARER, none)]))
        .build();
    examples::add(&mut document);
    document
}

/// The ways in which operations are refused.
const REFUSALS: [StatusCode; 12] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::CONFLICT,
    StatusCode::PRECONDITION_FAILED,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::URI_TOO_LONG,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// A reference to one of them.
pub fn reference(status: StatusCode) -> RefOr<Response> {
    RefOr::Ref(Ref::from_response_name(component(status)))
}

/// A reference to the header that every answer has.
pub fn operation_id() -> Ref {
    Ref::new(format!("#/components/headers/{OPERATION_ID}"))
}

/// The name of the refusal in the components, such as `BadRequest`.
fn component(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or_default().replace(' ', "")
}

fn refusal(status: StatusCode) -> Response {
    // It is answered before anybody looks at the request, with nothing but the status.
    if status == StatusCode::URI_TOO_LONG {
        let response = ResponseBuilder::new().description("The address is longer than 64 KiB.");
        return response.build();
    }
    let error = match status {
        StatusCode::BAD_REQUEST => ApiError::wrong_field(
            "AccessTokenLifetime",
            "Token Lifetime is 60 to 3600 seconds. 59 is too short.",
        ),
        status => ApiError::of(status),
    };
    let mut response = ResponseBuilder::new()
        .description(ApiError::of(status).reason())
        .header_ref(OPERATION_ID, operation_id());
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        let wait = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0))))
            .description(Some("How many seconds to wait before the next try."));
        response = response.header("Retry-After", wait.build());
    }
    if status == StatusCode::UNAUTHORIZED {
        let challenge =
            HeaderBuilder::new().description(Some("Bearer, and what is wrong with the token if one was sent."));
        return response.header("WWW-Authenticate", challenge.build()).build();
    }
    let schema = Ref::from_schema_name(ErrorBody::name());
    let content = ContentBuilder::new()
        .schema(Some(schema))
        .example(Some(error.example()))
        .build();
    response.content("application/json", content).build()
}
