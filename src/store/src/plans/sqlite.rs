//! The plans of SQLite: one for each query, whatever it is asked with.

use domain::client::ClientKind;
use sqlx::{AssertSqlSafe, Sqlite};

use super::{FILTERED, PAGES, TENANT, WHOLE, client_ids, fill, user_ids};
use crate::testing::{Engine, database};
use crate::{Database, client_list, client_search, user_search};

/// The steps that SQLite takes.
async fn plan(database: &Database, sql: &str) -> Vec<String> {
    let Database::Sqlite { read, .. } = database else {
        panic!("SQLite only");
    };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(read).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect()
}

#[tokio::test]
async fn the_lists_go_by_the_tenant() {
    let test = database(Engine::Sqlite).await;
    fill(&test.database).await;
    let pages = PAGES.iter().map(|(page, _)| page);
    for asked in WHOLE.iter().chain(&FILTERED).chain(pages) {
        let plan = plan(&test.database, asked.sql).await;
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
        let plan = plan(&test.database, sql).await;
        let covered = plan
            .iter()
            .any(|step| step.contains("COVERING INDEX clients_by_search (tenant_id=? AND kind=?"));
        assert!(covered, "{plan:#?}\n{sql}");
    }
    for asked in WHOLE {
        let plan = plan(&test.database, asked.sql).await;
        let cut = plan
            .iter()
            .position(|step| step.contains("COVERING INDEX clients_by_search (tenant_id=? AND kind=? AND search_key"));
        // Cut in the order of the index: only the page itself is sorted, and that after everything else.
        let sorted = plan.iter().position(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
        assert!(cut.is_some(), "{plan:#?}");
        assert!(sorted.is_none_or(|at| at == plan.len() - 1), "{plan:#?}");
    }
    for (page, _) in &PAGES {
        let plan = plan(&test.database, page.sql).await;
        // What comes behind the page itself may be sorted.
        let cut = plan.iter().position(|step| step.starts_with("SCAN page"));
        let sorted = plan[..cut.unwrap_or(plan.len())]
            .iter()
            .any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
        assert!(!sorted, "{plan:#?}\n{}", page.sql);
    }
    let clients = client_search::of_ids::<Sqlite>(TENANT, ClientKind::ClientCredentials, &client_ids()).into_string();
    let clients = plan(&test.database, &clients).await;
    assert!(clients[0].contains("sqlite_autoindex_clients_1 (id=?)"), "{clients:#?}");
    let users = user_search::of_ids::<Sqlite>(TENANT, &user_ids()).into_string();
    let users = plan(&test.database, &users).await;
    assert!(!users.iter().any(|step| step.starts_with("SCAN ")), "{users:#?}");
    let counter = plan(&test.database, client_list::counter::COUNTER).await;
    assert_eq!(counter.len(), 1, "{counter:#?}");
    assert!(
        counter[0].contains("tenants") && counter[0].contains("(id=?)"),
        "{counter:#?}"
    );
}
