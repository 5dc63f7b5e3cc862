//! Only the command line makes and lists tenants.

use rstest::rstest;
use store::testing::{Engine, audit_trail};
use uuid::Uuid;

use super::*;
use crate::testing::service;
use crate::users::tests::administrator;

fn name(text: &str) -> TenantName {
    TenantName::parse(text).unwrap()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_tenant_is_made_with_its_event(#[case] engine: Engine) {
    let test = service(engine).await;
    let id = TenantId(Uuid::from_u128(7));
    let made = test
        .service
        .create_tenant(&Actor::CommandLine, Some(id), &name("Mill"))
        .await
        .unwrap();
    assert_eq!(made, id);
    let list = test.service.list_tenants(&Actor::CommandLine).await.unwrap();
    assert_eq!((list[0].id, list[0].name.as_str(), list[0].clients), (id, "Mill", 0));
    let event = (
        "tenant.add".to_owned(),
        "command line".to_owned(),
        Some("Mill".to_owned()),
    );
    assert_eq!(audit_trail(&test.database.database).await, [event]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_taken_id_is_refused(#[case] engine: Engine) {
    let test = service(engine).await;
    let actor = Actor::CommandLine;
    let id = test.service.create_tenant(&actor, None, &name("Mill")).await.unwrap();
    let error = test.service.create_tenant(&actor, Some(id), &name("Dam")).await;
    assert!(matches!(error, Err(ServiceError::Refused(refusal)) if refusal.reason.contains(&id.to_string())));
    assert_eq!(test.service.list_tenants(&actor).await.unwrap().len(), 1);
    assert_eq!(audit_trail(&test.database.database).await.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_administrator_is_no_operator(#[case] engine: Engine) {
    let test = service(engine).await;
    let actor = administrator(TenantId(Uuid::from_u128(7)));
    let made = test.service.create_tenant(&actor, None, &name("Mill")).await;
    assert!(matches!(made, Err(ServiceError::Forbidden)));
    assert!(matches!(
        test.service.list_tenants(&actor).await,
        Err(ServiceError::Forbidden)
    ));
    assert!(matches!(
        test.service.only_tenant(&actor).await,
        Err(ServiceError::Forbidden)
    ));
    assert!(matches!(
        test.service.require_tenant(&actor, TenantId(Uuid::from_u128(7))).await,
        Err(ServiceError::Forbidden)
    ));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_only_tenant_need_not_be_named(#[case] engine: Engine) {
    let test = service(engine).await;
    let actor = Actor::CommandLine;
    assert!(matches!(
        test.service.only_tenant(&actor).await,
        Err(ServiceError::Refused(refusal)) if refusal.reason == "There is no tenant yet."
    ));
    let id = test.service.create_tenant(&actor, None, &name("Mill")).await.unwrap();
    assert_eq!(test.service.only_tenant(&actor).await.unwrap(), id);
    test.service.create_tenant(&actor, None, &name("Dam")).await.unwrap();
    let several = test.service.only_tenant(&actor).await;
    assert!(matches!(several, Err(ServiceError::Refused(refusal)) if refusal.resolution.contains("--tenant")));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_named_tenant_must_exist(#[case] engine: Engine) {
    let test = service(engine).await;
    let actor = Actor::CommandLine;
    let id = test.service.create_tenant(&actor, None, &name("Mill")).await.unwrap();
    assert_eq!(test.service.require_tenant(&actor, id).await.unwrap(), id);
    let nowhere = TenantId(Uuid::from_u128(7));
    let error = test.service.require_tenant(&actor, nowhere).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "There is no tenant with the id 00000000-0000-0000-0000-000000000007. `clientele tenant list` shows all of them."
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_tenant_is_shown_to_those_who_belong_to_it(#[case] engine: Engine) {
    let test = service(engine).await;
    let id = test
        .service
        .create_tenant(&Actor::CommandLine, None, &name("Mill"))
        .await;
    let id = id.unwrap();
    let shown = TenantDetails {
        id,
        name: "Mill".to_owned(),
        created: test.service.clock.now(),
    };
    assert_eq!(test.service.tenant(&administrator(id), id).await.unwrap(), shown);
    let other = TenantId(Uuid::from_u128(7));
    let refused = test.service.tenant(&administrator(other), id).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
    let nowhere = test.service.tenant(&Actor::CommandLine, other).await;
    assert!(matches!(nowhere, Err(ServiceError::NotFound)));
}
