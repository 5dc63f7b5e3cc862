use domain::paging::Paging;
use rstest::rstest;

use super::*;
use crate::clients::fixtures::now;
use crate::fixtures::tenant_id;
use crate::role_holders::fixtures::mill;
use crate::testing::{Engine, TestDatabase};

async fn identities(test: &TestDatabase, role: RoleId, query: &IdentityQuery) -> Vec<(String, bool)> {
    let page = page(&test.database, tenant_id(1), role, query, now()).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| (row.detail, row.holds)).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn those_of_the_tenant_are_listed(#[case] engine: Engine) {
    let (test, role) = mill(engine).await;
    let text = |text: &str| text.to_owned();
    let (pump, valve) = (Uuid::from_u128(10).to_string(), Uuid::from_u128(11).to_string());
    let query = |kind, filter: &str, holders_only| IdentityQuery {
        kind,
        filter: text(filter),
        holders_only,
        paging: Paging::default(),
    };
    for (query, expected) in [
        (
            query(IdentityKind::Users, "", false),
            vec![(text("ana@example.com"), true), (text("bo@example.com"), false)],
        ),
        (
            query(IdentityKind::Users, "BO@", false),
            vec![(text("bo@example.com"), false)],
        ),
        (
            query(IdentityKind::Users, "", true),
            vec![(text("ana@example.com"), true)],
        ),
        (
            query(IdentityKind::Clients, "", false),
            vec![(pump.clone(), true), (valve.clone(), false)],
        ),
        (query(IdentityKind::Clients, "valv", false), vec![(valve, false)]),
        (query(IdentityKind::Clients, "", true), vec![(pump, true)]),
        (query(IdentityKind::Clients, "valv", true), vec![]),
    ] {
        assert_eq!(identities(&test, role, &query).await, expected, "{query:?}");
    }
}
