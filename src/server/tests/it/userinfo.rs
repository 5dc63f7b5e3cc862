//! The userinfo endpoint, as RFC 6750 wants it asked.

use domain::client::ClientKind;
use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::json;

use crate::application::{Application, USERINFO};
use crate::http::send;
use crate::introspect::forgeries;
use crate::story::{MEMBER, secret_of};

/// An application with an access token.
async fn with_token() -> (Application, String) {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let tokens = app.redeem(&app.code(&cookies).await, &[]).await.json();
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    (app, token)
}

#[tokio::test]
async fn header_and_form_are_taken() {
    let (app, token) = with_token().await;
    let posted = app.server.request(Method::POST, USERINFO).bearer_auth(&token);
    let form = app.server.form(USERINFO, &[("access_token", &token)]);
    for request in [app.userinfo(&token), posted, form] {
        let answer = send(request).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store");
        let mut told = answer.json();
        assert_eq!(told["sub"].take().as_str().unwrap().len(), 36);
        assert_eq!(told, json!({"sub": null, "email": MEMBER}));
    }
}

#[tokio::test]
async fn anything_else_is_refused_with_a_challenge() {
    let (app, token) = with_token().await;
    let bare = app.server.request(Method::GET, USERINFO);
    let queried = app
        .server
        .request(Method::GET, &format!("{USERINFO}?access_token={token}"));
    for request in [bare, queried] {
        let answer = send(request).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("www-authenticate"), r#"Bearer realm="clientele""#);
    }
    let twice = app.userinfo(&token).header(AUTHORIZATION, "Bearer x");
    let both = app
        .server
        .form(USERINFO, &[("access_token", &token)])
        .bearer_auth(&token);
    let own = app.server.add_client().await;
    let own = app.server.token(&own.id.to_string(), secret_of(&own)).await;
    for (request, status, code) in [
        (app.userinfo("nonsense"), 401, "invalid_token"),
        (
            app.userinfo("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30."),
            401,
            "invalid_token",
        ),
        (app.userinfo(&own), 403, "insufficient_scope"),
        (twice, 400, "invalid_request"),
        (both, 400, "invalid_request"),
    ] {
        let answer = send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{code}");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains(&format!("error=\"{code}\"")), "{challenge}");
    }
}

#[tokio::test]
async fn a_token_does_not_choose_how_it_is_verified() {
    let (app, token) = with_token().await;
    for forged in forgeries(&app.server, &token).await {
        let answer = send(app.userinfo(&forged)).await;
        assert_eq!(answer.status, 401, "{forged}");
        let challenge = answer.header("www-authenticate");
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    }
}
