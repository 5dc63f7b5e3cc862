use rstest::rstest;

use super::*;
use crate::fixtures::at;
use crate::grants;
use crate::grants::fixtures::granted;
use crate::testing::Engine;

async fn use_at(database: &Database, hash: &[u8], second: i64) -> bool {
    let mut tx = database.begin().await.unwrap();
    let used = consume(&mut tx, hash, at(second)).await.unwrap();
    tx.commit().await.unwrap();
    used
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_is_used_once_and_before_its_end(#[case] engine: Engine) {
    let (test, grant) = granted(engine).await;
    let database = &test.database;
    let mut tx = database.begin().await.unwrap();
    insert(&mut tx, &grant, &[1; 32], at(10)).await.unwrap();
    insert(&mut tx, &grant, &[2; 32], at(10)).await.unwrap();
    tx.commit().await.unwrap();
    let kept = RefreshToken {
        grant,
        expires_at: at(10),
        used_at: None,
    };
    assert_eq!(find(database, &[1; 32]).await.unwrap(), Some(kept.clone()));
    assert_eq!(find(database, &[3; 32]).await.unwrap(), None);
    assert!(use_at(database, &[1; 32], 9).await);
    assert!(!use_at(database, &[1; 32], 9).await);
    assert!(!use_at(database, &[2; 32], 10).await);
    let used = RefreshToken {
        used_at: Some(at(9)),
        ..kept
    };
    assert_eq!(find(database, &[1; 32]).await.unwrap(), Some(used));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_token_ends_with_its_grant(#[case] engine: Engine) {
    let (test, grant) = granted(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    insert(&mut tx, &grant, &[1; 32], at(10)).await.unwrap();
    grants::end(&mut tx, grant.id, at(5)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!use_at(&test.database, &[1; 32], 9).await);
    let found = find(&test.database, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(found.used_at, None, "nobody used it");
}
