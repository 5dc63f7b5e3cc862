use domain::field::Field;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member};
use crate::users::fixtures::{Mill, names, wrong_field};

/// Eva gives a person these roles.
async fn set(mill: &Mill, id: UserId, version: i64, roles: &[RoleId]) -> Result<(), ServiceError> {
    let (service, tenant) = (&mill.service, mill.tenant);
    service.set_user_roles(&mill.actor, tenant, id, version, roles).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_roles_are_those_that_were_set_and_tenant_member(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let viewer = mill.role(RoleType::TenantViewer).await;
    set(&mill, bo, 1, &[viewer, viewer]).await.unwrap();
    let read = mill.service.user_roles(&member(mill.tenant), mill.tenant, bo).await;
    let (roles, version) = read.unwrap();
    assert_eq!(version, 2);
    let described: Vec<(&str, &str)> = roles
        .iter()
        .map(|row| (row.role.name.as_str(), row.description.as_str()))
        .collect();
    assert_eq!(
        described,
        [
            ("Tenant Member", RoleType::TenantMember.description()),
            ("Tenant Viewer", RoleType::TenantViewer.description()),
        ]
    );
    let late = set(&mill, bo, 1, &[]).await;
    assert!(matches!(late, Err(ServiceError::Conflict)), "{late:?}");
    set(&mill, bo, 2, &[]).await.unwrap();
    let details = mill.details(bo).await;
    assert_eq!((names(&details.roles), details.version), (vec!["Tenant Member"], 3));
    assert_eq!(mill.deeds().await, ["user.edit by Eva: Bo"; 2]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_may_not_be_changes_nothing(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    let foreign = mill.service.offered_roles(&Actor::CommandLine, other).await.unwrap();
    let before = mill.contents().await;
    for role in [foreign[4].id, RoleId(Uuid::from_u128(999))] {
        assert_eq!(wrong_field(set(&mill, bo, 1, &[role]).await), Field::Roles);
    }
    let (service, tenant) = (&mill.service, mill.tenant);
    let own = set(&mill, mill.eva, 1, &[]).await;
    assert!(matches!(own, Err(ServiceError::Refused(_))), "{own:?}");
    let last = service
        .set_user_roles(&Actor::CommandLine, tenant, mill.eva, 1, &[])
        .await;
    assert!(matches!(last, Err(ServiceError::Refused(_))), "{last:?}");
    for actor in [member(tenant), administrator(other)] {
        let refused = service.set_user_roles(&actor, tenant, bo, 1, &[]).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let refused = set(&mill, id, 1, &[]).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        let read = service.user_roles(&mill.actor, tenant, id).await;
        assert!(matches!(read, Err(ServiceError::NotFound)), "{read:?}");
    }
    assert_eq!(mill.contents().await, before);
}
