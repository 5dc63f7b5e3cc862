//! What holds before there are rows: limits, migrations, and errors that are told apart.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::list::{ClientQuery, StatusFilter};
use domain::search::Search;
use domain::tenant::TenantId;
use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::client_list::Totals;
use crate::clients::{self, fixtures};
use crate::testing::{Engine, database, empty};
use crate::{authorization_codes, client_list, client_secrets, refresh_tokens, token_clients, user_search};

#[tokio::test]
async fn a_postgres_session_has_limits() {
    let test = database(Engine::Postgres).await;
    let Database::Postgres(pool) = &test.database else {
        panic!("not PostgreSQL")
    };
    for (name, value) in POSTGRES_SETTINGS {
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

/// Brings the tables to the state of an older program.
async fn migrate_to(database: &Database, version: i64) {
    match database {
        Database::Sqlite { write, .. } => {
            let mut connection = write.acquire().await.unwrap();
            let migrated = SQLITE_MIGRATIONS
                .run_direct(Some(version), &mut *connection, false)
                .await;
            migrated.unwrap();
        }
        Database::Postgres(pool) => {
            let mut connection = pool.acquire().await.unwrap();
            let migrated = POSTGRES_MIGRATIONS
                .run_direct(Some(version), &mut *connection, false)
                .await;
            migrated.unwrap();
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn clients_of_the_first_program_are_kept(#[case] engine: Engine) {
    let test = empty(engine).await;
    let database = &test.database;
    migrate_to(database, 1).await;
    let (tenant, client, now) = (Uuid::from_u128(1), Uuid::from_u128(2), fixtures::now());
    let mut tx = database.begin().await.unwrap();
    let sql = "INSERT INTO tenants (id, name, created_at, client_credentials_clients) VALUES ($1, 'Mill', $2, 1)";
    tx_execute!(&mut tx, sql, tenant, now).unwrap();
    tx_execute!(&mut tx, "INSERT INTO subjects (id) VALUES ($1)", client).unwrap();
    tx_execute!(
        &mut tx,
        "INSERT INTO clients
            (id, tenant_id, kind, name, name_key, search_key, enabled, token_lifetime, next_secret_id,
             created_at, created_by, changed_at, changed_by)
         VALUES ($1, $2, 'client_credentials', 'Pump', 'pump', $3, TRUE, 900, 2, $4, 'Ada', $4, 'Ada')",
        client,
        tenant,
        format!("pump\n{client}"),
        now,
    )
    .unwrap();
    tx_execute!(
        &mut tx,
        "INSERT INTO client_secrets (client_id, id, description, hash, created_at, expires_at, last_used_at)
         VALUES ($1, 1, 'gateway', $2, $3, $4, $3)",
        client,
        &[7_u8; 32][..],
        now,
        fixtures::instant("2027-11-21T10:30:00Z"),
    )
    .unwrap();
    tx.commit().await.unwrap();

    database.migrate().await.unwrap();
    assert!(database.is_migrated().await.unwrap());
    let (tenant, client) = (TenantId(tenant), ClientId(client));
    let kept = clients::find(database, tenant, client).await.unwrap().unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.version, kept.allow_offline_access),
        ("Pump", 1, false)
    );
    let secrets = client_secrets::of_client(database, client).await.unwrap();
    assert_eq!((secrets.len(), secrets[0].description.as_str()), (1, "gateway"));
    assert_eq!(
        (secrets[0].created, secrets[0].last_used, secrets[0].version),
        (now, Some(now), 1)
    );
    let mut tx = database.begin().await.unwrap();
    let given = client_secrets::given_expiry(&mut tx, client, secrets[0].id).await;
    assert_eq!(given.unwrap(), secrets[0].expiry);
    drop(tx);
    let found = token_clients::read(database, client).await.unwrap().unwrap();
    assert_eq!(found.secrets[0].hash, [7; 32]);
    let later = fixtures::instant("2027-11-20T10:30:00Z");
    for filter in ["", "pump"] {
        let soon = ClientQuery {
            filter: filter.to_owned(),
            status: StatusFilter::ExpiringSoon,
            ..ClientQuery::default()
        };
        let listed = client_list::page(database, &Totals::default(), tenant, &soon, later)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (listed.total, listed.rows.len()),
            (1, 1),
            "its secret knows its tenant and kind"
        );
    }
}

/// Ana and her tenant, as every program kept them.
async fn insert_ana(tx: &mut Tx, tenant: Uuid, user: Uuid, now: DateTime<Utc>) {
    let sql = "INSERT INTO tenants (id, name, created_at) VALUES ($1, 'Mill', $2)";
    tx_execute!(&mut *tx, sql, tenant, now).unwrap();
    tx_execute!(&mut *tx, "INSERT INTO subjects (id) VALUES ($1)", user).unwrap();
    tx_execute!(
        tx,
        "INSERT INTO users (id, tenant_id, email, email_key, name, name_key, password_hash, enabled, created_at)
         VALUES ($1, $2, 'ana@example.com', 'ana@example.com', 'Ana', 'ana', '', TRUE, $3)",
        user,
        tenant,
        now,
    )
    .unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn people_of_an_older_program_are_found_by_name_and_id(#[case] engine: Engine) {
    let test = empty(engine).await;
    let database = &test.database;
    migrate_to(database, 7).await;
    let (tenant, user, now) = (Uuid::from_u128(1), Uuid::from_u128(0xabc), fixtures::now());
    let mut tx = database.begin().await.unwrap();
    insert_ana(&mut tx, tenant, user, now).await;
    tx.commit().await.unwrap();

    database.migrate().await.unwrap();
    for (query, count) in [("AN", 1), (user.to_string().as_str(), 1), ("bo", 0)] {
        let search = Search {
            query: query.to_owned(),
            ..Search::default()
        };
        let found = user_search::matching(database, TenantId(tenant), &search, None).await;
        assert_eq!(found.unwrap().1, count, "{query}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn codes_and_refresh_tokens_of_an_older_program_are_kept(#[case] engine: Engine) {
    let test = empty(engine).await;
    let database = &test.database;
    migrate_to(database, 9).await;
    let [tenant, client, user, grant] = [1, 2, 3, 4].map(Uuid::from_u128);
    let now = fixtures::now();
    let mut tx = database.begin().await.unwrap();
    insert_ana(&mut tx, tenant, user, now).await;
    tx_execute!(&mut tx, "INSERT INTO subjects (id) VALUES ($1)", client).unwrap();
    tx_execute!(
        &mut tx,
        "INSERT INTO clients
            (id, tenant_id, kind, name, search_key, enabled, token_lifetime, next_secret_id,
             created_at, created_by, changed_at, changed_by)
         VALUES ($1, $2, 'authorization_code', 'Portal', 'portal', TRUE, 900, 1, $3, 'Ada', $3, 'Ada')",
        client,
        tenant,
        now,
    )
    .unwrap();
    tx_execute!(
        &mut tx,
        "INSERT INTO grants (id, client_id, user_id, scope, auth_time, sid, created_at, expires_at)
         VALUES ($1, $2, $3, 'openid', $4, $1, $4, $4)",
        grant,
        client,
        user,
        now,
    )
    .unwrap();
    let (code, token, challenge) = ([5_u8; 32], [6_u8; 32], [7_u8; 32]);
    tx_execute!(
        &mut tx,
        "INSERT INTO authorization_codes (code_hash, grant_id, redirect_uri, code_challenge, nonce, expires_at, used_at)
         VALUES ($1, $2, 'https://app.example.com/cb', $3, 'n', $4, $4)",
        &code[..],
        grant,
        &challenge[..],
        now,
    )
    .unwrap();
    let sql = "INSERT INTO refresh_tokens (token_hash, grant_id, expires_at) VALUES ($1, $2, $3)";
    tx_execute!(&mut tx, sql, &token[..], grant, now).unwrap();
    tx.commit().await.unwrap();

    database.migrate().await.unwrap();
    let kept = authorization_codes::find(database, &code).await.unwrap().unwrap();
    assert_eq!(kept.grant.id.0, grant);
    assert_eq!(
        (
            kept.redirect_uri.as_str(),
            kept.code_challenge.as_deref(),
            kept.nonce.as_deref()
        ),
        ("https://app.example.com/cb", Some(&challenge[..]), Some("n"))
    );
    assert_eq!((kept.expires_at, kept.used_at), (now, Some(now)));
    let token = refresh_tokens::find(database, &token).await.unwrap().unwrap();
    assert_eq!(token.grant, kept.grant);
}
