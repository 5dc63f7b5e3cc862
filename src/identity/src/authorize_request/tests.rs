use proptest::prelude::*;
use rstest::rstest;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::*;

const URI: &str = "https://app.example.com/cb";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn client(kind: ClientKind) -> AuthorizeClient {
    AuthorizeClient {
        kind,
        tenant_id: TenantId(Uuid::from_u128(7)),
        allow_offline_access: true,
        allow_access_tokens_via_browser: false,
    }
}

fn parameters(text: &str) -> AuthorizeParameters {
    AuthorizeParameters::read(text).unwrap()
}

/// A right request of an authorization-code client, with these parameters added or, when they are empty, left out.
fn with(changes: &[(&str, &str)]) -> AuthorizeParameters {
    let mut pairs = vec![
        ("client_id", "0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d"),
        ("redirect_uri", URI),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    pairs.extend(changes);
    parameters(&Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The code of the error with which such a request is refused.
fn refusal(kind: ClientKind, changes: &[(&str, &str)]) -> Option<&'static str> {
    with(changes).request(&client(kind)).err().map(AuthorizeError::code)
}

#[test]
fn a_right_request_is_read_whole() {
    let read = with(&[
        ("scope", "openid email address offline_access"),
        ("nonce", "n"),
        ("max_age", "300"),
        ("prompt", "login"),
        ("login_hint", "ana@example.com"),
        ("acr_values", "level1 tenant:00000000-0000-0000-0000-000000000007"),
        ("claims", "{}"),
    ]);
    assert_eq!(read.login_hint(), Some("ana@example.com"));
    let request = read.request(&client(ClientKind::AuthorizationCode)).unwrap();
    assert_eq!(request.response_type, ResponseType::default());
    assert_eq!(request.scopes.to_string(), "openid email offline_access");
    assert_eq!(request.code_challenge, CodeChallenge::parse(CHALLENGE));
    assert_eq!(request.nonce.as_deref(), Some("n"));
    assert_eq!((request.prompt, request.max_age), (Prompt::Login, Some(300)));
}

#[rstest]
#[case("")]
#[case("client_id=")]
#[case("client_id=me")]
#[case("client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d&client_id=0b8f3a52-6f1e-4a7d-9d3c-3f0e0a1b2c3d")]
fn without_a_client_nothing_goes_anywhere(#[case] text: &str) {
    assert_eq!(parameters(text).client_id(), Err(ShownError::UnknownClient));
}

#[rstest]
#[case("")]
#[case("redirect_uri=")]
#[case("redirect_uri=https://evil.example/cb")]
#[case("redirect_uri=https://app.example.com/cb&redirect_uri=https://app.example.com/cb")]
#[case("redirect_uri=https://app.example.com/cb%23")]
fn without_a_registered_address_nothing_goes_there(#[case] text: &str) {
    let back = parameters(text).return_address(&[URI.to_owned()]);
    assert_eq!(back, Err(ShownError::RedirectUri));
}

#[test]
fn too_much_is_not_looked_at() {
    let long = AuthorizeParameters::read(&"a".repeat(MAX_REQUEST + 1));
    assert_eq!(long.err(), Some(ShownError::TooLong));
    assert_eq!(AuthorizeParameters::read("a=%ff").err(), Some(ShownError::Unreadable));
    let long = "s".repeat(MAX_KEPT + 1);
    for name in ["state", "nonce"] {
        let refused = refusal(ClientKind::AuthorizationCode, &[(name, &long)]);
        assert_eq!(refused, Some("invalid_request"), "{name}");
    }
    let back = with(&[("state", &long)]).return_address(&[URI.to_owned()]).unwrap();
    assert_eq!(back.state, None);
}

#[test]
fn a_posted_request_is_a_form() {
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(AuthorizeParameters::of_form(form, b"a=1").as_deref(), Ok("a=1"));
    for (content_type, body) in [(None, &b"a=1"[..]), (form, &b"\xff"[..]), (form, &b"\0"[..])] {
        let read = AuthorizeParameters::of_form(content_type, body);
        assert_eq!(read, Err(ShownError::Unreadable));
    }
}

#[rstest]
#[case(&[("response_type", "")], "invalid_request")]
#[case(&[("response_type", "token")], "unsupported_response_type")]
#[case(&[("response_type", "id_token token")], "unsupported_response_type")]
#[case(&[("response_type", "code id_token"), ("nonce", "n")], "unauthorized_client")]
#[case(&[("response_mode", "carrier_pigeon")], "invalid_request")]
#[case(&[("scope", "")], "invalid_scope")]
#[case(&[("scope", "address phone")], "invalid_scope")]
#[case(&[("code_challenge", "")], "invalid_request")]
#[case(&[("code_challenge", ""), ("code_challenge_method", "")], "invalid_request")]
#[case(&[("code_challenge_method", "plain")], "invalid_request")]
#[case(&[("code_challenge_method", "")], "invalid_request")]
#[case(&[("code_challenge", "short")], "invalid_request")]
#[case(&[("prompt", "none login")], "invalid_request")]
#[case(&[("prompt", "create")], "invalid_request")]
#[case(&[("max_age", "-1")], "invalid_request")]
#[case(&[("max_age", "soon")], "invalid_request")]
#[case(&[("acr_values", "tenant:00000000-0000-0000-0000-000000000008")], "invalid_request")]
#[case(&[("request", "x")], "request_not_supported")]
#[case(&[("request_uri", "https://app.example.com/r")], "request_uri_not_supported")]
#[case(&[("foo", "1"), ("foo", "2")], "invalid_request")]
#[case(&[("nonce", "\0")], "invalid_request")]
fn a_wrong_request_is_refused(#[case] changes: &[(&str, &str)], #[case] code: &str) {
    assert_eq!(refusal(ClientKind::AuthorizationCode, changes), Some(code));
}

/// Of a hybrid client; without a challenge.
#[rstest]
#[case("code", "openid", "n", None)]
#[case("code", "openid", "", Some("invalid_request"))]
#[case("code", "ocsapi", "n", Some("invalid_request"))]
#[case("code id_token", "openid", "n", None)]
#[case("code id_token", "openid", "", Some("invalid_request"))]
#[case("code id_token", "ocsapi", "n", Some("invalid_scope"))]
#[case("code token", "openid", "n", Some("unauthorized_client"))]
#[case("code id_token token", "openid", "n", Some("unauthorized_client"))]
fn something_binds_the_code_of_a_hybrid_client(
    #[case] response_type: &str,
    #[case] scope: &str,
    #[case] nonce: &str,
    #[case] expected: Option<&str>,
) {
    let changes = [
        ("response_type", response_type),
        ("scope", scope),
        ("nonce", nonce),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    assert_eq!(refusal(ClientKind::Hybrid, &changes), expected);
}

#[rstest]
#[case("code token", "", None)]
#[case("code id_token token", "form_post", None)]
#[case("code id_token token", "fragment", None)]
#[case("code id_token token", "query", Some("invalid_request"))]
fn whoever_may_gets_a_token_through_the_browser(
    #[case] response_type: &str,
    #[case] response_mode: &str,
    #[case] expected: Option<&str>,
) {
    let client = AuthorizeClient {
        allow_access_tokens_via_browser: true,
        ..client(ClientKind::Hybrid)
    };
    let changes = [
        ("response_type", response_type),
        ("response_mode", response_mode),
        ("nonce", "n"),
    ];
    let refused = with(&changes).request(&client).err();
    assert_eq!(refused.map(AuthorizeError::code), expected);
}

#[test]
fn a_client_without_people_signs_nobody_in() {
    assert_eq!(refusal(ClientKind::ClientCredentials, &[]), Some("unauthorized_client"));
}

#[test]
fn offline_access_is_left_out_without_the_right_to_it() {
    let client = AuthorizeClient {
        allow_offline_access: false,
        ..client(ClientKind::AuthorizationCode)
    };
    let request = with(&[("scope", "openid offline_access")]).request(&client).unwrap();
    assert_eq!(request.scopes.to_string(), "openid");
    let alone = with(&[("scope", "offline_access")]).request(&client).err();
    assert_eq!(alone, Some(AuthorizeError::InvalidScope));
}

#[rstest]
#[case("", Prompt::WhenNeeded)]
#[case("consent", Prompt::WhenNeeded)]
#[case("none", Prompt::None)]
#[case("login consent", Prompt::Login)]
#[case("select_account", Prompt::Login)]
fn prompt_says_whether_one_signs_in(#[case] prompt: &str, #[case] expected: Prompt) {
    let request = with(&[("prompt", prompt)]).request(&client(ClientKind::AuthorizationCode));
    assert_eq!(request.unwrap().prompt, expected);
}

proptest! {
    #[test]
    fn never_panics(text: String, names in "(client_id|scope|prompt|max_age|acr_values|nonce|=|&|%|:| |-|1){0,12}") {
        for text in [text, names] {
            if let Ok(read) = AuthorizeParameters::read(&text) {
                let _ = read.client_id();
                let _ = read.return_address(&[URI.to_owned()]);
                let _ = read.request(&client(ClientKind::Hybrid));
            }
        }
    }

    #[test]
    fn any_repeated_parameter_is_refused(name in "[a-z_]{1,12}", first: String, second: String) {
        let refused = refusal(ClientKind::AuthorizationCode, &[(&name, &first), (&name, &second)]);
        prop_assert_eq!(refused, Some("invalid_request"));
    }

    #[test]
    fn the_answer_goes_to_a_registered_address_or_nowhere(uri: String) {
        let back = with(&[("redirect_uri", &uri)]).return_address(&[URI.to_owned()]);
        prop_assert_eq!(back.is_ok(), uri == URI);
    }
}
