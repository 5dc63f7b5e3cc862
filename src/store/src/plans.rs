//! How the databases answer the queries of the lists, with 50,000 clients in a tenant: by an index that begins with the
//! tenant, and never by reading a whole table. Times are measured elsewhere; a plan doesn't depend on the machine.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::role::RoleId;
use domain::tenant::TenantId;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use crate::clients::fixtures;
use crate::database::tx_execute;
use crate::seed::{self, SeedClient};
use crate::testing::{Engine, database};
use crate::{Database, client_list, identity_list, role_list, user_list};

/// The tenant with the clients.
const TENANT: TenantId = TenantId(Uuid::from_u128(1));

/// A query, the types of its values on PostgreSQL, and values that a page could ask with.
struct Asked {
    sql: &'static str,
    types: &'static str,
    values: &'static str,
}

const TENANT_VALUE: &str = "'00000000-0000-0000-0000-000000000001'";

const fn asked(sql: &'static str, types: &'static str, values: &'static str) -> Asked {
    Asked { sql, types, values }
}

/// The pages of all clients.
const WHOLE: [Asked; 3] = [
    asked(
        client_list::ALL_ASCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', '', 50, 0",
    ),
    asked(
        client_list::ALL_ASCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', 'client 25', 50, 0",
    ),
    asked(
        client_list::ALL_DESCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', 'client 25', 50, 0",
    ),
];

/// The lists that are filtered, and those of roles, people and holders.
const FILTERED: [Asked; 18] = [
    asked(
        client_list::MATCHING_ASCENDING,
        "uuid, text, text, boolean, boolean, text, bigint, bigint",
        "'client_credentials', '%pump%', NULL, FALSE, '', 50, 0",
    ),
    asked(
        client_list::MATCHING_DESCENDING,
        "uuid, text, text, boolean, boolean, text, bigint, bigint",
        "'client_credentials', NULL, FALSE, FALSE, 'client 25', 50, 0",
    ),
    asked(
        client_list::MATCHING_COUNT,
        "uuid, text, text, boolean, boolean",
        "'client_credentials', '%pump%', NULL, TRUE",
    ),
    asked(
        client_list::ENDING_ASCENDING,
        "uuid, text, text, boolean, boolean, timestamptz, timestamptz, text, bigint, bigint",
        "'client_credentials', NULL, NULL, FALSE, '2026-11-21', '2026-12-21', '', 50, 0",
    ),
    asked(
        client_list::ENDING_DESCENDING,
        "uuid, text, text, boolean, boolean, timestamptz, timestamptz, text, bigint, bigint",
        "'client_credentials', '%pump%', NULL, FALSE, '1970-01-01', '2026-11-21', 'client 25', 50, 0",
    ),
    asked(
        client_list::ENDING_COUNT,
        "uuid, text, text, boolean, boolean, timestamptz, timestamptz",
        "'client_credentials', '%pump%', NULL, FALSE, '1970-01-01', '2026-11-21'",
    ),
    asked(
        role_list::ASCENDING,
        "uuid, text, text, bigint, bigint",
        "NULL, '', 50, 0",
    ),
    asked(
        role_list::DESCENDING,
        "uuid, text, text, bigint, bigint",
        "'%data%', 'tenant', 50, 0",
    ),
    asked(role_list::COUNT, "uuid, text", "'%data%'"),
    asked(
        user_list::ASCENDING,
        "uuid, text, text, uuid, bigint, bigint",
        "NULL, '', '00000000-0000-0000-0000-000000000000', 50, 0",
    ),
    asked(
        user_list::DESCENDING,
        "uuid, text, text, uuid, bigint, bigint",
        "'%ana%', 'name', '00000000-0000-0000-0000-000000000000', 50, 0",
    ),
    asked(user_list::COUNT, "uuid, text", "'%ana%'"),
    asked(
        identity_list::CLIENTS_ASCENDING,
        "uuid, text, uuid, boolean, text, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', FALSE, '', 25, 0",
    ),
    asked(
        identity_list::CLIENTS_DESCENDING,
        "uuid, text, uuid, boolean, text, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE, 'client 25', 25, 0",
    ),
    asked(
        identity_list::CLIENT_COUNT,
        "uuid, text, uuid, boolean",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE",
    ),
    asked(
        identity_list::USERS_ASCENDING,
        "uuid, text, uuid, boolean, text, uuid, bigint, bigint",
        "'%ana%', '00000000-0000-0000-0000-0000000f4240', FALSE, '', '00000000-0000-0000-0000-000000000000', 25, 0",
    ),
    asked(
        identity_list::USERS_DESCENDING,
        "uuid, text, uuid, boolean, text, uuid, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE, 'name', '00000000-0000-0000-0000-000000000000', 25, 0",
    ),
    asked(
        identity_list::USER_COUNT,
        "uuid, text, uuid, boolean",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE",
    ),
];

