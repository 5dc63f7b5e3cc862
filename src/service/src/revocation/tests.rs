//! A client takes its own tokens back, and nobody else's.

use domain::client::ClientKind;
use rstest::rstest;
use secrecy::SecretString;
use store::testing::Engine;

use super::*;
use crate::authorize::fixtures::{Application, application, refresh_token};
use crate::clients::fixtures::added;

/// Asks as this client.
async fn revoke(app: &Application, client: &str, secret: &str, token: &SecretString) -> Result<(), IssueError> {
    let body = format!(
        "client_id={client}&client_secret={secret}&token={}",
        token.expose_secret()
    );
    let form = Some("application/x-www-form-urlencoded");
    let request = AboutToken::read(None, form, body.as_bytes()).unwrap();
    app.test.service.revoke(&request, [192, 0, 2, 1].into()).await
}

fn refusal(result: Result<(), IssueError>) -> &'static str {
    match result {
        Err(IssueError::Refused(error)) => error.code(),
        other => panic!("not refused: {other:?}"),
    }
}

#[rstest]
#[case(Engine::Sqlite, ClientKind::AuthorizationCode)]
#[case(Engine::Postgres, ClientKind::AuthorizationCode)]
#[case(Engine::Sqlite, ClientKind::Hybrid)]
#[tokio::test]
async fn either_token_ends_all(#[case] engine: Engine, #[case] kind: ClientKind) {
    let app = application(engine, kind).await;
    let client = app.client.to_string();
    for which in ["access", "refresh"] {
        let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
        let token = match which {
            "access" => response.access_token.0.clone(),
            _ => refresh_token(&response).into(),
        };
        for _ in 0..2 {
            revoke(&app, &client, &app.secret, &token).await.unwrap();
        }
        assert!(!app.opens_userinfo(&response).await, "{which}");
        assert!(app.refresh(refresh_token(&response)).await.is_err(), "{which}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_takes_back_what_is_another_clients(#[case] engine: Engine) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let other = added(&app.test, app.tenant, ClientKind::AuthorizationCode, "Other").await;
    let other = other.id.to_string();
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    for token in [&response.access_token.0, &refresh_token(&response).into()] {
        assert_eq!(refusal(revoke(&app, &other, "", token).await), "invalid_grant");
    }
    assert!(app.opens_userinfo(&response).await);
    app.refresh(refresh_token(&response)).await.unwrap();
}

#[tokio::test]
async fn what_is_no_token_is_gone_already_and_what_has_no_grant_stays() {
    let app = application(Engine::Sqlite, ClientKind::Hybrid).await;
    let client = app.client.to_string();
    revoke(&app, &client, &app.secret, &"nonsense".into()).await.unwrap();
    assert_eq!(
        refusal(revoke(&app, &client, "", &"nonsense".into()).await),
        "invalid_client"
    );

    let machine = added(&app.test, app.tenant, ClientKind::ClientCredentials, "Pump").await;
    let (id, secret) = (machine.id.to_string(), machine.secret.unwrap().0);
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", &secret),
    ];
    let own = app.ask(&fields).await.unwrap().access_token.0;
    assert_eq!(
        refusal(revoke(&app, &id, &secret, &own).await),
        "unsupported_token_type"
    );
}
