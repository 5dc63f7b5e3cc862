//! What clients learn of the server before they speak to it.

use chrono::Duration;
use identity::algorithm::Algorithm;
use identity::key_ring::KeyPurpose;
use serde_json::json;
use service::Actor;
use service::keys::Rotation;

use crate::server::TestServer;

const DISCOVERY: &str = "/identity/.well-known/openid-configuration";
const JWKS: &str = "/identity/.well-known/openid-configuration/jwks";

#[tokio::test]
async fn both_addresses_answer_the_same_document() {
    let server = TestServer::builder().public_url("https://id.example.com").start().await;
    let openid = server.get(DISCOVERY, "").await;
    assert_eq!(openid.status, 200);
    assert_eq!(openid.header("content-type"), "application/json");
    assert_eq!(openid.header("access-control-allow-origin"), "*");
    insta::assert_json_snapshot!(openid.json());

    let others = [
        "/.well-known/oauth-authorization-server/identity",
        "/Identity/.well-known/OpenID-Configuration",
    ];
    for path in others {
        assert_eq!(server.get(path, "").await.body, openid.body, "{path}");
    }
}

#[tokio::test]
async fn the_addresses_of_the_document_lead_somewhere() {
    let server = TestServer::start().await;
    let document = server.get(DISCOVERY, "").await.json();
    let path = |name: &str| {
        document[name]
            .as_str()
            .unwrap()
            .strip_prefix(&server.address)
            .map(str::to_owned)
    };
    let jwks = server.get(&path("jwks_uri").unwrap(), "").await;
    assert_eq!(jwks.status, 200);
    let token = server.get(&path("token_endpoint").unwrap(), "").await;
    assert_eq!(token.status, 405);
    for endpoint in ["revocation_endpoint", "introspection_endpoint"] {
        assert_eq!(server.get(&path(endpoint).unwrap(), "").await.status, 405);
    }
    let check_session = server.get(&path("check_session_iframe").unwrap(), "").await;
    assert_eq!(check_session.status, 200);
    let end_session = server.get(&path("end_session_endpoint").unwrap(), "").await;
    assert_eq!(end_session.status, 200);
    let authorize = server.get(&path("authorization_endpoint").unwrap(), "").await;
    assert_eq!(authorize.status, 400);
    let userinfo = server.get(&path("userinfo_endpoint").unwrap(), "").await;
    assert_eq!(userinfo.status, 401);
    assert_eq!(path("issuer").unwrap(), "/identity");
}

#[tokio::test]
async fn the_public_keys_are_for_everybody() {
    let server = TestServer::start().await;
    let answer = server.get(JWKS, "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    insta::assert_json_snapshot!(answer.json(), { ".keys[].kid" => "[kid]", ".keys[].n" => "[modulus]" });
}

#[tokio::test]
async fn the_next_key_is_listed_before_it_signs_and_the_old_one_after() {
    let server = TestServer::start().await;
    let kids = async || -> Vec<String> {
        let keys = server.get(JWKS, "").await.json()["keys"].take();
        let kid = |key: &serde_json::Value| key["kid"].as_str().unwrap().to_owned();
        keys.as_array().unwrap().iter().map(kid).collect()
    };
    let [access, id]: [String; 2] = kids().await.try_into().unwrap();
    let next = server
        .service
        .rotate_keys(&Actor::CommandLine, Rotation::default())
        .await
        .unwrap()
        .kid;
    assert_eq!(kids().await, [next.clone(), access.clone(), id.clone()]);
    server.clock.advance(Duration::hours(25));
    assert_eq!(kids().await, [next.clone(), access, id.clone()]);
    server.clock.advance(Duration::hours(1));
    assert_eq!(kids().await, [next, id]);
}

#[tokio::test]
async fn a_new_algorithm_of_id_tokens_is_said_as_soon_as_its_key_is_listed() {
    let server = TestServer::start().await;
    let algorithms = async || {
        let mut document = server.get(DISCOVERY, "").await.json();
        document["id_token_signing_alg_values_supported"].take()
    };
    let rotate = async |purpose: KeyPurpose, algorithm: Algorithm| {
        let rotation = Rotation {
            purpose,
            algorithm: Some(algorithm),
            at_once: false,
        };
        server.service.rotate_keys(&Actor::CommandLine, rotation).await.unwrap();
    };
    rotate(KeyPurpose::AccessTokens, Algorithm::EdDsa).await;
    assert_eq!(algorithms().await, json!(["RS256"]));
    rotate(KeyPurpose::IdTokens, Algorithm::Es256).await;
    assert_eq!(algorithms().await, json!(["RS256", "ES256"]));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = TestServer::start().await;
    for path in ["/identity", "/identity/", "/Identity", "/identity/nowhere"] {
        assert_eq!(server.get(path, "").await.status, 404, "{path}");
    }
}
