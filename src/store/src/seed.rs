//! Many clients at once, to see how the portal does with them.

use chrono::{DateTime, Duration, Utc};
use domain::client::{ClientId, ClientKind};
use domain::role::RoleId;
use domain::tenant::TenantId;
use sqlx::{Postgres, QueryBuilder, Sqlite};
use uuid::Uuid;

use crate::clients::kind_text;
use crate::database::tx_fetch;
use crate::search::search_key;
use crate::{Database, StoreError, Tx};

/// How many rows go into one statement: far fewer values than either database takes.
const AT_ONCE: usize = 500;

/// A client that is one of many.
#[derive(Clone, Debug)]
pub struct SeedClient {
    /// Its id, which no user or client ever had.
    pub id: ClientId,
    /// Its kind.
    pub kind: ClientKind,
    /// Its name.
    pub name: String,
    /// Whether it may connect.
    pub enabled: bool,
    /// The SHA-256 of its secret, if its kind has one.
    pub secret: Option<[u8; 32]>,
    /// When its secret ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// Its roles.
    pub roles: Vec<RoleId>,
}

/// Inserts rows, some at a time, on either database.
macro_rules! insert_rows {
    ($tx:expr, $sql:literal, $rows:expr, |$values:ident, $row:ident| $push:expr) => {
        for some in $rows.chunks(AT_ONCE) {
            match &mut *$tx {
                Tx::Sqlite(tx) => {
                    let mut query = QueryBuilder::<Sqlite>::new($sql);
                    query.push_values(some, |mut $values, $row| {
                        $push;
                    });
                    query.build().execute(&mut **tx).await?;
                }
                Tx::Postgres(tx) => {
                    let mut query = QueryBuilder::<Postgres>::new($sql);
                    query.push_values(some, |mut $values, $row| {
                        $push;
                    });
                    query.build().execute(&mut **tx).await?;
                }
            }
        }
    };
}

/// Keeps clients in a tenant that [`count_many_more`] has counted.
pub async fn insert(
    tx: &mut Tx,
    tenant: TenantId,
    clients: &[SeedClient],
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert_rows!(tx, "INSERT INTO subjects (id) ", clients, |values, client| {
        values.push_bind(client.id.0)
    });
    insert_rows!(
        tx,
        "INSERT INTO clients (id, tenant_id, kind, name, search_key, enabled, token_lifetime, next_secret_id,
            created_at, created_by, changed_at, changed_by) ",
        clients,
        |values, client| {
            values
                .push_bind(client.id.0)
                .push_bind(tenant.0)
                .push_bind(kind_text(client.kind))
                .push_bind(client.name.clone())
                .push_bind(search_key(&client.name, client.id))
                .push_bind(client.enabled)
                .push_bind(3600_i32)
                .push_bind(2_i32)
                .push_bind(now)
                .push_bind(by.to_owned())
                .push_bind(now)
                .push_bind(by.to_owned())
        }
    );
    let roles: Vec<(Uuid, Uuid)> = clients
        .iter()
        .flat_map(|client| client.roles.iter().map(|role| (client.id.0, role.0)))
        .collect();
    insert_rows!(
        tx,
        "INSERT INTO client_roles (client_id, role_id) ",
        roles,
        |values, row| { values.push_bind(row.0).push_bind(row.1) }
    );
    let secrets: Vec<(&SeedClient, [u8; 32])> = clients
        .iter()
        .filter_map(|client| Some((client, client.secret?)))
        .collect();
    insert_rows!(
        tx,
        "INSERT INTO client_secrets
            (client_id, tenant_id, kind, id, description, hash, created_at, expires_at) ",
        secrets,
        |values, row| {
            values
                .push_bind(row.0.id.0)
                .push_bind(tenant.0)
                .push_bind(kind_text(row.0.kind))
                .push_bind(1_i32)
                .push_bind("seeded")
                .push_bind(row.1.to_vec())
                .push_bind(now - Duration::days(300))
                .push_bind(row.0.expires_at)
        }
    );
    let uris: Vec<(Uuid, String)> = clients
        .iter()
        .filter(|client| client.kind.signs_people_in())
        .map(|client| (client.id.0, format!("https://{}.example.com/callback", client.id)))
        .collect();
    insert_rows!(
        tx,
        "INSERT INTO client_uris (client_id, purpose, ordinal, uri) ",
        uris,
        |values, row| {
            values
                .push_bind(row.0)
                .push_bind("redirect")
                .push_bind(0_i32)
                .push_bind(row.1.clone())
        }
    );
    Ok(())
}

/// Counts these clients in a tenant that is locked for the change, and answers how many it has now, of all kinds.
pub async fn count_many_more(tx: &mut Tx, tenant: TenantId, clients: &[SeedClient]) -> Result<i64, StoreError> {
    let count = |kind| i64::try_from(clients.iter().filter(|client| client.kind == kind).count()).unwrap_or(i64::MAX);
    let (total,): (i64,) = tx_fetch!(
        fetch_one,
        tx,
        (i64,),
        "UPDATE tenants SET
            client_credentials_clients = client_credentials_clients + $2,
            authorization_code_clients = authorization_code_clients + $3,
            hybrid_clients = hybrid_clients + $4
         WHERE id = $1
         RETURNING client_credentials_clients + authorization_code_clients + hybrid_clients",
        tenant.0,
        count(ClientKind::ClientCredentials),
        count(ClientKind::AuthorizationCode),
        count(ClientKind::Hybrid),
    )?;
    Ok(total)
}

/// Lets the database look at its tables, so that it plans for as many rows as there are. PostgreSQL does this by itself
/// after a while, and notes then too which rows everybody sees, so that it reads them in an index alone.
pub async fn analyse(database: &Database) -> Result<(), StoreError> {
    match database {
        Database::Sqlite { write, .. } => sqlx::query("ANALYZE").execute(write).await.map(drop)?,
        Database::Postgres(pool) => {
            let tables = "VACUUM (ANALYZE) tenants, clients, client_roles, client_secrets, client_tags, client_uris";
            sqlx::query(tables).execute(pool).await.map(drop)?;
        }
    }
    Ok(())
}
