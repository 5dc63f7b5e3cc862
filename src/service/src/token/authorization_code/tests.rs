//! A code gives its tokens once, to its own client and request.

use chrono::Duration;
use domain::client::ClientKind;
use domain::clock::Clock;
use rstest::rstest;
use serde_json::json;
use store::testing::{Engine, disable};

use crate::authorize::fixtures::{ANA, VERIFIER, application, claims, refresh_token, refusal};
use crate::clients::fixtures::added;

const CODE_CLIENT: ClientKind = ClientKind::AuthorizationCode;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_gives_tokens_about_its_person(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let code = app.code(&[("scope", "openid email ocsapi offline_access")]).await;
    let response = app.redeem(&code, &[]).await.unwrap();
    assert_eq!(response.scope.to_string(), "openid email ocsapi offline_access");
    assert_eq!(refresh_token(&response).len(), 43);
    let now = app.test.clock.now().timestamp();

    let access_token = claims(&response.access_token.0);
    assert_eq!(access_token["sub"], json!(app.ana));
    assert_eq!(access_token["client_id"], json!(app.client));
    assert_eq!(access_token["aud"], "https://id.example.com/api");
    assert_eq!(access_token["exp"], now + 900);
    assert_eq!(access_token["tid"], json!(app.tenant));
    assert_eq!(access_token["roles"], json!(["Tenant Member"]));
    assert!(access_token["grant_id"].is_string());

    let id_token = claims(&response.id_token.as_ref().unwrap().0);
    assert_eq!(id_token["aud"], json!(app.client));
    assert_eq!(
        (&id_token["exp"], &id_token["auth_time"]),
        (&json!(now + 300), &json!(now - 10))
    );
    assert_eq!(
        (id_token["nonce"].as_str(), id_token["email"].as_str()),
        (Some("n"), Some(ANA))
    );
    assert_eq!(id_token.get("name"), None);
    assert!(app.opens_userinfo(&response).await);
}

#[tokio::test]
async fn without_openid_there_is_no_id_token_and_without_offline_access_no_refresh_token() {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let response = app.redeem(&app.code(&[("scope", "ocsapi")]).await, &[]).await.unwrap();
    assert!(response.id_token.is_none() && response.refresh_token.is_none());
    assert!(!app.opens_userinfo(&response).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_second_use_ends_what_the_first_gave(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let code = app.code(&[]).await;
    let response = app.redeem(&code, &[]).await.unwrap();
    assert_eq!(refusal(app.redeem(&code, &[]).await).code(), "invalid_grant");
    assert!(!app.opens_userinfo(&response).await);
    let refreshed = app.refresh(refresh_token(&response)).await;
    assert_eq!(refusal(refreshed).code(), "invalid_grant");
}

#[rstest]
#[case(&[("code_verifier", "another-verifier-another-verifier-another-verifier")])]
#[case(&[("code_verifier", "")])]
#[case(&[("redirect_uri", "https://app.example.com/other")])]
#[tokio::test]
async fn a_wrong_use_takes_nothing_from_the_right_one(#[case] changes: &[(&str, &str)]) {
    let app = application(Engine::Sqlite, CODE_CLIENT).await;
    let code = app.code(&[]).await;
    assert_eq!(refusal(app.redeem(&code, changes).await).code(), "invalid_grant");
    let response = app.redeem(&code, &[]).await.unwrap();
    assert_eq!(refusal(app.redeem(&code, changes).await).code(), "invalid_grant");
    assert!(app.opens_userinfo(&response).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_is_its_own_clients(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let other = added(&app.test, app.tenant, CODE_CLIENT, "Other").await.id.to_string();
    let code = app.code(&[]).await;
    let refused = app.redeem(&code, &[("client_id", &other)]).await;
    assert_eq!(refusal(refused).code(), "invalid_grant");
    app.redeem(&code, &[]).await.unwrap();
    assert_eq!(refusal(app.redeem("unknown", &[]).await).code(), "invalid_grant");
}

#[tokio::test]
async fn a_verifier_without_a_challenge_belongs_to_another_request() {
    let app = application(Engine::Sqlite, ClientKind::Hybrid).await;
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let code = app.code(&without).await;
    let refused = app.redeem(&code, &[("code_verifier", VERIFIER)]).await;
    assert_eq!(refusal(refused).code(), "invalid_grant");
    app.redeem(&code, &[("code_verifier", "")]).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_is_over_after_a_minute(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let (first, second) = (app.code(&[]).await, app.code(&[]).await);
    app.test.clock.advance(Duration::seconds(59));
    app.redeem(&first, &[]).await.unwrap();
    app.test.clock.advance(Duration::seconds(1));
    assert_eq!(refusal(app.redeem(&second, &[]).await).code(), "invalid_grant");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_disabled_person_gets_nothing(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let code = app.code(&[]).await;
    disable(&app.test.database.database, app.ana.0).await;
    assert_eq!(refusal(app.redeem(&code, &[]).await).code(), "invalid_grant");
}

#[tokio::test]
async fn a_public_client_sends_no_secret_and_a_confidential_one_does() {
    let public = application(Engine::Sqlite, CODE_CLIENT).await;
    let code = public.code(&[]).await;
    let sent = public.redeem(&code, &[("client_secret", "cls_x")]).await;
    assert_eq!(refusal(sent).code(), "invalid_client");
    public.redeem(&code, &[]).await.unwrap();

    let confidential = application(Engine::Sqlite, ClientKind::Hybrid).await;
    let code = confidential.code(&[]).await;
    let sent = confidential.redeem(&code, &[("client_secret", "")]).await;
    assert_eq!(refusal(sent).code(), "invalid_client");
    confidential.redeem(&code, &[]).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn of_two_at_once_at_most_one_is_served_and_its_tokens_end(#[case] engine: Engine) {
    let app = application(engine, CODE_CLIENT).await;
    let code = app.code(&[]).await;
    let (one, two) = tokio::join!(app.redeem(&code, &[]), app.redeem(&code, &[]));
    let (served, refused) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(refusal(refused).code(), "invalid_grant");
    assert!(!app.opens_userinfo(&served.unwrap()).await);
}
