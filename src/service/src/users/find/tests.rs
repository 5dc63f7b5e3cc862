use domain::role::RoleType;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member};
use crate::users::fixtures::Mill;

fn names(found: &Found<UserView>) -> Vec<&str> {
    found.rows.iter().map(|user| user.name.as_str()).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_program_finds_the_people_of_its_tenant_alone(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    let (service, tenant, actor) = (&mill.service, mill.tenant, member(mill.tenant));

    let all = service
        .find_users(&actor, tenant, &Search::default(), None)
        .await
        .unwrap();
    assert_eq!((all.total, names(&all)), (2, vec!["Bo", "Eva"]));
    let two = Search {
        ids: vec![stranger.0, bo.0],
        skip: 5,
        ..Search::default()
    };
    let two = service.find_users(&actor, tenant, &two, None).await.unwrap();
    assert_eq!(
        (two.total, names(&two), &two.missing),
        (1, vec!["Bo"], &vec![stranger.0])
    );

    let eva = service.user_view(&actor, tenant, mill.eva).await.unwrap();
    assert_eq!(eva.roles.len(), 2);
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let missing = service.user_view(&actor, tenant, id).await;
        assert!(matches!(missing, Err(ServiceError::NotFound)), "{missing:?}");
    }
    let outsider = administrator(other);
    let refused = service.find_users(&outsider, tenant, &Search::default(), None).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    let refused = service.user_view(&outsider, tenant, bo).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn those_who_have_a_role_are_found(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (service, tenant, actor) = (&mill.service, mill.tenant, member(mill.tenant));
    let role = mill.role(RoleType::TenantAdministrator).await;
    let find = async |ids: Vec<Uuid>| {
        let search = Search {
            ids,
            ..Search::default()
        };
        service.find_users(&actor, tenant, &search, Some(role)).await.unwrap()
    };
    let all = find(Vec::new()).await;
    assert_eq!((all.total, names(&all)), (1, vec!["Eva"]));
    let asked = find(vec![bo.0, mill.eva.0]).await;
    assert_eq!((names(&asked), &asked.missing), (vec!["Eva"], &vec![bo.0]));

    let (other, _) = mill.stranger().await;
    let foreign = service.offered_roles(&Actor::CommandLine, other).await.unwrap()[0].id;
    for role in [foreign, RoleId(Uuid::from_u128(999))] {
        let nobody = service.find_users(&actor, tenant, &Search::default(), Some(role)).await;
        assert_eq!(nobody.unwrap().total, 0);
    }
}
