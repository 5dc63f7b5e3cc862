//! What tests of other rooms need of the tables of clients.

use std::fs;

use domain::tenant::TenantId;
use sqlx::AssertSqlSafe;

use crate::database::{fetch, tx_execute};
use crate::testing::TestDatabase;
use crate::{Database, sqlite_path};

/// How many client-credentials clients the tenant counts.
///
/// # Panics
/// When the database fails.
pub async fn counted(database: &Database, tenant: TenantId) -> i64 {
    let (count,): (i64,) = fetch!(
        fetch_one,
        database,
        (i64,),
        "SELECT client_credentials_clients FROM tenants WHERE id = $1",
        tenant.0,
    )
    .expect("the tenant's counter");
    count
}

/// Makes the tenant count this many client-credentials clients.
///
/// # Panics
/// When the database fails.
pub async fn set_counted(database: &Database, tenant: TenantId, count: i64) {
    let mut tx = database.begin().await.expect("a change");
    tx_execute!(
        &mut tx,
        "UPDATE tenants SET client_credentials_clients = $2 WHERE id = $1",
        tenant.0,
        count,
    )
    .expect("the tenant's counter");
    tx.commit().await.expect("the change");
}

/// How many rows the tables of clients hold: subjects, clients, their roles, their secrets.
///
/// # Panics
/// When the database fails.
pub async fn rows(database: &Database) -> (i64, i64, i64, i64) {
    fetch!(
        fetch_one,
        database,
        (i64, i64, i64, i64),
        "SELECT
            (SELECT CAST(COUNT(*) AS BIGINT) FROM subjects),
            (SELECT CAST(COUNT(*) AS BIGINT) FROM clients),
            (SELECT CAST(COUNT(*) AS BIGINT) FROM client_roles),
            (SELECT CAST(COUNT(*) AS BIGINT) FROM client_secrets)",
    )
    .expect("the tables of clients")
}

/// The hashes of all secrets.
///
/// # Panics
/// When the database fails.
pub async fn secret_hashes(database: &Database) -> Vec<Vec<u8>> {
    let rows: Vec<(Vec<u8>,)> =
        fetch!(fetch_all, database, (Vec<u8>,), "SELECT hash FROM client_secrets").expect("the hashes");
    rows.into_iter().map(|(hash,)| hash).collect()
}

/// Takes the table of audit events away, so that every change fails at its end.
///
/// # Panics
/// When the database fails.
pub async fn break_audit(database: &Database) {
    let mut tx = database.begin().await.expect("a change");
    tx_execute!(&mut tx, "ALTER TABLE audit_events RENAME TO audit_events_elsewhere").expect("the table");
    tx.commit().await.expect("the change");
}

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
            let tables: Vec<String> =
                sqlx::query_scalar("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'")
                    .fetch_all(pool)
                    .await
                    .expect("the tables");
            for table in tables {
                // Bytes are written as hexadecimal digits.
                let sql = format!(
                    "SELECT EXISTS (SELECT 1 FROM {table} WHERE POSITION($1 IN CAST({table} AS TEXT)) > 0
                        OR POSITION(ENCODE(CONVERT_TO($1, 'UTF8'), 'hex') IN CAST({table} AS TEXT)) > 0)"
                );
                let found: bool = sqlx::query_scalar(AssertSqlSafe(sql))
                    .bind(text)
                    .fetch_one(pool)
                    .await
                    .expect("the rows");
                if found {
                    return true;
                }
            }
            false
        }
    }
}
