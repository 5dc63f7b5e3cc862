use sqlx::SqlitePool;
use tokio::sync::oneshot::Receiver;
use uuid::Uuid;

use super::*;
use crate::Database;
use crate::database::{fetch, tx_execute};
use crate::testing::{Engine, TestDatabase, database};

type Answer = Receiver<Result<bool, StoreError>>;

fn change(work: Work) -> (Change, Answer) {
    let (answer, answered) = oneshot::channel();
    (Change { work, answer }, answered)
}

/// A change that keeps an id, which must be new.
fn keep(id: u128) -> (Change, Answer) {
    change(Box::new(move |tx| Box::pin(insert(tx, id))))
}

async fn insert(tx: &mut Tx, id: u128) -> Result<bool, StoreError> {
    let rows = tx_execute!(tx, "INSERT INTO subjects (id) VALUES ($1)", Uuid::from_u128(id))?;
    Ok(rows == 1)
}

async fn kept(database: &Database) -> i64 {
    let (count,): (i64,) = fetch!(fetch_one, database, (i64,), "SELECT COUNT(*) FROM subjects").unwrap();
    count
}

async fn sqlite() -> (TestDatabase, SqlitePool) {
    let test = database(Engine::Sqlite).await;
    let Database::Sqlite { write, .. } = &test.database else {
        panic!("this is SQLite");
    };
    let writer = write.clone();
    (test, writer)
}

#[tokio::test]
async fn changes_that_are_handed_in_together_share_a_commit() {
    let (test, writer) = sqlite().await;
    let database = test.database.clone();
    let look = change(Box::new(move |_| {
        let database = database.clone();
        Box::pin(async move { Ok(kept(&database).await == 0) })
    }));
    let (changes, answers): (Vec<_>, Vec<_>) = [keep(1), look, keep(2)].into_iter().unzip();
    store(writer.clone(), begin_sqlite(&writer).await, changes).await;
    for answer in answers {
        assert!(answer.await.unwrap().unwrap());
    }
    assert_eq!(kept(&test.database).await, 2);
}

#[tokio::test]
async fn what_is_wrong_with_one_is_no_matter_of_the_others() {
    let (test, writer) = sqlite().await;
    let (changes, answers): (Vec<_>, Vec<_>) = [1, 2, 1, 3].map(keep).into_iter().unzip();
    store(writer.clone(), begin_sqlite(&writer).await, changes).await;
    let mut told = Vec::new();
    for answer in answers {
        told.push(answer.await.unwrap().map_err(|error| error.is_unique_violation()));
    }
    assert_eq!(told, [Ok(true), Ok(true), Err(true), Ok(true)]);
    assert_eq!(kept(&test.database).await, 3);
}

#[tokio::test]
async fn many_at_once_are_all_stored() {
    let (test, _) = sqlite().await;
    let held = test.database.begin().await.unwrap();
    let mut asked = Vec::new();
    for id in 0..200 {
        let database = test.database.clone();
        asked.push(tokio::spawn(async move {
            database.share(id, |id, tx| Box::pin(insert(tx, *id))).await
        }));
    }
    held.commit().await.unwrap();
    for answer in asked {
        assert!(answer.await.unwrap().unwrap());
    }
    assert_eq!(kept(&test.database).await, 200);
}

#[tokio::test]
async fn nothing_is_said_to_be_stored_without_a_writer() {
    let (test, writer) = sqlite().await;
    writer.close().await;
    let told = test.database.share((), |(), tx| Box::pin(insert(tx, 1))).await;
    assert!(!told.unwrap_err().is_contention());
    let (changes, answers): (Vec<_>, Vec<_>) = [keep(1), keep(2)].into_iter().unzip();
    store(writer.clone(), begin_sqlite(&writer).await, changes).await;
    for answer in answers {
        assert!(!answer.await.unwrap().unwrap_err().is_contention());
    }
}

#[tokio::test]
async fn all_are_told_that_they_came_to_no_turn() {
    let (_test, writer) = sqlite().await;
    let (changes, answers): (Vec<_>, Vec<_>) = [keep(1), keep(2)].into_iter().unzip();
    store(writer, Err(sqlx::Error::PoolTimedOut.into()), changes).await;
    for answer in answers {
        assert!(answer.await.unwrap().unwrap_err().is_contention());
    }
}

#[tokio::test]
async fn nothing_is_stored_for_whoever_has_gone() {
    let (test, writer) = sqlite().await;
    let (gone, answer) = keep(1);
    drop(answer);
    let (change, answer) = keep(2);
    store(writer.clone(), begin_sqlite(&writer).await, vec![gone, change]).await;
    assert!(answer.await.unwrap().unwrap());
    assert_eq!(kept(&test.database).await, 1);
}

#[tokio::test]
async fn a_panic_is_the_end_of_its_change_alone() {
    let (test, _) = sqlite().await;
    let told = test
        .database
        .share((), |(), _| Box::pin(async { panic!("on purpose") }))
        .await;
    told.unwrap_err();
    let told = test.database.share((), |(), tx| Box::pin(insert(tx, 1))).await;
    assert!(told.unwrap());
}

#[tokio::test]
async fn changes_go_on_when_a_full_disk_has_room_again() {
    let (test, writer) = sqlite().await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&writer)
        .await
        .unwrap();
    let no_more = format!("PRAGMA max_page_count = {pages}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(no_more))
        .execute(&writer)
        .await
        .unwrap();
    let told = test.database.share((), |(), tx| {
        Box::pin(async move {
            for id in 0..10_000 {
                insert(&mut *tx, id).await?;
            }
            Ok(true)
        })
    });
    told.await.unwrap_err();
    // A new connection has no such limit.
    let told = test.database.share((), |(), tx| Box::pin(insert(tx, 1))).await;
    assert!(told.unwrap());
    test.database.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(kept(&test.database).await, 1);
}