/// A tenant with 50,000 clients beside small ones, and enough people and roles that reading all of them would show.
async fn fill(database: &Database) {
    let now: DateTime<Utc> = fixtures::now();
    for tenant in 1..=40 {
        fixtures::tenant(database, tenant).await;
    }
    let client = |tenant: u128, n: u32| SeedClient {
        id: ClientId(Uuid::from_u128((tenant << 32) + u128::from(n))),
        kind: if n.is_multiple_of(10) {
            ClientKind::Hybrid
        } else {
            ClientKind::ClientCredentials
        },
        name: format!("Client {n}"),
        enabled: !n.is_multiple_of(20),
        secret: Some([7; 32]),
        expires_at: Some(now + chrono::Duration::days(i64::from(n % 1_900) - 100)),
        // The tenant's first built-in role, as the fixture numbers it.
        roles: vec![RoleId(Uuid::from_u128(tenant * 1_000_000))],
    };
    let mut tx = database.begin().await.unwrap();
    for tenant in 1..=40 {
        let count = if TENANT.0.as_u128() == tenant { 50_000 } else { 300 };
        let clients: Vec<SeedClient> = (0..count).map(|n| client(tenant, n)).collect();
        let tenant = TenantId(Uuid::from_u128(tenant));
        seed::count_many_more(&mut tx, tenant, &clients).await.unwrap();
        seed::insert(&mut tx, tenant, &clients, "Ada", now).await.unwrap();
    }
    tx.commit().await.unwrap();
    people_and_roles(database).await;
}

/// 100 people and 100 roles in each tenant.
async fn people_and_roles(database: &Database) {
    let mut tx = database.begin().await.unwrap();
    for n in 0..4_000_u32 {
        let tenant = Uuid::from_u128(u128::from(n % 40) + 1);
        let id = Uuid::from_u128((100 << 32) + u128::from(n));
        let name = format!("Name {n}");
        tx_execute!(
            &mut tx,
            "INSERT INTO roles (id, tenant_id, name, name_key, description) VALUES ($1, $2, $3, $4, '')",
            id,
            tenant,
            &name,
            name.to_lowercase(),
        )
        .unwrap();
        tx_execute!(&mut tx, "INSERT INTO subjects (id) VALUES ($1)", id).unwrap();
        tx_execute!(
            &mut tx,
            "INSERT INTO users (id, tenant_id, email, email_key, name, name_key, password_hash, enabled, created_at)
             VALUES ($1, $2, $3, $3, $4, $5, '', TRUE, $6)",
            id,
            tenant,
            format!("user{n}@example.com"),
            &name,
            name.to_lowercase(),
            fixtures::now(),
        )
        .unwrap();
        tx_execute!(&mut tx, "INSERT INTO user_roles (user_id, role_id) VALUES ($1, $1)", id).unwrap();
    }
    tx.commit().await.unwrap();
    seed::analyse(database).await.unwrap();
}

/// The steps that SQLite takes.
async fn sqlite_plan(database: &Database, sql: &str) -> Vec<String> {
    let Database::Sqlite { read, .. } = database else {
        panic!("SQLite only");
    };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(read).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect()
}

