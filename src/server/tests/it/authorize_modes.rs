//! How answers travel: in the query, in the fragment, in a form.

use domain::client::ClientKind;
use rstest::rstest;

use crate::application::{Application, REDIRECT_URI, answered};

#[tokio::test]
async fn a_hybrid_answer_stands_in_the_fragment() {
    let app = Application::start(ClientKind::Hybrid).await;
    let cookies = app.signed_in().await;
    let request = app.request(&[("response_type", "code id_token")]);
    let back = app.server.get(&request, &cookies).await;
    assert!(back.header("location").starts_with(&format!("{REDIRECT_URI}#code=")));
    let answer = answered(&back);
    assert_eq!(answer["id_token"].split('.').count(), 3);
    assert_eq!(
        (answer["state"].as_str(), answer.contains_key("iss")),
        ("a state", true)
    );
    assert_eq!(app.redeem(&answer["code"], &[]).await.status, 200);
}

#[tokio::test]
async fn a_form_posts_the_answer_and_runs_nothing_else() {
    let app = Application::start(ClientKind::Hybrid).await;
    let cookies = app.signed_in().await;
    let state = "\"><script>alert(1)</script>";
    let changes = [
        ("response_type", "code id_token"),
        ("response_mode", "form_post"),
        ("state", state),
    ];
    let page = app.server.get(&app.request(&changes), &cookies).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    let action = format!("action=\"{REDIRECT_URI}\"");
    for part in [action.as_str(), "name=\"code\"", "name=\"id_token\"", "name=\"iss\""] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    for called in ["id=\"submit\"", "name=\"submit\""] {
        assert!(!page.body.contains(called), "it would hide the method of the form");
    }
    assert_eq!(page.body.matches("<script").count(), 1, "{}", page.body);
    let policy = page.header("content-security-policy");
    let (_, nonce) = policy.split_once("script-src 'nonce-").unwrap();
    let nonce = nonce.split('\'').next().unwrap();
    assert!(page.body.contains(&format!("nonce=\"{nonce}\"")), "{}", page.body);
    assert!(!policy.contains("form-action") && policy.contains("frame-ancestors 'none'"));
    let other = app.server.get(&app.request(&changes), &cookies).await;
    assert!(
        !other.header("content-security-policy").contains(nonce),
        "each has its own"
    );
}

#[tokio::test]
async fn a_form_that_posts_an_error_does_not_say_that_somebody_is_signed_in() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let changes = [("response_mode", "form_post"), ("prompt", "none")];
    let page = app.server.get(&app.request(&changes), "").await;
    assert!(page.body.contains("value=\"login_required\""), "{}", page.body);
    assert!(page.body.contains("You go back to the application."), "{}", page.body);
}

#[rstest]
#[case(ClientKind::AuthorizationCode, &[("response_type", "code id_token")], '#', "unauthorized_client")]
#[case(ClientKind::AuthorizationCode, &[("response_type", "token")], '#', "unsupported_response_type")]
#[case(ClientKind::AuthorizationCode, &[("response_type", "device")], '#', "unsupported_response_type")]
#[case(ClientKind::AuthorizationCode, &[("response_mode", "pigeon")], '?', "invalid_request")]
#[case(ClientKind::AuthorizationCode, &[("response_mode", "fragment"), ("scope", "")], '#', "invalid_scope")]
#[case(
    ClientKind::Hybrid,
    &[("response_type", "code id_token"), ("response_mode", "query")],
    '#',
    "invalid_request"
)]
#[case(ClientKind::Hybrid, &[("response_type", "code token")], '#', "unauthorized_client")]
#[case(ClientKind::Hybrid, &[("response_type", "code id_token"), ("nonce", "")], '#', "invalid_request")]
#[tokio::test]
async fn errors_travel_as_the_answer_would(
    #[case] kind: ClientKind,
    #[case] changes: &[(&str, &str)],
    #[case] separator: char,
    #[case] error: &str,
) {
    let app = Application::start(kind).await;
    let refused = app.server.get(&app.request(changes), "").await;
    let start = format!("{REDIRECT_URI}{separator}error={error}&");
    assert!(
        refused.header("location").starts_with(&start),
        "{}",
        refused.header("location")
    );
    let answer = answered(&refused);
    assert_eq!(answer["state"], "a state");
    assert_eq!(answer["iss"], format!("{}/identity", app.server.address));
}
