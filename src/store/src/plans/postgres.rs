//! The plans of PostgreSQL, with the rows that it really reads.

use domain::client::ClientKind;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Postgres, Row};
use uuid::Uuid;

use super::{Asked, FILTERED, OF_ONE_MOMENT, PAGES, TENANT, TENANT_VALUE, WHOLE, asked, client_ids, fill, user_ids};
use crate::clients::fixtures;
use crate::testing::{Engine, database};
use crate::{Database, client_list, client_search, user_search};

/// The plan that it keeps for a prepared statement.
const GENERIC: &str = "force_generic_plan";
/// The plan that it makes for the values of a filtered list.
const CUSTOM: &str = "force_custom_plan";

/// How it answers a query: the tree of its steps.
async fn plan(database: &Database, asked: &Asked<'_>, mode: &str) -> Value {
    let Database::Postgres(pool) = database else {
        panic!("PostgreSQL only");
    };
    let mut connection = pool.acquire().await.unwrap();
    let mode = format!("SET plan_cache_mode = {mode}");
    let prepare = format!("PREPARE asked ({}) AS {}", asked.types, asked.sql);
    for sql in [mode, prepare] {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut *connection)
            .await
            .unwrap();
    }
    let values = match asked.values {
        "" => TENANT_VALUE.to_owned(),
        values => format!("{TENANT_VALUE}, {values}"),
    };
    let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ({values})");
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

/// No step reads a whole table or index.
fn assert_nothing_is_read_whole(plan: &Value, asked: &Asked<'_>) {
    for step in steps(plan) {
        let kind = step["Node Type"].as_str().unwrap();
        let whole = kind == "Seq Scan" || (kind.contains("Index") && step["Index Cond"].is_null());
        assert!(!whole, "{step:#}\n{}", asked.sql);
    }
}

/// No step reads more rows than these, those included that it throws away.
fn assert_reads_at_most(most: f64, plan: &Value, asked: &Asked<'_>) {
    for step in steps(plan) {
        let each: f64 = [
            "Actual Rows",
            "Rows Removed by Filter",
            "Rows Removed by Index Recheck",
            "Rows Removed by Join Filter",
        ]
        .into_iter()
        .filter_map(|figure| step[figure].as_f64())
        .sum();
        let rows = each * step["Actual Loops"].as_f64().unwrap();
        assert!(rows <= most, "a step reads {rows} rows: {step:#}\n{}", asked.sql);
    }
}

/// What is asked for by a hundred ids: all of the people, and the clients that aren't hybrid, which every tenth is.
async fn by_ids_nothing_else_is_read(database: &Database) {
    let (clients, users) = (client_ids(), user_ids());
    let clients_sql = client_search::of_ids::<Postgres>(TENANT, ClientKind::ClientCredentials, &clients).into_string();
    let users_sql = user_search::of_ids::<Postgres>(TENANT, &users).into_string();
    let listed = |ids: &[Uuid]| {
        let ids: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
        ids.join(", ")
    };
    let types = ", uuid".repeat(100);
    for (asked, rows) in [
        (
            asked(
                &clients_sql,
                &format!("uuid, text{types}"),
                &format!("'client_credentials', {}", listed(&clients)),
            ),
            90.0,
        ),
        (asked(&users_sql, &format!("uuid{types}"), &listed(&users)), 100.0),
    ] {
        let plan = plan(database, &asked, CUSTOM).await;
        assert_nothing_is_read_whole(&plan, &asked);
        assert_eq!(plan["Actual Rows"].as_f64(), Some(rows), "{plan:#}");
        assert_reads_at_most(100.0, &plan, &asked);
    }
}

#[tokio::test]
async fn the_lists_go_by_the_tenant() {
    let test = database(Engine::Postgres).await;
    fill(&test.database).await;
    let pages = PAGES.iter().map(|(page, _)| page);
    for asked in WHOLE.iter().chain(&FILTERED).chain(pages) {
        let plan = plan(&test.database, asked, GENERIC).await;
        assert_nothing_is_read_whole(&plan, asked);
        let by_tenant = steps(&plan).iter().any(|step| {
            let condition = step["Index Cond"].as_str().unwrap_or_default();
            condition.trim_start_matches('(').starts_with("tenant_id = $1")
        });
        assert!(by_tenant, "{plan:#}\n{}", asked.sql);
    }
    for asked in &WHOLE {
        let plan = plan(&test.database, asked, GENERIC).await;
        assert_eq!(plan["Actual Rows"].as_f64(), Some(50.0), "{plan:#}");
        assert_reads_at_most(50.0, &plan, asked);
    }
    for (page, rows) in &PAGES {
        let plan = plan(&test.database, page, CUSTOM).await;
        assert_nothing_is_read_whole(&plan, page);
        assert_eq!(plan["Actual Rows"].as_f64(), Some(*rows), "{plan:#}");
        assert_reads_at_most(rows + OF_ONE_MOMENT, &plan, page);
    }
    by_ids_nothing_else_is_read(&test.database).await;
    // Forty tenants lie so close together that reading them is quicker than any index.
    let counter = plan(
        &test.database,
        &asked(client_list::counter::COUNTER, "uuid", ""),
        GENERIC,
    )
    .await;
    assert_eq!(counter["Relation Name"], "tenants", "{counter:#}");
    assert!(counter["Plans"].is_null(), "{counter:#}");
}

#[tokio::test]
async fn a_filter_begins_with_the_index_that_suits_what_is_looked_for() {
    let test = database(Engine::Postgres).await;
    fill(&test.database).await;
    // They come after the database looked at its tables, so that chance can't make them part of its statistics.
    for n in 10..13 {
        fixtures::client(&test.database, TENANT, n, &format!("Pump {n}")).await;
    }
    let page = "uuid, text, text, boolean, boolean, text, bigint, bigint";
    let count = "uuid, text, text, boolean, boolean";
    let (ascending, descending) = (client_list::MATCHING_ASCENDING, client_list::MATCHING_DESCENDING);
    let total = client_list::MATCHING_COUNT;
    for (sql, types, values, index, found, most) in [
        (
            ascending,
            page,
            "'client_credentials', '%pump%', NULL, FALSE, '', 50, 0",
            "clients_by_part",
            3.0,
            3.0,
        ),
        (
            descending,
            page,
            "'client_credentials', '%pump%', NULL, FALSE, 'q', 50, 0",
            "clients_by_part",
            3.0,
            3.0,
        ),
        (
            total,
            count,
            "'client_credentials', '%pump%', NULL, FALSE",
            "clients_by_part",
            1.0,
            3.0,
        ),
        (
            ascending,
            page,
            "'client_credentials', NULL, FALSE, FALSE, '', 50, 0",
            "clients_by_state",
            50.0,
            50.0,
        ),
        (
            descending,
            page,
            "'client_credentials', NULL, FALSE, FALSE, 'client 25', 50, 0",
            "clients_by_state",
            50.0,
            50.0,
        ),
        (
            total,
            count,
            "'client_credentials', NULL, FALSE, FALSE",
            "clients_by_state",
            1.0,
            2_500.0,
        ),
    ] {
        let asked = asked(sql, types, values);
        let plan = plan(&test.database, &asked, CUSTOM).await;
        assert_nothing_is_read_whole(&plan, &asked);
        let by_index = steps(&plan).iter().any(|step| step["Index Name"] == index);
        assert!(by_index, "{plan:#}\n{sql}");
        assert_eq!(plan["Actual Rows"].as_f64(), Some(found), "{plan:#}");
        assert_reads_at_most(most, &plan, &asked);
    }
}
