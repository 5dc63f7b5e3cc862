use rstest::rstest;

use super::*;
use crate::fixtures::at;
use crate::grants;
use crate::grants::fixtures::{CODE, code, granted};
use crate::testing::{Engine, TestDatabase};

/// A code until second 60, and what it gives.
async fn with_code(engine: Engine) -> (TestDatabase, Code) {
    let (test, grant) = granted(engine).await;
    let new = code(&CODE);
    let code = Code {
        grant,
        redirect_uri: new.redirect_uri.to_owned(),
        code_challenge: new.code_challenge.map(<[u8]>::to_vec),
        nonce: new.nonce.map(str::to_owned),
        expires_at: new.expires_at,
        used_at: None,
    };
    (test, code)
}

async fn use_at(database: &Database, second: i64) -> bool {
    let mut tx = database.begin().await.unwrap();
    let used = consume(&mut tx, &CODE, at(second)).await.unwrap();
    tx.commit().await.unwrap();
    used
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_is_used_once(#[case] engine: Engine) {
    let (test, code) = with_code(engine).await;
    let database = &test.database;
    assert_eq!(find(database, &CODE).await.unwrap(), Some(code.clone()));
    assert_eq!(find(database, &[2; 32]).await.unwrap(), None);
    assert!(use_at(database, 59).await);
    assert!(!use_at(database, 59).await);
    let used = Code {
        used_at: Some(at(59)),
        ..code.clone()
    };
    assert_eq!(find(database, &CODE).await.unwrap(), Some(used));

    let mut tx = database.begin().await.unwrap();
    grants::delete_over(&mut tx, at(100)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(find(database, &CODE).await.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_is_over_at_its_second(#[case] engine: Engine) {
    let (test, _) = with_code(engine).await;
    assert!(!use_at(&test.database, 60).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_ends_with_its_grant(#[case] engine: Engine) {
    let (test, code) = with_code(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    grants::end(&mut tx, code.grant.id, at(5)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!use_at(&test.database, 59).await);
    assert_eq!(find(&test.database, &CODE).await.unwrap(), Some(code), "nobody used it");
}
