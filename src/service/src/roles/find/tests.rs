use domain::role::RoleType;
use domain::role_form::RoleForm;
use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::clients::fixtures::{administrator, member, mill, other_tenant};

fn names(found: &Found<RoleRow>) -> Vec<&str> {
    found.rows.iter().map(|row| row.role.name.as_str()).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_program_finds_the_roles_of_its_tenant_alone(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let form = RoleForm {
        name: "MyData.Role".to_owned(),
        ..RoleForm::default()
    };
    let (service, actor) = (&test.service, member(tenant));
    let id = service.add_role(&administrator(tenant), tenant, None, &form).await;
    let foreign = service.add_role(&administrator(other), other, None, &form).await;
    let (id, foreign) = (id.unwrap(), foreign.unwrap());

    let all = service
        .find_roles(&actor, tenant, &Search::default(), None)
        .await
        .unwrap();
    assert_eq!((all.total, names(&all).last()), (6, Some(&"MyData.Role")));
    let two = Search {
        ids: vec![id.0, foreign.0],
        ..Search::default()
    };
    let two = service.find_roles(&actor, tenant, &two, None).await.unwrap();
    assert_eq!(names(&two), ["MyData.Role"]);
    assert_eq!((two.total, &two.missing), (1, &vec![foreign.0]));
    let viewer = Some(RoleType::TenantViewer.id());
    let viewer = service.find_roles(&actor, tenant, &Search::default(), viewer).await;
    assert_eq!(names(&viewer.unwrap()), ["Tenant Viewer"]);
    let refused = service.find_roles(&actor, other, &Search::default(), None).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
}
