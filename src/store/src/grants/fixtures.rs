//! A grant for the tests of what belongs to one.

use domain::client::ClientKind;
use domain::grant::{GrantId, SessionId};
use uuid::Uuid;

use super::{Grant, insert};
use crate::authorization_codes::NewCode;
use crate::clients::fixtures as clients;
use crate::fixtures::{add_user, at, user_id};
use crate::sessions::{self, NewSession};
use crate::testing::{Engine, TestDatabase, database};

/// The hash of the token of Ana's session.
pub(crate) const SESSION: [u8; 32] = [7; 32];
/// The hash of the code that Ana's grant has.
pub(crate) const CODE: [u8; 32] = [1; 32];

/// A code until second 60.
pub(crate) fn code(hash: &[u8]) -> NewCode {
    NewCode {
        hash: hash.to_vec(),
        redirect_uri: "https://app.example.com/cb".to_owned(),
        code_challenge: Some(vec![9; 32]),
        nonce: Some("n".to_owned()),
        expires_at: at(60),
    }
}

/// A database in which Ana, user 1, is signed in and has allowed the application 10 something, until second 100.
pub(crate) async fn granted(engine: Engine) -> (TestDatabase, Grant) {
    let test = database(engine).await;
    let tenant = clients::tenant(&test.database, 1).await;
    let kind = ClientKind::AuthorizationCode;
    let client = clients::client_of_kind(&test.database, tenant, kind, 10, "Portal").await;
    add_user(&test.database, 1, 1, "ana@example.com", &[]).await.unwrap();
    let grant = Grant {
        id: GrantId(Uuid::from_u128(50)),
        client_id: client,
        user_id: user_id(1),
        scope: "openid email".to_owned(),
        auth_time: at(-7),
        session_id: SessionId(Uuid::from_u128(51)),
        created_at: at(0),
        expires_at: at(100),
    };
    let session = NewSession {
        token_hash: &SESSION,
        authorize_hash: &[8; 32],
        id: grant.session_id,
        user_id: grant.user_id,
        created_at: grant.auth_time,
        expires_at: at(100),
    };
    let mut tx = test.database.begin().await.unwrap();
    sessions::insert(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
    let kept = insert(&test.database, &grant, code(&CODE), &SESSION).await;
    assert!(kept.unwrap());
    (test, grant)
}
