//! Which tokens open the API, and for how long.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::client::ClientKind;
use domain::role::{RoleId, RoleType};
use identity::access_token::AccessTokenClaims;
use identity::algorithm::Algorithm;
use identity::signing_key::SigningKey;
use reqwest::Method;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::json;
use service::Actor;
use store::testing::Engine;

use super::{Api, CHOSEN, path, refused};
use crate::http::send;
use crate::introspect::forgeries;
use crate::server::signing_keys;

/// What a token says.
fn claims(token: &str) -> AccessTokenClaims {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_token_for_others_or_by_others_opens_nothing() {
    let api = Api::start().await;
    let right = claims(&api.administrator);
    let [ours, of_id_tokens] = signing_keys();
    let sign = |claims: &AccessTokenClaims, key: &SigningKey| claims.sign(key).unwrap().expose_secret().to_owned();
    let again = sign(&right, &ours);
    let opened = send(api.request(&again, Method::GET, "Roles")).await;
    assert_eq!(opened.status, 200, "as it is, it opens the API: {}", opened.body);

    let of_audience = |aud: String| AccessTokenClaims { aud, ..right.clone() };
    let of_issuer = |iss: &str| AccessTokenClaims {
        iss: iss.to_owned(),
        ..right.clone()
    };
    let stranger = SigningKey::generate(Algorithm::Rs256).unwrap();
    let (named, _) = again.rsplit_once('.').unwrap();
    let by_stranger = sign(&right, &stranger);
    let (_, signature) = by_stranger.rsplit_once('.').unwrap();
    for (what, forged) in [
        ("for the issuer alone", sign(&of_audience(right.iss.clone()), &ours)),
        (
            "for a part of the API",
            sign(&of_audience(format!("{}/v1", right.aud)), &ours),
        ),
        (
            "of another issuer",
            sign(&of_issuer("https://id.example.com/identity"), &ours),
        ),
        (
            "of nearly our issuer",
            sign(&of_issuer(&format!("{}/", right.iss)), &ours),
        ),
        ("by a stranger's key", by_stranger.clone()),
        (
            "by a stranger's key under the name of ours",
            format!("{named}.{signature}"),
        ),
        ("by our key for ID tokens", sign(&right, &of_id_tokens)),
    ] {
        assert_opens_nothing(&api, &forged, what).await;
    }
}

/// The API refuses the token and says no more than that.
async fn assert_opens_nothing(api: &Api, token: &str, what: &str) {
    let answer = send(api.request(token, Method::GET, "Roles")).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""), "{what}");
    let challenge = answer.header("www-authenticate");
    assert!(challenge.contains(r#"error="invalid_token""#), "{what}: {challenge}");
}

#[tokio::test]
async fn a_token_does_not_choose_how_it_is_verified() {
    let api = Api::start().await;
    for forged in forgeries(&api.server, &api.administrator).await {
        assert_opens_nothing(&api, &forged, &forged).await;
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_that_is_taken_away_ends_its_right_at_once(#[case] engine: Engine) {
    let api = Api::on(engine).await;
    let new = json!({"Id": CHOSEN, "Name": "MyData.Role"});
    assert_eq!(api.send(Method::POST, "Roles", &new).await.status, 201);
    let role = format!("Roles/{CHOSEN}");
    let change = json!({"Description": "Reads my data"});
    assert_eq!(api.send(Method::PUT, &role, &change).await.status, 200);

    let (service, tenant, operator) = (&api.server.service, api.server.tenant, Actor::CommandLine);
    let (client, kind) = (claims(&api.administrator).client_id, ClientKind::ClientCredentials);
    let roles: [RoleId; 1] = [api.role(RoleType::TenantMember).await.parse().unwrap()];
    let version = service
        .client_view(&operator, tenant, kind, client)
        .await
        .unwrap()
        .version;
    let taken = service.set_client_roles(&operator, tenant, client, version, &roles);
    taken.await.unwrap();

    refused(&api.send(Method::PUT, &role, &change).await, 403);
    assert_eq!(api.call(Method::GET, &role).await.status, 200, "it still reads");
}

#[tokio::test]
async fn a_client_that_is_disabled_or_removed_is_out_at_once() {
    let api = Api::start().await;
    let (service, tenant, operator) = (&api.server.service, api.server.tenant, Actor::CommandLine);
    let clients = service
        .list_clients(&operator, tenant, &domain::list::ClientQuery::default())
        .await;
    for token in [&api.administrator, &api.member] {
        assert_eq!(send(api.request(token, Method::GET, "Roles")).await.status, 200);
    }
    let ids: Vec<_> = clients.unwrap().rows.into_iter().map(|row| row.id).collect();
    service
        .set_client_enabled(&operator, tenant, ids[0], false, None)
        .await
        .unwrap();
    service.remove_client(&operator, tenant, ids[1], None).await.unwrap();
    for token in [&api.administrator, &api.member] {
        let answer = send(api.request(token, Method::GET, "Roles")).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""));
    }
}

#[tokio::test]
async fn a_token_that_is_over_or_names_another_tenant_than_its_client_opens_nothing() {
    let api = Api::start().await;
    let (other, _) = api.another_tenant().await;
    let read = async |token: &str, tenant| {
        let request = api.server.request(Method::GET, &path(tenant, "Roles"));
        send(request.bearer_auth(token)).await
    };
    let claims = claims(&api.administrator);
    let forged = AccessTokenClaims {
        tid: other,
        ..claims.clone()
    };
    let [key, _] = signing_keys();
    let forged = forged.sign(&key).unwrap();
    for tenant in [api.server.tenant, other] {
        let answer = read(forged.expose_secret(), tenant).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""));
    }

    let own = api.server.tenant;
    assert_eq!(read(&api.administrator, own).await.status, 200);
    let lifetime = chrono::Duration::seconds(claims.exp - claims.iat);
    api.server.clock.advance(lifetime);
    let answer = read(&api.administrator, own).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""));
    assert!(answer.header("www-authenticate").contains(r#"error="invalid_token""#));
}
