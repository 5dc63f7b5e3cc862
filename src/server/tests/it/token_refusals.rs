//! What the token endpoint refuses, as RFC 6749, section 5.2, says it.

use chrono::Duration;
use domain::clock::Clock;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use rstest::rstest;

use crate::http::{encode, send};
use crate::server::TestServer;
use crate::story::{client_form, secret_of};

const FORM: &str = "application/x-www-form-urlencoded";
const GRANT: &str = "grant_type=client_credentials";

/// In `body` ID and SECRET stand for those of a client.
#[rstest]
#[case::wrong_secret(
    "grant_type=client_credentials&client_id=ID&client_secret=cls_no",
    401,
    "invalid_client"
)]
#[case::unknown_client(
    "grant_type=client_credentials&client_id=00000000-0000-4000-8000-00000000abcd&client_secret=SECRET",
    401,
    "invalid_client"
)]
#[case::no_id(
    "grant_type=client_credentials&client_id=me&client_secret=SECRET",
    401,
    "invalid_client"
)]
#[case::no_secret("grant_type=client_credentials&client_id=ID", 401, "invalid_client")]
#[case::no_grant("client_id=ID&client_secret=SECRET", 400, "invalid_request")]
#[case::other_grant(
    "grant_type=password&client_id=ID&client_secret=SECRET",
    400,
    "unsupported_grant_type"
)]
#[case::other_scope(
    "grant_type=client_credentials&scope=openid&client_id=ID&client_secret=SECRET",
    400,
    "invalid_scope"
)]
#[case::repeated(
    "grant_type=client_credentials&client_id=ID&client_id=ID&client_secret=SECRET",
    400,
    "invalid_request"
)]
#[case::not_utf8("grant_type=%FF&client_id=ID&client_secret=SECRET", 400, "invalid_request")]
#[case::empty("", 401, "invalid_client")]
#[tokio::test]
async fn a_wrong_body(#[case] body: &str, #[case] status: u16, #[case] code: &str) {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let body = body.replace("ID", &client.id.to_string());
    let body = body.replace("SECRET", secret_of(&client));
    let request = server.request(Method::POST, "/identity/connect/token");
    let answer = send(request.header(CONTENT_TYPE, FORM).body(body)).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (status, &code.into())
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("www-authenticate"), "", "only for Basic");
    assert!(!answer.body.contains(secret_of(&client)));
}

#[rstest]
#[case::wrong_secret("Basic QTpi", GRANT, 401, "invalid_client")]
#[case::not_base64("Basic %%%", GRANT, 401, "invalid_client")]
#[case::other_scheme("Bearer QTpi", GRANT, 401, "invalid_client")]
#[case::twice(
    "Basic QTpi",
    "grant_type=client_credentials&client_id=A&client_secret=b",
    400,
    "invalid_request"
)]
#[case::two_clients("Basic QTpi", "grant_type=client_credentials&client_id=B", 400, "invalid_request")]
#[tokio::test]
async fn a_wrong_header(#[case] header: &str, #[case] body: &str, #[case] status: u16, #[case] code: &str) {
    let server = TestServer::start().await;
    let request = server.request(Method::POST, "/identity/connect/token");
    let request = request.header(CONTENT_TYPE, FORM).header(AUTHORIZATION, header);
    let answer = send(request.body(body.to_owned())).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (status, &code.into())
    );
    let challenge = answer.header("www-authenticate");
    assert_eq!(challenge.starts_with("Basic realm="), status == 401, "{challenge}");
}

#[tokio::test]
async fn two_headers() {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let (id, secret) = (client.id.to_string(), secret_of(&client));
    let request = server.form("/identity/connect/token", &[("grant_type", "client_credentials")]);
    let request = request
        .basic_auth(&id, Some(secret))
        .header(AUTHORIZATION, "Basic QTpi");
    let answer = send(request).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (400, &"invalid_request".into())
    );
}

#[rstest]
#[case("application/json")]
#[case("text/plain")]
#[case("")]
#[tokio::test]
async fn another_content_type(#[case] content_type: &str) {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let (id, secret) = (client.id.to_string(), secret_of(&client).to_owned());
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", &secret),
    ];
    let request = server.request(Method::POST, "/identity/connect/token");
    let answer = send(request.header(CONTENT_TYPE, content_type).body(encode(&fields))).await;
    assert_eq!(answer.status, 400);
    insta::allow_duplicates! {
        insta::assert_snapshot!(answer.body, @r#"{"error":"invalid_request","error_description":"The content type must be application/x-www-form-urlencoded."}"#);
    }
}

#[tokio::test]
async fn a_secret_is_refused_from_the_second_of_its_expiry() {
    let server = TestServer::start().await;
    let mut form = client_form();
    form.secret.never_expires = false;
    form.secret.expiration = (server.clock.now() + Duration::hours(1)).to_rfc3339();
    let client = server.add_client_to(server.tenant, &form).await;
    let id = client.id.to_string();
    server.clock.advance(Duration::seconds(3599));
    assert_eq!(send(server.ask_for_token(&id, secret_of(&client))).await.status, 200);
    server.clock.advance(Duration::seconds(1));
    let answer = send(server.ask_for_token(&id, secret_of(&client))).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error"], "invalid_client");
}
