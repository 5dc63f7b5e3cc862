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