#[tokio::test]
async fn sqlite_goes_by_the_tenant() {
    let test = database(Engine::Sqlite).await;
    fill(&test.database).await;
    for asked in WHOLE.iter().chain(&FILTERED) {
        let plan = sqlite_plan(&test.database, asked.sql).await;
        // What a subselect gave is scanned; no table is.
        let scanned: Vec<_> = plan
            .iter()
            .filter(|step| step.starts_with("SCAN ") && !step.contains("page") && !step.contains("longest"))
            .collect();
        assert_eq!(scanned, Vec::<&String>::new(), "{plan:#?}\n{}", asked.sql);
        let by_tenant = plan
            .iter()
            .any(|step| step.starts_with("SEARCH ") && step.contains("(tenant_id=?"));
        assert!(by_tenant, "{plan:#?}\n{}", asked.sql);
    }
    for sql in [
        client_list::MATCHING_ASCENDING,
        client_list::MATCHING_DESCENDING,
        client_list::MATCHING_COUNT,
    ] {
        let plan = sqlite_plan(&test.database, sql).await;
        let covered = plan
            .iter()
            .any(|step| step.contains("COVERING INDEX clients_by_search (tenant_id=? AND kind=?"));
        assert!(covered, "{plan:#?}\n{sql}");
    }
    for asked in WHOLE {
        let plan = sqlite_plan(&test.database, asked.sql).await;
        let cut = plan
            .iter()
            .position(|step| step.contains("COVERING INDEX clients_by_search (tenant_id=? AND kind=? AND search_key"));
        // Cut in the order of the index: only the page itself is sorted, and that after everything else.
        let sorted = plan.iter().position(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
        assert!(cut.is_some(), "{plan:#?}");
        assert!(sorted.is_none_or(|at| at == plan.len() - 1), "{plan:#?}");
    }
    let counter = sqlite_plan(&test.database, client_list::COUNTER).await;
    assert_eq!(counter.len(), 1, "{counter:#?}");
    assert!(
        counter[0].contains("tenants") && counter[0].contains("(id=?)"),
        "{counter:#?}"
    );
}

/// The generic plan of PostgreSQL, the one that it keeps for a prepared statement, with the rows that it really read.
async fn postgres_plan(database: &Database, asked: &Asked) -> Value {
    let Database::Postgres(pool) = database else {
        panic!("PostgreSQL only");
    };
    let mut connection = pool.acquire().await.unwrap();
    let prepare = format!("PREPARE asked ({}) AS {}", asked.types, asked.sql);
    for sql in ["SET plan_cache_mode = force_generic_plan", &prepare] {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut *connection)
            .await
            .unwrap();
    }
    let explain = format!(
        "EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ({TENANT_VALUE}, {})",
        asked.values
    );
    let row = sqlx::raw_sql(AssertSqlSafe(explain))
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let plan: String = row.try_get_unchecked(0).unwrap();
    let plan: Value = serde_json::from_str(&plan).unwrap();
    sqlx::raw_sql("DEALLOCATE asked")
        .execute(&mut *connection)
        .await
        .unwrap();
    plan[0]["Plan"].clone()
}

/// Every step of a plan.
fn steps(plan: &Value) -> Vec<&Value> {
    let below = plan["Plans"].as_array().into_iter().flatten().flat_map(steps);
    std::iter::once(plan).chain(below).collect()
}

#[tokio::test]
async fn postgresql_goes_by_the_tenant() {
    let test = database(Engine::Postgres).await;
    fill(&test.database).await;
    for asked in WHOLE.iter().chain(&FILTERED) {
        let plan = postgres_plan(&test.database, asked).await;
        let steps = steps(&plan);
        let scanned: Vec<_> = steps
            .iter()
            .filter(|step| step["Node Type"] == "Seq Scan")
            .map(|step| step["Relation Name"].as_str().unwrap_or_default())
            .collect();
        assert_eq!(scanned, Vec::<&str>::new(), "{plan:#}\n{}", asked.sql);
        let by_tenant = steps.iter().any(|step| {
            let condition = step["Index Cond"].as_str().unwrap_or_default();
            condition.trim_start_matches('(').starts_with("tenant_id = $1")
        });
        assert!(by_tenant, "{plan:#}\n{}", asked.sql);
    }
    for asked in &WHOLE {
        let plan = postgres_plan(&test.database, asked).await;
        for step in steps(&plan) {
            let rows =
                step["Actual Rows"].as_f64().unwrap_or_default() * step["Actual Loops"].as_f64().unwrap_or_default();
            assert!(rows <= 50.0, "a step reads {rows} rows for a page of 50: {step:#}");
        }
    }
}

#[test]
fn the_longest_page_is_the_one_that_is_offered() {
    assert_eq!(
        domain::paging::PAGE_SIZES.into_iter().max(),
        Some(200),
        "the limit in the texts of the queries"
    );
}

/// The role of the tests exists.
#[test]
fn the_values_are_of_the_fixtures() {
    assert_eq!(
        RoleId(Uuid::from_u128(1_000_000)).to_string(),
        "00000000-0000-0000-0000-0000000f4240"
    );
    assert_eq!(format!("'{TENANT}'"), TENANT_VALUE);
}
