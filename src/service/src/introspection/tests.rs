//! Who may ask about which token, and what is good.

use domain::client::ClientKind;
use domain::tenant::TenantId;
use rstest::rstest;
use serde_json::{Value, json};
use store::testing::{Engine, disable};

use super::*;
use crate::authorize::fixtures::{Application, application, refresh_token};
use crate::clients::fixtures::{added, other_tenant};

/// A client with a secret, which asks.
pub(crate) struct Asking {
    pub id: String,
    pub secret: String,
}

pub(crate) async fn asking(app: &Application, tenant: TenantId) -> Asking {
    let created = added(&app.test, tenant, ClientKind::ClientCredentials, "Api").await;
    Asking {
        id: created.id.to_string(),
        secret: created.secret.unwrap().0,
    }
}

/// What is answered to this client.
pub(crate) async fn ask(app: &Application, client: &str, secret: &str, token: &str) -> Result<Value, IssueError> {
    let body = format!("client_id={client}&client_secret={secret}&token={token}");
    let form = Some("application/x-www-form-urlencoded");
    let request = AboutToken::read(None, form, body.as_bytes()).unwrap();
    let answer = app.test.service.introspect(&request, [192, 0, 2, 1].into()).await?;
    Ok(serde_json::to_value(answer).unwrap())
}

fn inactive() -> Value {
    json!({"active": false})
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_api_learns_whether_a_token_of_its_tenant_is_good(#[case] engine: Engine) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let asker = asking(&app, app.tenant).await;
    let stranger = asking(&app, other_tenant(&app.test).await).await;
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let token = response.access_token.0.expose_secret();
    let answer = ask(&app, &asker.id, &asker.secret, token).await.unwrap();
    assert_eq!((&answer["active"], &answer["sub"]), (&json!(true), &json!(app.ana)));
    assert_eq!(answer["scope"], "openid offline_access");
    assert_eq!(
        ask(&app, &stranger.id, &stranger.secret, token).await.unwrap(),
        inactive()
    );
    let refresh_token = refresh_token(&response);
    assert_eq!(
        ask(&app, &asker.id, &asker.secret, refresh_token).await.unwrap(),
        inactive()
    );

    disable(&app.test.database.database, app.client.0).await;
    assert_eq!(ask(&app, &asker.id, &asker.secret, token).await.unwrap(), inactive());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_that_a_client_got_for_itself_is_good_while_it_may_connect(#[case] engine: Engine) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let (asker, machine) = (asking(&app, app.tenant).await, asking(&app, app.tenant).await);
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", machine.id.as_str()),
        ("client_secret", machine.secret.as_str()),
    ];
    let token = app.ask(&fields).await.unwrap().access_token.0;
    let token = token.expose_secret();
    assert_eq!(
        ask(&app, &asker.id, &asker.secret, token).await.unwrap()["active"],
        true
    );
    disable(&app.test.database.database, machine.id.parse().unwrap()).await;
    assert_eq!(ask(&app, &asker.id, &asker.secret, token).await.unwrap(), inactive());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_asks_about_its_own_refresh_tokens(#[case] engine: Engine) {
    let app = application(engine, ClientKind::Hybrid).await;
    let client = app.client.to_string();
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let first = refresh_token(&response);
    let answer = ask(&app, &client, &app.secret, first).await.unwrap();
    assert_eq!((&answer["active"], &answer["sub"]), (&json!(true), &json!(app.ana)));
    app.refresh(first).await.unwrap();
    assert_eq!(ask(&app, &client, &app.secret, first).await.unwrap(), inactive());
}

#[tokio::test]
async fn who_only_names_itself_learns_nothing() {
    let app = application(Engine::Sqlite, ClientKind::AuthorizationCode).await;
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let asked = ask(&app, &app.client.to_string(), "", refresh_token(&response)).await;
    assert!(matches!(
        asked,
        Err(IssueError::Refused(TokenError::InvalidClient { .. }))
    ));
    let inquirer = asking(&app, app.tenant).await;
    assert_eq!(
        ask(&app, &inquirer.id, &inquirer.secret, "nonsense").await.unwrap(),
        inactive()
    );
}
