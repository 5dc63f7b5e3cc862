//! All that a database holds, as text.

use std::fs;

use sqlx::{AssertSqlSafe, PgPool, SqlitePool};

use super::TestDatabase;
use crate::{Database, sqlite_path};

/// Whether any row of any table, or any byte of the file and its log, holds this text.
///
/// # Panics
/// When the database can't be read.
pub async fn holds_text(place: &TestDatabase, text: &str) -> bool {
    match &place.database {
        Database::Sqlite { .. } => {
            let path = sqlite_path(&place.url).expect("a file");
            let folder = path.parent().expect("its folder");
            fs::read_dir(folder)
                .expect("the folder")
                .map(|file| fs::read(file.expect("a file").path()).expect("its bytes"))
                .any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
        }
        Database::Postgres(pool) => {
            // Bytes are written as hexadecimal digits.
            let digits = text
                .bytes()
                .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
            let rows = postgres_rows(pool).await;
            rows.iter().any(|row| row.contains(text) || row.contains(&digits))
        }
    }
}

/// Every row of every table, so that two moments can be compared; without the number of a tenant's changes, which nothing
/// takes back.
///
/// # Panics
/// When the database can't be read.
pub async fn contents(database: &Database) -> Vec<String> {
    match database {
        Database::Sqlite { read, .. } => sqlite_rows(read).await,
        Database::Postgres(pool) => postgres_rows(pool).await,
    }
}

async fn sqlite_rows(pool: &SqlitePool) -> Vec<String> {
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, group_concat('quote(' || c.name || ')', ' || ')
         FROM sqlite_master t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND NOT (t.name = 'tenants' AND c.name = 'changes')
         GROUP BY t.name ORDER BY t.name",
    )
    .fetch_all(pool)
    .await
    .expect("the tables");
    let mut rows = Vec::new();
    for (table, columns) in tables {
        let sql = format!("SELECT '{table}: ' || {columns} FROM {table} ORDER BY 1");
        let table: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(pool)
            .await
            .expect("the rows");
        rows.extend(table);
    }
    rows
}

async fn postgres_rows(pool: &PgPool) -> Vec<String> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            .fetch_all(pool)
            .await
            .expect("the tables");
    let mut rows = Vec::new();
    for table in tables {
        let but = if table == "tenants" { " - 'changes'" } else { "" };
        let sql = format!("SELECT '{table}: ' || CAST(to_jsonb({table}){but} AS TEXT) FROM {table} ORDER BY 1");
        let table: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(pool)
            .await
            .expect("the rows");
        rows.extend(table);
    }
    rows
}
