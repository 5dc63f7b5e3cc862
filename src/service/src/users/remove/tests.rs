//! Who may be removed, and what is left of them.

use domain::list::NameQuery;
use domain::role::RoleType;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member};
use crate::sign_in::SignInError;
use crate::users::fixtures::{Mill, loser};
use crate::users::tests::PASSWORD;

/// Eva removes a person.
async fn remove(mill: &Mill, id: UserId) -> Result<(), ServiceError> {
    mill.service.remove_user(&mill.actor, mill.tenant, id, None).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_removed_is_gone_and_their_address_free(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let ana = mill.ana().await;
    let session = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    remove(&mill, ana).await.unwrap();
    assert_eq!(mill.session(&session).await, None);
    let refused = mill.sign_in("ana@example.com", PASSWORD).await;
    assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    let details = mill.service.user_details(&mill.actor, mill.tenant, ana).await;
    assert!(matches!(details, Err(ServiceError::NotFound)));
    let again = remove(&mill, ana).await;
    assert!(matches!(again, Err(ServiceError::NotFound)), "{again:?}");

    let invited = mill.invite("Ana", &[]).await;
    assert_ne!(invited.id, ana);
    let expected = [
        "user.sign_in by Ana: Ana",
        "user.remove by Eva: Ana",
        "user.sign_in_failed by unknown: ",
        "user.add by Eva: Ana",
    ];
    assert_eq!(mill.deeds().await, expected);
    assert!(mill.opens(&invited).await);
    remove(&mill, invited.id).await.unwrap();
    assert!(!mill.opens(&invited).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_removes_themselves(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    mill.administrator("Bo").await;
    let before = mill.contents().await;
    let refused = remove(&mill, mill.eva).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_last_administrator_stays(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    // Who has no password doesn't count.
    mill.invite("Bo", &[mill.role(RoleType::TenantAdministrator).await])
        .await;
    let before = mill.contents().await;
    let (service, actor) = (&mill.service, Actor::CommandLine);
    let refused = service.remove_user(&actor, mill.tenant, mill.eva, None).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert_eq!(mill.contents().await, before);
    mill.administrator("Cy").await;
    let removed = service.remove_user(&actor, mill.tenant, mill.eva, None).await;
    assert!(removed.is_ok(), "{removed:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_the_last_two_administrators_removed_at_once_one_stays(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let remove = |id: UserId| {
        let (service, tenant) = (mill.service.clone(), mill.tenant);
        async move { service.remove_user(&Actor::CommandLine, tenant, id, None).await }
    };
    let lost = loser(remove(bo), remove(mill.eva)).await;
    assert!(matches!(lost, ServiceError::Refused(_)), "{lost:?}");
    let query = NameQuery::default();
    let left = mill.service.list_users(&mill.actor, mill.tenant, &query).await.unwrap();
    assert_eq!(left.total, 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_removes_the_people_of_the_tenant(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    for actor in [member(mill.tenant), administrator(other)] {
        let refused = mill.service.remove_user(&actor, mill.tenant, bo, None).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let refused = remove(&mill, id).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_was_changed_stays_when_their_version_matters(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (service, tenant) = (&mill.service, mill.tenant);
    service.set_user_enabled(&mill.actor, tenant, bo, false).await.unwrap();
    let before = mill.contents().await;
    let refused = service.remove_user(&mill.actor, tenant, bo, Some(1)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict)), "{refused:?}");
    assert_eq!(mill.contents().await, before);
    service.remove_user(&mill.actor, tenant, bo, Some(2)).await.unwrap();
}
