//! The token endpoint gives tokens that a library we did not write verifies.

use domain::clock::Clock;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Header, TokenData, Validation, decode, decode_header};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use service::Actor;
use service::keys::Rotation;
use store::testing::Engine;

use crate::http::send;
use crate::server::TestServer;
use crate::story::{client_form, secret_of};

const PUBLIC_URL: &str = "https://id.example.com";

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn both_authentications_give_a_token(#[case] engine: Engine) {
    let server = TestServer::builder().engine(engine).start().await;
    let client = server.add_client().await;
    let id = client.id.to_string();
    let secret = secret_of(&client);
    let basic = server
        .form("/identity/connect/token", &[("grant_type", "client_credentials")])
        .basic_auth(&id, Some(secret));
    for request in [basic, server.ask_for_token(&id, secret)] {
        let answer = send(request).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("pragma"), "no-cache");
        let mut body = answer.json();
        let token = body["access_token"].take();
        assert_eq!(token.as_str().unwrap().split('.').count(), 3);
        let rest = json!({ "access_token": null, "token_type": "Bearer", "expires_in": 900, "scope": "ocsapi" });
        assert_eq!(body, rest);
    }
}

#[tokio::test]
async fn the_token_verifies_against_the_served_keys_and_says_all_of_the_client() {
    let server = TestServer::builder().public_url(PUBLIC_URL).start().await;
    let mut form = client_form();
    let roles = ["Tenant Viewer".to_owned()];
    let actor = Actor::CommandLine;
    form.client.roles = server
        .service
        .role_names_to_ids(&actor, server.tenant, &roles)
        .await
        .unwrap();
    let client = server.add_client_to(server.tenant, &form).await;
    let (header, claims) = verified_token(&server, &client.id.to_string(), secret_of(&client)).await;

    assert_eq!((header.alg, header.typ.as_deref()), (Algorithm::RS256, Some("at+jwt")));
    let now = server.clock.now().timestamp();
    assert_eq!((&claims["iat"], &claims["nbf"]), (&json!(now), &json!(now)));
    assert_eq!(claims["exp"], json!(now + 900));
    assert_eq!(claims["sub"], json!(client.id));
    assert_eq!(claims["client_id"], json!(client.id));
    assert_eq!(claims["tid"], json!(server.tenant));
    let all = server.service.offered_roles(&actor, server.tenant).await.unwrap();
    assert_eq!(claims["role_ids"], json!([all[0].id, all[4].id]));
    insta::assert_json_snapshot!(claims, {
        ".sub" => "[id]",
        ".client_id" => "[id]",
        ".tid" => "[id]",
        ".jti" => "[id]",
        ".role_ids" => "[ids]",
        ".iat" => "[time]",
        ".nbf" => "[time]",
        ".exp" => "[time]",
    });
}

#[rstest]
#[case("ES256")]
#[case("EdDSA")]
#[tokio::test]
async fn a_token_of_another_algorithm_verifies_against_the_served_keys(#[case] name: &str) {
    let server = TestServer::builder().public_url(PUBLIC_URL).start().await;
    let rotation = Rotation {
        algorithm: Some(name.parse().unwrap()),
        at_once: true,
        ..Rotation::default()
    };
    server.service.rotate_keys(&Actor::CommandLine, rotation).await.unwrap();
    let client = server.add_client().await;
    let (header, claims) = verified_token(&server, &client.id.to_string(), secret_of(&client)).await;
    assert_eq!(header.alg, name.parse::<Algorithm>().unwrap());
    assert_eq!(claims["sub"], json!(client.id));
}

#[tokio::test]
async fn no_two_tokens_have_the_same_id() {
    let server = TestServer::builder().public_url(PUBLIC_URL).start().await;
    let client = server.add_client().await;
    let id = client.id.to_string();
    let (_, first) = verified_token(&server, &id, secret_of(&client)).await;
    let (_, second) = verified_token(&server, &id, secret_of(&client)).await;
    assert_ne!(first["jti"], second["jti"]);
}

/// Gets a token and checks its signature, issuer and audience against what the server publishes.
async fn verified_token(server: &TestServer, id: &str, secret: &str) -> (Header, Value) {
    let token = server.token(id, secret).await;
    let jwks = send(server.request(Method::GET, "/identity/.well-known/openid-configuration/jwks")).await;
    let keys: JwkSet = serde_json::from_str(&jwks.body).unwrap();
    let kid = decode_header(&token).unwrap().kid.unwrap();
    let jwk = keys.find(&kid).unwrap();
    let key = DecodingKey::from_jwk(jwk).unwrap();
    let algorithm: Algorithm = jwk.common.key_algorithm.unwrap().try_into().unwrap();
    // The library would compare with the machine's clock; the test compares with its own.
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.set_issuer(&[format!("{PUBLIC_URL}/identity")]);
    validation.set_audience(&[format!("{PUBLIC_URL}/api")]);
    validation.set_required_spec_claims(&["iss", "sub", "aud", "exp", "nbf"]);
    let TokenData { header, claims, .. } = decode::<Value>(&token, &key, &validation).unwrap();
    (header, claims)
}
