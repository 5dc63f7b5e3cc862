//! The revocation endpoint (RFC 7009).

use domain::client::ClientKind;

use crate::application::{Application, add};
use crate::http::send;

const REVOCATION: &str = "/identity/connect/revocation";

#[tokio::test]
async fn a_client_takes_its_tokens_back() {
    let app = Application::start(ClientKind::AuthorizationCode).await;
    let (other, _) = add(&app.server, ClientKind::AuthorizationCode).await;
    let cookies = app.signed_in().await;
    let tokens = app.redeem(&app.code(&cookies).await, &[]).await.json();
    let access_token = tokens["access_token"].as_str().unwrap();
    let refresh_token = tokens["refresh_token"].as_str().unwrap();

    let revoke = async |client: &str| {
        let fields = [("client_id", client), ("token", refresh_token)];
        send(app.server.form(REVOCATION, &fields)).await
    };
    let stolen = revoke(&other).await;
    assert_eq!(
        (stolen.status.as_u16(), &stolen.json()["error"]),
        (400, &"invalid_grant".into())
    );
    assert_eq!(send(app.userinfo(access_token)).await.status, 200);

    let revoked = revoke(&app.client_id).await;
    assert_eq!((revoked.status.as_u16(), revoked.body.as_str()), (200, ""));
    assert_eq!(revoked.header("cache-control"), "no-store");
    assert_eq!(send(app.userinfo(access_token)).await.status, 401);
    assert_eq!(app.refresh(refresh_token, &app.client_id).await.status, 400);
}

#[tokio::test]
async fn who_does_not_say_who_it_is_takes_nothing_back() {
    let app = Application::start(ClientKind::Hybrid).await;
    let id = app.client_id.as_str();
    for fields in [
        &[("token", "x")][..],
        &[("token", "x"), ("client_id", id)][..],
        &[("token", "x"), ("client_id", id), ("client_secret", "cls_x")][..],
    ] {
        let answer = send(app.server.form(REVOCATION, fields)).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["error"]),
            (401, &"invalid_client".into())
        );
    }
}
