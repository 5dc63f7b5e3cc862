//! The introspection endpoint (RFC 7662).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::client::ClientKind;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use service::Actor;

use crate::application::Application;
use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::secret_of;

const INTROSPECT: &str = "/identity/connect/introspect";

/// Asks as the application itself, which is a confidential client.
async fn introspect(app: &Application, token: &str) -> Answer {
    let form = app.server.form(INTROSPECT, &[("token", token)]);
    send(form.basic_auth(&app.client_id, Some(&app.secret))).await
}

async fn is_active(app: &Application, token: &str) -> bool {
    let answer = introspect(app, token).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["active"].as_bool().unwrap()
}

#[tokio::test]
async fn a_token_is_good_until_its_client_is_removed() {
    let app = Application::start(ClientKind::Hybrid).await;
    let machine = app.server.add_client().await;
    let id = machine.id;
    let token = app.server.token(&id.to_string(), secret_of(&machine)).await;
    let answer = introspect(&app, &token).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let worth = answer.json();
    assert_eq!((&worth["active"], &worth["client_id"]), (&json!(true), &json!(id)));
    let operator = Actor::CommandLine;
    app.server
        .service
        .remove_client(&operator, app.server.tenant, id, None)
        .await
        .unwrap();
    let answer = introspect(&app, &token).await;
    assert_eq!(answer.json(), json!({"active": false}));
}

#[tokio::test]
async fn a_token_does_not_choose_how_it_is_verified() {
    let app = Application::start(ClientKind::Hybrid).await;
    let cookies = app.signed_in().await;
    let tokens = app.redeem(&app.code(&cookies).await, &[]).await.json();
    let token = tokens["access_token"].as_str().unwrap();
    assert!(is_active(&app, token).await);
    assert!(!is_active(&app, tokens["id_token"].as_str().unwrap()).await);

    for forged in forgeries(&app.server, token).await {
        assert!(!is_active(&app, &forged).await, "{forged}");
    }
}

/// The same token, without a signature or signed with the public key as if that were a shared secret.
pub async fn forgeries(server: &TestServer, token: &str) -> Vec<String> {
    let claims = token.split('.').nth(1).unwrap();
    let keys = server.get("/identity/.well-known/openid-configuration/jwks", "").await;
    let key = keys.json()["keys"][0].take();
    let kid = key["kid"].as_str().unwrap();
    let header = json!({"alg": "none", "typ": "at+jwt", "kid": kid}).to_string();
    let mut forged = vec![format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(header))];
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some("at+jwt".to_owned());
    header.kid = Some(kid.to_owned());
    let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
    let pem = pem(&modulus);
    for secret in [
        modulus,
        key.to_string().into_bytes(),
        pem.clone().into_bytes(),
        pem.trim().into(),
    ] {
        forged.push(encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap());
    }
    forged
}

/// The PEM of an RSA key of 2048 bits and exponent 65537, as libraries write it (RFC 8017, appendix A.1; RFC 7468).
fn pem(modulus: &[u8]) -> String {
    assert_eq!(modulus.len(), 256);
    let before: &[u8] = b"\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\
        \x05\x00\x03\x82\x01\x0f\x00\x30\x82\x01\x0a\x02\x82\x01\x01\x00";
    let text = STANDARD.encode([before, modulus, b"\x02\x03\x01\x00\x01"].concat());
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

#[tokio::test]
async fn a_public_client_may_not_ask() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let fields = [("token", "x"), ("client_id", app.client_id.as_str())];
    let answer = send(app.server.form(INTROSPECT, &fields)).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (401, &"invalid_client".into())
    );
}
