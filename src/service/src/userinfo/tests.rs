//! Whom an access token tells of, and for how long.

use chrono::Duration;
use domain::client::ClientKind;
use rstest::rstest;
use serde_json::json;
use store::testing::{Engine, disable};

use super::*;
use crate::authorize::fixtures::{ANA, Application, application};

async fn refusal(app: &Application, token: &SecretString) -> BearerError {
    match app.test.service.user_info(token).await {
        Err(UserInfoError::Refused(error)) => error,
        other => panic!("not refused: {other:?}"),
    }
}

/// An application with an access token and an ID token.
async fn with_tokens(engine: Engine, scope: &str) -> (Application, SecretString, Option<SecretString>) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let code = app.code(&[("scope", scope)]).await;
    let response = app.redeem(&code, &[]).await.unwrap();
    (app, response.access_token.0, response.id_token.map(|token| token.0))
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn tells_what_the_scopes_give(#[case] engine: Engine) {
    let (app, token, _) = with_tokens(engine, "openid profile email").await;
    let told = app.test.service.user_info(&token).await.unwrap();
    let expected = json!({"sub": app.ana, "name": "Ana", "email": ANA});
    assert_eq!(serde_json::to_value(told).unwrap(), expected);
}

#[tokio::test]
async fn only_an_access_token_with_openid_opens_it() {
    let (app, token, _) = with_tokens(Engine::Sqlite, "ocsapi").await;
    assert_eq!(refusal(&app, &token).await, BearerError::InsufficientScope);
    assert_eq!(refusal(&app, &"nonsense".into()).await, BearerError::InvalidToken);
    let (app, _, id_token) = with_tokens(Engine::Sqlite, "openid").await;
    assert_eq!(refusal(&app, &id_token.unwrap()).await, BearerError::InvalidToken);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn tells_nothing_once_person_or_client_may_not_connect(#[case] engine: Engine) {
    for disabled in ["person", "client"] {
        let (app, token, _) = with_tokens(engine, "openid").await;
        let id = if disabled == "person" { app.ana.0 } else { app.client.0 };
        disable(&app.test.database.database, id).await;
        assert_eq!(refusal(&app, &token).await, BearerError::InvalidToken, "{disabled}");
    }
}

#[tokio::test]
async fn tells_nothing_after_the_tokens_end() {
    let (app, token, _) = with_tokens(Engine::Sqlite, "openid").await;
    app.test.clock.advance(Duration::seconds(899));
    assert!(app.test.service.user_info(&token).await.is_ok());
    app.test.clock.advance(Duration::seconds(1));
    assert_eq!(refusal(&app, &token).await, BearerError::InvalidToken);
}
