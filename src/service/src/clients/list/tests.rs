use domain::list::StatusFilter;
use domain::paging::{Paging, Start};
use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::clients::fixtures::{administrator, form, member, mill, other_tenant};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_member_sees_the_clients_of_their_tenant_only(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    for name in ["Valve", "Pump"] {
        test.service
            .add_client(&administrator(tenant), tenant, &form(name))
            .await
            .unwrap();
    }
    let query = ClientQuery::default();

    let page = test
        .service
        .list_clients(&member(tenant), tenant, &query)
        .await
        .unwrap();
    let names: Vec<_> = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        (names.as_slice(), page.total, page.before),
        (&["Pump", "Valve"][..], 2, 0)
    );

    let page = test.service.list_clients(&member(other), other, &query).await.unwrap();
    assert_eq!((page.rows.len(), page.total), (0, 0));
    let refused = test.service.list_clients(&administrator(other), tenant, &query).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_unknown_tenant_has_no_list(#[case] engine: Engine) {
    let (test, _) = mill(engine).await;
    let nobody = TenantId(uuid::Uuid::from_u128(999));
    let refused = test
        .service
        .list_clients(&Actor::CommandLine, nobody, &ClientQuery::default())
        .await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_filtered_total_follows_every_change(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let ada = administrator(tenant);
    let add = async |name: &str| {
        let created = test.service.add_client(&ada, tenant, &form(name)).await.unwrap();
        created.id
    };
    // Twice each, because the second answer may be one that was kept.
    let expect = async |filter: &str, status, total| {
        for _ in 0..2 {
            let query = ClientQuery {
                filter: filter.to_owned(),
                status,
                paging: Paging {
                    start: Start::Last,
                    ..Paging::first(25)
                },
                ..ClientQuery::default()
            };
            let page = test.service.list_clients(&ada, tenant, &query).await.unwrap();
            assert_eq!(page.total, total, "{filter} {status:?}");
        }
    };
    let (first, second) = (add("Pump 1").await, add("Pump 2").await);
    expect("pump", StatusFilter::All, 2).await;
    add("Pump 3").await;
    expect("pump", StatusFilter::All, 3).await;

    let valve = form("Valve").client;
    test.service.edit_client(&ada, tenant, first, 1, &valve).await.unwrap();
    expect("pump", StatusFilter::All, 2).await;
    expect("valve", StatusFilter::All, 1).await;

    expect("pump", StatusFilter::Disabled, 0).await;
    let disabled = test.service.set_client_enabled(&ada, tenant, second, false, None).await;
    disabled.unwrap();
    expect("pump", StatusFilter::Disabled, 1).await;
    expect("pump", StatusFilter::Enabled, 1).await;

    test.service.remove_client(&ada, tenant, second, None).await.unwrap();
    expect("pump", StatusFilter::All, 1).await;
    expect("pump", StatusFilter::Disabled, 0).await;

    let operator = Actor::CommandLine;
    test.service.seed_clients(&operator, tenant, 8).await.unwrap();
    expect("pump", StatusFilter::All, 3).await;
}
