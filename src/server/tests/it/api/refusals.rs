//! In which order a request is checked, and how it is refused.

use domain::role_form::RoleForm;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;

use super::{Api, UNKNOWN, path, refused};
use crate::http::send;

/// A custom role of the first tenant.
async fn role(api: &Api) -> String {
    let form = RoleForm {
        name: "MyData.Role".to_owned(),
        ..RoleForm::default()
    };
    let (service, tenant) = (&api.server.service, api.server.tenant);
    let role = service.add_role(&Actor::CommandLine, tenant, None, &form).await;
    role.unwrap().to_string()
}

/// Each of these requests is wrong in all that is checked after what it is refused for.
#[tokio::test]
async fn token_tenant_role_object_and_body_are_checked_in_this_order() {
    let api = Api::start().await;
    let (other, _) = api.another_tenant().await;
    let put = |path: &str, token: &str| {
        let request = api.server.request(Method::PUT, path).body("{");
        let request = request.header(CONTENT_TYPE, "application/json");
        if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        }
    };
    let missing = format!("Roles/{UNKNOWN}");
    let foreign = path(other, &missing);

    let without = send(put(&foreign, "")).await;
    assert_eq!((without.status.as_u16(), without.body.as_str()), (401, ""));
    assert_eq!(without.header("www-authenticate"), r#"Bearer realm="clientele""#);
    let wrong = send(put(&foreign, "nonsense")).await;
    assert_eq!((wrong.status.as_u16(), wrong.body.as_str()), (401, ""));
    assert!(wrong.header("www-authenticate").contains(r#"error="invalid_token""#));

    let mut bodies = Vec::new();
    let nowhere = path(UNKNOWN.parse().unwrap(), &missing);
    let encoded = foreign.replace('-', "%2D");
    for path in [
        foreign.as_str(),
        encoded.as_str(),
        nowhere.as_str(),
        "/api/v1/Tenants/mine/Roles/none",
        "/api/v1/Tenants/%ff/Roles/none",
    ] {
        let mut body = refused(&send(put(path, &api.administrator)).await, 403);
        body["OperationId"].take();
        bodies.push(body);
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]), "{bodies:?}");

    refused(&send(put(&api.path(&missing), &api.member)).await, 403);
    // What can't be read of a path is told to nobody from elsewhere, either.
    refused(&send(put(&path(other, "Roles/%ff"), &api.administrator)).await, 403);
    refused(&send(put(&api.path("Roles/%ff"), &api.administrator)).await, 400);
    refused(&send(put(&api.path(&missing), &api.administrator)).await, 404);
    let there = api.path(&format!("Roles/{}", role(&api).await));
    refused(&send(put(&there, &api.administrator)).await, 400);
}

#[tokio::test]
async fn a_path_names_what_it_decodes_to() {
    let api = Api::start().await;
    let (tenant, role) = (api.server.tenant.to_string(), role(&api).await);
    let plain = format!("{tenant}/Roles/{role}");
    for odd in [
        plain.to_uppercase(),
        plain.replace('-', "%2D"),
        plain.replace('-', "%2d").replace('0', "%30"),
    ] {
        let request = api.server.request(Method::GET, &format!("/api/v1/Tenants/{odd}"));
        let answer = send(request.bearer_auth(&api.member)).await;
        assert_eq!(answer.status, 200, "{odd}: {}", answer.body);
        assert_eq!(
            (&answer.json()["TenantId"], &answer.json()["Id"]),
            (&json!(tenant), &json!(role))
        );
    }
}

#[tokio::test]
async fn a_session_of_the_portal_opens_nothing() {
    let api = Api::start().await;
    let cookie = api.server.administrator().await;
    let request = api.server.request(Method::GET, &api.path("Roles"));
    assert_eq!(send(request.header(COOKIE, cookie)).await.status, 401);
}

#[rstest]
#[case(Method::GET, "/api", 404, "")]
#[case(Method::GET, "/api/v1/nothing", 404, "")]
#[case(Method::POST, "/api/v2/Tenants", 404, "")]
#[case(Method::PATCH, "/api/v1/Tenants/x/Roles", 405, "GET,HEAD,POST")]
#[case(Method::OPTIONS, "/api/v1/tenants/x/roles/y", 405, "GET,HEAD,PUT,DELETE")]
#[tokio::test]
async fn what_is_not_here_is_said_so(
    #[case] method: Method,
    #[case] path: &str,
    #[case] status: u16,
    #[case] allow: &str,
) {
    let api = Api::start().await;
    let answer = send(api.server.request(method, path)).await;
    refused(&answer, status);
    assert_eq!(answer.header("allow"), allow);
}

