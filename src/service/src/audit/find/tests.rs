use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::clients::fixtures::{administrator, form, member, mill, other_tenant};

fn first() -> AuditQuery {
    AuditQuery {
        from: None,
        to: None,
        target: None,
        skip: 0,
        count: 1,
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_administrator_finds_what_was_done_in_the_tenant_alone(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let (service, actor) = (&test.service, administrator(tenant));
    let pump = service.add_client(&actor, tenant, &form("Pump")).await.unwrap();
    let foreign = service
        .add_client(&administrator(other), other, &form("Foreign"))
        .await
        .unwrap();

    let found = service.find_audit(&actor, tenant, &first()).await.unwrap();
    let newest = &found.rows[0];
    assert_eq!(
        (
            newest.action.as_str(),
            newest.actor_name.as_str(),
            newest.target_name.as_deref()
        ),
        ("client.add", "Ada", Some("Pump"))
    );
    assert_eq!(newest.target, Some(pump.id.to_string()));
    assert!(found.total > 1, "the tenant and its people came before");
    let of_foreign = AuditQuery {
        target: Some(foreign.id.to_string()),
        ..first()
    };
    assert_eq!(service.find_audit(&actor, tenant, &of_foreign).await.unwrap().total, 0);

    for refused in [member(tenant), administrator(other)] {
        let refused = service.find_audit(&refused, tenant, &first()).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }
}
