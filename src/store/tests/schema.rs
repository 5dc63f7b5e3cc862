//! The two databases have the same tables, columns and indexes: one SQL text serves both.

use store::Database;
use store::testing::{Engine, database};

/// Table, column, and whether it must have a value.
async fn columns(database: &Database) -> Vec<(String, String, bool)> {
    match database {
        Database::Sqlite { read, .. } => {
            // SQLite reports the columns of a primary key as nullable, although a STRICT table refuses it.
            sqlx::query_as(
                r#"SELECT t.name, c.name, c."notnull" OR c.pk > 0
                 FROM sqlite_master t JOIN pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND t.name <> '_sqlx_migrations'
                 ORDER BY t.name, c.name"#,
            )
            .fetch_all(read)
            .await
        }
        Database::Postgres(pool) => {
            sqlx::query_as(
                r#"SELECT table_name COLLATE "C", column_name COLLATE "C", is_nullable = 'NO'
                 FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
                 ORDER BY 1, 2"#,
            )
            .fetch_all(pool)
            .await
        }
    }
    .expect("the schema")
}

/// Table and index, without the unnamed ones of primary keys and UNIQUE.
async fn indexes(database: &Database) -> Vec<(String, String)> {
    match database {
        Database::Sqlite { read, .. } => {
            sqlx::query_as(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
                 ORDER BY tbl_name, name",
            )
            .fetch_all(read)
            .await
        }
        Database::Postgres(pool) => {
            sqlx::query_as(
                r#"SELECT tablename::text COLLATE "C", indexname::text COLLATE "C" FROM pg_indexes
                 WHERE schemaname = 'public'
                    AND indexname NOT IN (SELECT conname FROM pg_constraint)
                 ORDER BY 1, 2"#,
            )
            .fetch_all(pool)
            .await
        }
    }
    .expect("the schema")
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let sqlite = database(Engine::Sqlite).await;
    let postgres = database(Engine::Postgres).await;

    let expected = columns(&sqlite.database).await;
    assert!(expected.contains(&("users".to_owned(), "last_sign_in_at".to_owned(), false)));
    assert!(expected.contains(&("users".to_owned(), "id".to_owned(), true)));
    assert_eq!(columns(&postgres.database).await, expected);

    let expected = indexes(&sqlite.database).await;
    assert!(expected.contains(&("sessions".to_owned(), "sessions_by_end".to_owned())));
    assert_eq!(indexes(&postgres.database).await, expected);
}
