use rstest::rstest;

use super::*;
use crate::fixtures::at;
use crate::grants::fixtures::granted;
use crate::testing::{Engine, TestDatabase};

/// Tokens 1 and 2 of a grant, until second 10.
async fn with_tokens(engine: Engine) -> (TestDatabase, Grant) {
    let (test, grant) = granted(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    for number in [1, 2] {
        insert(&mut tx, grant.id, &token(number, 10)).await.unwrap();
    }
    tx.commit().await.unwrap();
    (test, grant)
}

fn token(number: u8, end: i64) -> NewRefreshToken {
    NewRefreshToken {
        hash: vec![number; 32],
        expires_at: at(end),
    }
}

/// Uses a token, which gives token `next` until second 20.
async fn use_at(database: &Database, grant: &Grant, number: u8, next: u8, second: i64) -> bool {
    let (hash, next) = ([number; 32], token(next, 20));
    rotate(database, (grant.id, &hash), next, at(second)).await.unwrap()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_gives_the_next_once(#[case] engine: Engine) {
    let (test, grant) = with_tokens(engine).await;
    let database = &test.database;
    let first = RefreshToken {
        grant: grant.clone(),
        expires_at: at(10),
        used_at: None,
    };
    assert_eq!(find(database, &[1; 32]).await.unwrap(), Some(first.clone()));
    assert_eq!(find(database, &[3; 32]).await.unwrap(), None);
    assert!(use_at(database, &grant, 1, 3, 9).await);
    let used = RefreshToken {
        used_at: Some(at(9)),
        ..first.clone()
    };
    let next = RefreshToken {
        expires_at: at(20),
        ..first.clone()
    };
    assert!(!use_at(database, &grant, 1, 4, 9).await);
    assert_eq!(find(database, &[1; 32]).await.unwrap(), Some(used));
    assert_eq!(find(database, &[2; 32]).await.unwrap(), Some(first));
    assert_eq!(find(database, &[3; 32]).await.unwrap(), Some(next));
    assert_eq!(
        find(database, &[4; 32]).await.unwrap(),
        None,
        "a second use gives nothing"
    );
    assert!(use_at(database, &grant, 3, 4, 19).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_gives_nothing_from_its_end_on(#[case] engine: Engine) {
    let (test, grant) = with_tokens(engine).await;
    assert!(!use_at(&test.database, &grant, 1, 3, 10).await);
    assert!(!use_at(&test.database, &grant, 9, 3, 9).await, "there is no such token");
    assert_eq!(find(&test.database, &[3; 32]).await.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_ends_with_its_grant(#[case] engine: Engine) {
    let (test, grant) = with_tokens(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    grants::end(&mut tx, grant.id, at(5)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!use_at(&test.database, &grant, 1, 3, 9).await);
    assert_eq!(find(&test.database, &[1; 32]).await.unwrap().unwrap().used_at, None);
    assert_eq!(find(&test.database, &[3; 32]).await.unwrap(), None);
}
