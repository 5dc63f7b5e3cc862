//! What tests of other rooms need of the tables of clients.

use domain::tenant::TenantId;

use crate::Database;
use crate::database::{fetch, tx_execute};

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

/// How many rows the tables of clients hold: subjects that aren't people, clients, their roles, their secrets.
///
/// # Panics
/// When the database fails.
pub async fn rows(database: &Database) -> (i64, i64, i64, i64) {
    fetch!(
        fetch_one,
        database,
        (i64, i64, i64, i64),
        "SELECT
            (SELECT CAST(COUNT(*) AS BIGINT) FROM subjects WHERE id NOT IN (SELECT id FROM users)),
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
