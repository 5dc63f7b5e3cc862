use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use domain::client::ClientId;
use domain::clock::Clock;
use domain::secret::SecretExpiry;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use store::testing::{Engine, disable};
use uuid::Uuid;

use super::fixtures::{Fixture, add_client, add_secret, fixture, issue, issue_to};
use super::*;

/// The error of a refused request.
async fn refusal(fixture: &Fixture, client: &str, secret: &str) -> TokenError {
    match issue_to(fixture, client, secret).await {
        Err(IssueError::Refused(error)) => error,
        other => panic!("not refused: {other:?}"),
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_right_secret_gets_a_token(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let response = issue(&fixture, &fixture.secret).await.unwrap();
    assert_eq!(
        (
            response.expires_in,
            response.scope.to_string().as_str(),
            response.token_type
        ),
        (900, "ocsapi", "Bearer")
    );
    let parts: Vec<Value> = response
        .access_token
        .0
        .expose_secret()
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    let kid = &fixture.test.service.jwks().keys[0].kid;
    assert_eq!(parts[0], json!({"alg": "RS256", "typ": "at+jwt", "kid": kid}));
    let now = fixture.test.clock.now().timestamp();
    let mut claims = parts[1].clone();
    assert!(claims["jti"].take().as_str().unwrap().parse::<Uuid>().is_ok());
    assert_eq!(
        claims,
        json!({
            "iss": "https://id.example.com/identity",
            "sub": fixture.client,
            "aud": "https://id.example.com/api",
            "exp": now + 900,
            "iat": now,
            "nbf": now,
            "jti": null,
            "client_id": fixture.client,
            "scope": "ocsapi",
            "tid": fixture.tenant,
            "roles": ["Tenant Member", "Tenant Contributor"],
            "role_ids": [Uuid::from_u128(10), Uuid::from_u128(12)],
            "role_type": ["7ad2b9ef-5386-4ead-ac9f-ad99c5c5b977", "f1439595-e5a2-487f-8a4f-0627fefe75df"]
        })
    );
}

#[tokio::test]
async fn each_token_has_its_own_id() {
    let fixture = fixture(Engine::Sqlite).await;
    let first = issue(&fixture, &fixture.secret).await.unwrap();
    let second = issue(&fixture, &fixture.secret).await.unwrap();
    assert_ne!(
        first.access_token.0.expose_secret(),
        second.access_token.0.expose_secret()
    );
}

#[rstest]
#[case("00000000-0000-0000-0000-000000000002", "cls_wrong")]
#[case("00000000-0000-0000-0000-000000000009", "cls_wrong")]
#[case("00000000-0000-0000-0000-000000000001", "cls_wrong")] // a tenant's id
#[case("nobody", "cls_wrong")]
#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_look_alike(
    #[case] client: &str,
    #[case] secret: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fixture = fixture(engine).await;
    let error = refusal(&fixture, client, secret).await;
    assert_eq!(error, TokenError::InvalidClient { challenge: false });
}

#[tokio::test]
async fn a_new_secret_works_at_once_and_two_overlap() {
    let fixture = fixture(Engine::Sqlite).await;
    refusal(&fixture, &fixture.client.to_string(), "cls_wrong").await;
    let second = add_secret(&fixture.test, fixture.client, 2, SecretExpiry::Never).await;
    issue(&fixture, &second).await.unwrap();
    issue(&fixture, &fixture.secret).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_secret_ends_at_its_second(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let end = fixture.test.clock.now() + Duration::seconds(10);
    let secret = add_secret(&fixture.test, fixture.client, 2, SecretExpiry::At(end)).await;
    fixture.test.clock.advance(Duration::milliseconds(9_999));
    issue(&fixture, &secret).await.unwrap();
    fixture.test.clock.advance(Duration::milliseconds(1));
    let error = refusal(&fixture, &fixture.client.to_string(), &secret).await;
    assert_eq!(error.code(), "invalid_client");
    issue(&fixture, &fixture.secret).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_secret_of_another_client_does_not_open_it(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let other = ClientId(Uuid::from_u128(3));
    add_client(&fixture.test, fixture.tenant, other, ClientKind::ClientCredentials).await;
    let error = refusal(&fixture, &other.to_string(), &fixture.secret).await;
    assert_eq!(error.code(), "invalid_client", "it has no secret yet");
    add_secret(&fixture.test, other, 3, SecretExpiry::Never).await;
    let error = refusal(&fixture, &other.to_string(), &fixture.secret).await;
    assert_eq!(error.code(), "invalid_client");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn other_kinds_may_not_use_the_grant(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let (hybrid, public) = (ClientId(Uuid::from_u128(3)), ClientId(Uuid::from_u128(4)));
    add_client(&fixture.test, fixture.tenant, hybrid, ClientKind::Hybrid).await;
    add_client(&fixture.test, fixture.tenant, public, ClientKind::AuthorizationCode).await;
    let secret = add_secret(&fixture.test, hybrid, 3, SecretExpiry::Never).await;
    assert_eq!(
        refusal(&fixture, &hybrid.to_string(), &secret).await,
        TokenError::UnauthorizedClient
    );
    assert_eq!(
        refusal(&fixture, &hybrid.to_string(), "x").await.code(),
        "invalid_client"
    );
    assert_eq!(
        refusal(&fixture, &public.to_string(), "x").await.code(),
        "invalid_client"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn after_twenty_wrong_secrets_a_right_one_still_passes(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let client = fixture.client.to_string();
    for _ in 0..20 {
        assert_eq!(refusal(&fixture, &client, "cls_wrong").await.status(), 401);
    }
    let error = refusal(&fixture, &client, "cls_wrong").await;
    assert_eq!((error.status(), error.code()), (429, "invalid_client"));
    assert!((1..=60).contains(&error.retry_after().unwrap()));
    issue(&fixture, &fixture.secret).await.unwrap();
    assert_eq!(refusal(&fixture, &client, "cls_wrong").await.status(), 429);
    fixture.test.clock.advance(Duration::minutes(1));
    assert_eq!(refusal(&fixture, &client, "cls_wrong").await.status(), 401);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_a_key_the_server_fails_and_not_the_client(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    fixture.test.clock.advance(-Duration::days(1));
    let error = issue(&fixture, &fixture.secret).await.unwrap_err();
    assert!(
        matches!(error, IssueError::Failed(ServiceError::Internal(_))),
        "{error}"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_disabled_client_is_refused_with_a_right_secret(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    issue(&fixture, &fixture.secret).await.unwrap();
    disable(&fixture.test.database.database, fixture.client.0).await;
    let client = fixture.client.to_string();
    let error = refusal(&fixture, &client, &fixture.secret).await;
    assert_eq!((error.status(), error.code()), (401, "invalid_client"));
}
