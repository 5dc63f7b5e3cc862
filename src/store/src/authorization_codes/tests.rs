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
        redirect_uri: new.redirect_uri,
        code_challenge: new.code_challenge,
        nonce: new.nonce,
        expires_at: new.expires_at,
        used_at: None,
    };
    (test, code)
}

async fn use_at(database: &Database, second: i64) -> bool {
    redeem(database, &CODE, None, at(second)).await.unwrap()
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

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_first_use_alone_keeps_a_refresh_token(#[case] engine: Engine) {
    let (test, code) = with_code(engine).await;
    let database = &test.database;
    for (hash, kept) in [([3; 32], true), ([4; 32], false)] {
        let first = NewRefreshToken {
            hash: hash.to_vec(),
            expires_at: at(90),
        };
        let redeemed = redeem(database, &CODE, Some((code.grant.id, first)), at(9)).await;
        assert_eq!(redeemed.unwrap(), kept);
        let found = refresh_tokens::find(database, &hash).await.unwrap();
        assert_eq!(found.is_some(), kept);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_code_whose_refresh_token_cant_be_kept_is_not_used(#[case] engine: Engine) {
    let (test, code) = with_code(engine).await;
    let database = &test.database;
    let taken = NewRefreshToken {
        hash: vec![3; 32],
        expires_at: at(90),
    };
    let mut tx = database.begin().await.unwrap();
    refresh_tokens::insert(&mut tx, code.grant.id, &taken).await.unwrap();
    tx.commit().await.unwrap();
    let told = redeem(database, &CODE, Some((code.grant.id, taken)), at(9)).await;
    assert!(told.unwrap_err().is_unique_violation());
    assert!(use_at(database, 9).await);
}