#[rstest]
#[case("application/json", "", 400, "The body is missing.")]
#[case("application/json", r#"{"Name": "#, 400, "The body is not JSON: EOF ")]
#[case("text/plain", r#"{"Name": "a"}"#, 415, "The body isn't sent as JSON.")]
#[case("application/json", r#"["a"]"#, 400, "Body: ")]
#[case("application/json", r#"{"Name": 7}"#, 400, "Name: This is a number. Send a string.")]
#[case("application/json", "{}", 400, "Name: Name is 1 to 128 characters. It is empty.")]
#[case(
    "application/json",
    r#"{"Name": null}"#,
    400,
    "Name: Name is 1 to 128 characters. It is empty."
)]
#[case("application/json", "7", 400, "Body: This is a number. Send an object.")]
#[case("application/json", r#"{"Name": "a", "Id": "7"}"#, 400, "Id: ")]
#[case(
    "application/json",
    r#"{"Name": "a", "RoleScope": 1e400}"#,
    400,
    "RoleScope: Send 1, or leave it out: "
)]
#[case(
    "application/json",
    r#"{"Name": "a", "RoleScope": 2}"#,
    400,
    "RoleScope: Send 1, or leave it out: "
)]
#[tokio::test]
async fn a_body_that_makes_no_sense_is_refused_with_the_field(
    #[case] content_type: &str,
    #[case] body: &'static str,
    #[case] status: u16,
    #[case] reason: &str,
) {
    let api = Api::start().await;
    let request = api.request(&api.administrator, Method::POST, "Roles");
    let answer = send(request.header(CONTENT_TYPE, content_type).body(body)).await;
    let body = refused(&answer, status);
    assert!(body["Reason"].as_str().unwrap().starts_with(reason), "{body}");
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused() {
    let api = Api::start().await;
    let answer = api
        .send(Method::POST, "Roles", &json!({"Name": "x".repeat(64 * 1024)}))
        .await;
    let body = refused(&answer, 413);
    assert!(body["Reason"].as_str().unwrap().contains("64 KiB"), "{body}");
}

/// Whoever sends very much is told so as well, though the server doesn't wait for the end.
#[tokio::test]
async fn a_body_of_1_mib_is_refused_in_the_same_shape() {
    let api = Api::start().await;
    let body = json!({"Name": "x".repeat(1024 * 1024)}).to_string();
    let answer = api
        .server
        .post_too_much(&api.path("Roles"), &api.administrator, &body)
        .await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 413 Payload Too Large\r\n"), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["Error"], "Payload Too Large");
    assert!(body["Reason"].as_str().unwrap().contains("64 KiB"), "{body}");
    assert!(
        head.contains(&format!("operation-id: {}", body["OperationId"].as_str().unwrap())),
        "{head}"
    );
}

#[rstest]
#[case("Roles?skip=-1", "skip: It must be a whole number from 0 to 2,147,483,647.")]
#[case("Roles?skip=2147483648", "skip: It must be a whole number from 0 to 2,147,483,647.")]
#[case(
    "Roles?skip=99999999999999999999",
    "skip: It must be a whole number from 0 to 2,147,483,647."
)]
#[case("Roles?count=1001", "count: It must be a whole number from 0 to 1,000.")]
#[case("Roles?Count=many", "count: It must be a whole number from 0 to 1,000.")]
#[case("Roles?id=7", "id: This is not a GUID.")]
#[case("Roles?roleTypeId=7", "roleTypeId: This is not a GUID.")]
#[case("Roles/7", "roleId: This is not a GUID.")]
#[case("Roles/%ff", "roleId: This is not a GUID.")]
#[tokio::test]
async fn parameters_that_make_no_sense_are_named(#[case] rest: &str, #[case] reason: &str) {
    let api = Api::start().await;
    let body = refused(&api.call(Method::GET, rest).await, 400);
    assert_eq!(body["Reason"], reason);
    let (name, why) = reason.split_once(": ").unwrap();
    assert_eq!(body["DynamicProperties"], json!({ name: why }));
}

#[tokio::test]
async fn a_list_is_asked_for_1_000_ids_at_most() {
    let api = Api::start().await;
    for (count, status) in [(1000, 207), (1001, 400)] {
        let ids = vec![format!("id={UNKNOWN}"); count].join("&");
        let body = refused(&api.call(Method::GET, &format!("Roles?{ids}")).await, status);
        if status == 400 {
            assert_eq!(
                body["Reason"],
                "id: Send it at most 1,000 times. This request has 1,001."
            );
        }
    }
}

#[tokio::test]
async fn answers_are_plain_json_that_no_cache_keeps() {
    let api = Api::start().await;
    let lower = api.path("Roles").to_lowercase();
    for path in [api.path("Roles"), lower, api.path("rOLES?unknown=1")] {
        let answer = send(api.server.request(Method::GET, &path).bearer_auth(&api.member)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("operation-id").len(), 36);
    }
    let scheme = api.server.request(Method::GET, &api.path("Roles"));
    let scheme = scheme.header("authorization", format!("BEARER {}", api.member));
    assert_eq!(send(scheme).await.status, 200);
}

#[tokio::test]
async fn after_600_wrong_tokens_only_a_right_one_passes() {
    let api = Api::start().await;
    let wrong = async || send(api.request("nonsense", Method::GET, "Roles")).await;
    for _ in 0..600 {
        assert_eq!(wrong().await.status, 401);
    }
    let answer = wrong().await;
    refused(&answer, 429);
    assert_eq!(answer.header("retry-after"), "60");
    assert_eq!(send(api.request(&api.member, Method::GET, "Roles")).await.status, 200);
    api.server.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(wrong().await.status, 401);
}

/// What no number of a computer holds is refused with the bound of its field, as what is no number is.
#[rstest]
#[case("1e400", "“1e400” is not a whole number.")]
#[case("-1e400", "“-1e400” is not a whole number.")]
#[case("99999999999999999999", "This is too long.")]
#[case(r#"{"a": []}"#, "“{\"a\": []}” is not a whole number.")]
#[tokio::test]
async fn a_number_that_makes_no_sense_is_refused_with_the_bound(#[case] number: &str, #[case] reason: &str) {
    let api = Api::start().await;
    let request = api.request(&api.administrator, Method::POST, "ClientCredentialClients");
    let body = format!(r#"{{"Name": "Pump", "AccessTokenLifetime": {number}}}"#);
    let answer = send(request.header(CONTENT_TYPE, "application/json").body(body)).await;
    let body = refused(&answer, 400);
    assert_eq!(
        body["DynamicProperties"],
        json!({ "AccessTokenLifetime": format!("Token Lifetime is 60 to 3600 seconds. {reason}") })
    );
}
