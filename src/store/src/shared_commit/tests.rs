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
    store(&writer, changes).await;
    for answer in answers {
        assert!(answer.await.unwrap().unwrap());
    }
    assert_eq!(kept(&test.database).await, 2);
}

#[tokio::test]
async fn what_is_wrong_with_one_is_no_matter_of_the_others() {
    let (test, writer) = sqlite().await;
    let (changes, answers): (Vec<_>, Vec<_>) = [1, 2, 1, 3].map(keep).into_iter().unzip();
    store(&writer, changes).await;
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
    told.unwrap_err();
    let (changes, answers): (Vec<_>, Vec<_>) = [keep(1), keep(2)].into_iter().unzip();
    store(&writer, changes).await;
    for answer in answers {
        assert!(!matches!(answer.await, Ok(Ok(_))));
    }
}
