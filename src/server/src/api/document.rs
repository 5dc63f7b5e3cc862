//! The description as a whole (OpenAPI 3.1).

use http::StatusCode;
use service::ServiceError;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Paths;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response, ResponseBuilder, Schema,
    SecurityRequirement,
};
use utoipa::{PartialSchema, ToResponse, ToSchema};

use super::error::{ApiError, ErrorBody};
use super::examples;

/// The name of the scheme.
const BEARER: &str = "Bearer";
/// The name of the 400 of operations with a body in the components. That of the others is named by its status.
const BAD_BODY: &str = "BadBody";
/// The name of the header in the components.
pub const OPERATION_ID: &str = "Operation-Id";

const DESCRIPTION: &str = "\
Clients, their secrets, roles and people of a tenant.

Get a token at the token endpoint, `/identity/connect/token`, with the scope `ocsapi`, and send it as a bearer token. Any \
token of the tenant may read; changing needs a client or person with Tenant Administrator. The audit list and the export are \
for administrators alone, preferences for the person alone. The list of a client's secrets, never their text, is for \
administrators, and a client-credentials client may see, add, rotate and remove its own. Single objects have an `ETag`; send \
it as `If-Match` to change only that version (412 otherwise).

Names in a path match without regard to case. In a `PUT`, fields that are left out or null stay as they are. Every answer \
has the header `Operation-Id`, under which the server's log tells more; only a request whose address is longer than 64 KiB \
(414), that has more than 100 headers or very long ones (431), or that isn't HTTP (400) is refused before it is read, without \
that header and without a body.";

/// The document with these operations.
pub fn of(paths: Paths, schemas: Vec<(String, RefOr<Schema>)>) -> OpenApi {
    let mut components = Components::new();
    components.schemas.extend(schemas);
    let error = ErrorBody::name().into_owned();
    components.schemas.insert(error, ErrorBody::schema());
    for status in REFUSALS {
        components.responses.insert(component(status), of_status(status).into());
    }
    components.responses.insert(BAD_BODY.to_owned(), of_bad_body().into());
    let (taken, response) = Taken::response();
    components.responses.insert(taken.to_owned(), response);
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

/// How an operation refuses to make what somebody else has.
pub struct Taken;

impl ToResponse<'static> for Taken {
    fn response() -> (&'static str, RefOr<Response>) {
        let error = ApiError::from(ServiceError::Taken(examples::ANOTHER));
        let description = "The id or, for people, the e-mail address is taken.";
        ("Taken", refusal(StatusCode::CONFLICT, description, error).into())
    }
}

/// The ways in which operations are refused, each with a status that says which it is.
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

/// A reference to how operations with a body refuse what makes no sense.
pub fn bad_body() -> RefOr<Response> {
    RefOr::Ref(Ref::from_response_name(BAD_BODY))
}

/// A reference to the header that every answer has.
pub fn operation_id() -> Ref {
    Ref::new(format!("#/components/headers/{OPERATION_ID}"))
}

/// The name of the refusal in the components, such as `BadRequest`.
fn component(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or_default().replace(' ', "")
}

fn of_status(status: StatusCode) -> Response {
    match status {
        // It is answered before anybody looks at the request, with nothing but the status.
        StatusCode::URI_TOO_LONG => {
            let response = ResponseBuilder::new().description("The address is longer than 64 KiB.");
            response.build()
        }
        StatusCode::BAD_REQUEST => {
            let description = "A parameter is wrong, or what is asked for isn't allowed. Reason says why.";
            let why = "It must be a whole number from 0 to 2,147,483,647.";
            refusal(status, description, ApiError::wrong_field("skip", why))
        }
        status => {
            let error = ApiError::of(status);
            let description = error.reason().to_owned();
            refusal(status, &description, error)
        }
    }
}

fn of_bad_body() -> Response {
    let description = "The body isn't the JSON that is described, a field or a parameter is wrong, or what is asked for isn't \
                       allowed. Reason says why.";
    let error = ApiError::wrong_field("Name", "Name is 1 to 128 characters. It is empty.");
    refusal(StatusCode::BAD_REQUEST, description, error)
}

fn refusal(status: StatusCode, description: &str, error: ApiError) -> Response {
    let mut response = ResponseBuilder::new()
        .description(description)
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
