//! What holds before there are rows: limits, migrations, and errors that are told apart.

use rstest::rstest;

use super::*;
use crate::testing::{Engine, database};

#[tokio::test]
async fn a_postgres_session_has_limits() {
    let test = database(Engine::Postgres).await;
    let Database::Postgres(pool) = &test.database else {
        panic!("not PostgreSQL")
    };
    for (name, value) in POSTGRES_LIMITS {
        let set: String = sqlx::query_scalar("SELECT current_setting($1)")
            .bind(name)
            .fetch_one(pool)
            .await
            .unwrap();
        assert_eq!(set, value, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn first_starts_on_one_file_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("clientele.db").display());
    let starts: Vec<_> = (0..4)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let database = Database::connect(&url).await?;
                database.migrate().await?;
                database.is_migrated().await
            })
        })
        .collect();
    for start in starts {
        assert!(start.await.unwrap().unwrap());
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_the_table_of_migrations_none_ran(#[case] engine: Engine) {
    let test = database(engine).await;
    assert!(test.database.is_migrated().await.unwrap());
    let mut tx = test.database.begin().await.unwrap();
    tx_execute!(&mut tx, "DELETE FROM _sqlx_migrations").unwrap();
    tx.commit().await.unwrap();
    assert!(!test.database.is_migrated().await.unwrap());
    let mut tx = test.database.begin().await.unwrap();
    tx_execute!(&mut tx, "DROP TABLE _sqlx_migrations").unwrap();
    tx.commit().await.unwrap();
    assert!(!test.database.is_migrated().await.unwrap());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn another_error_does_not_pass_for_missing_migrations(#[case] engine: Engine) {
    let test = database(engine).await;
    let mut tx = test.database.begin().await.unwrap();
    tx_execute!(&mut tx, "ALTER TABLE _sqlx_migrations RENAME COLUMN success TO done").unwrap();
    tx.commit().await.unwrap();
    let failed = test.database.is_migrated().await;
    assert!(matches!(failed, Err(StoreError::Database(_))));
}
