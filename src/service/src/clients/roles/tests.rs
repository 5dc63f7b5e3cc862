use rstest::rstest;
use store::testing::{Engine, contents};

use super::*;
use crate::clients::fixtures::{added, administrator, events, form, member, mill, other_tenant};
use crate::testing::TestService;
use crate::users::fixtures::errors;

/// The ids of the tenant's built-in roles, in the order in which they are offered.
async fn built_in(test: &TestService, tenant: TenantId) -> Vec<RoleId> {
    let roles = test.service.offered_roles(&Actor::CommandLine, tenant).await.unwrap();
    roles.into_iter().map(|role| role.id).collect()
}

async fn held(test: &TestService, tenant: TenantId, id: ClientId) -> Vec<RoleId> {
    let (roles, _) = test.service.client_roles(&member(tenant), tenant, id).await.unwrap();
    roles.into_iter().map(|row| row.role.id).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_roles_of_a_client_are_replaced(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let roles = built_in(&test, tenant).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let (service, ada) = (&test.service, administrator(tenant));
    for (version, chosen, expected) in [
        (
            1,
            vec![roles[4], roles[0], roles[2], roles[4]],
            vec![roles[0], roles[2], roles[4]],
        ),
        (2, vec![roles[0]], vec![roles[0]]),
    ] {
        service
            .set_client_roles(&ada, tenant, id, version, &chosen)
            .await
            .unwrap();
        assert_eq!(held(&test, tenant, id).await, expected);
    }
    let stale = service.set_client_roles(&ada, tenant, id, 2, &roles[..1]).await;
    assert!(matches!(stale, Err(ServiceError::Conflict)), "{stale:?}");
    assert_eq!(events(&test, "client.edit").await, ["client.edit by Ada: Pump"; 2]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_the_roles_of_a_client_may_not_be_changes_nothing(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let (roles, foreign) = (built_in(&test, tenant).await, built_in(&test, other).await);
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let portal = added(&test, tenant, ClientKind::Hybrid, "Portal").await.id;
    let before = contents(&test.database.database).await;
    let set = async |actor: Actor, tenant, id, roles: &[RoleId]| {
        test.service.set_client_roles(&actor, tenant, id, 1, roles).await
    };
    let ada = || administrator(tenant);
    for wrong in [vec![], vec![roles[4]], vec![roles[0], foreign[4]]] {
        let errors = errors(set(ada(), tenant, id, &wrong).await);
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].field, Field::Roles);
    }
    let missing = errors(set(ada(), tenant, id, &[]).await);
    assert!(missing[0].message.contains(&roles[0].to_string()), "{}", missing[0]);
    let unknown = ClientId(uuid::Uuid::from_u128(999));
    for none in [portal, unknown] {
        let refused = set(ada(), tenant, none, &roles[..1]).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        let refused = test.service.client_roles(&ada(), tenant, none).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
    let refused = set(administrator(other), other, id, &foreign[..1]).await;
    assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    for actor in [member(tenant), administrator(other)] {
        let refused = set(actor, tenant, id, &roles[..1]).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_names_all_roles_names_tenant_member_too(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let roles = built_in(&test, tenant).await;
    let (service, ada) = (&test.service, administrator(tenant));
    let naming = |chosen: &[RoleId]| {
        let mut form = form("Pump");
        form.client.roles = chosen.to_vec();
        form.client.extras.names_all_roles = true;
        form
    };
    let refused = errors(service.add_client(&ada, tenant, &naming(&[roles[4]])).await);
    assert_eq!(refused[0].field, Field::Roles);
    let both = [roles[0], roles[4]];
    let id = service.add_client(&ada, tenant, &naming(&both)).await.unwrap().id;
    assert_eq!(held(&test, tenant, id).await, both);
    let without = naming(&[roles[2]]).client;
    let refused = errors(service.edit_client(&ada, tenant, id, 1, &without).await);
    assert_eq!(refused[0].field, Field::Roles);
    assert_eq!(held(&test, tenant, id).await, both);
}
