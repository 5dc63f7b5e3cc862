//! Who may be disabled, and what that ends.

use domain::role::RoleType;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member};
use crate::sign_in::SignInError;
use crate::users::fixtures::{Mill, loser};
use crate::users::tests::PASSWORD;

/// Eva lets a person sign in, or not.
async fn enable(mill: &Mill, id: UserId, enabled: bool) -> Result<(), ServiceError> {
    let service = &mill.service;
    service.set_user_enabled(&mill.actor, mill.tenant, id, enabled).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_is_disabled_is_out_until_they_are_enabled(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let ana = mill.ana().await;
    let session = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    enable(&mill, ana, false).await.unwrap();
    assert_eq!(mill.session(&session).await, None);
    let details = mill.details(ana).await;
    assert_eq!((details.status, details.version), (UserStatus::Disabled, 2));
    let refused = mill.sign_in("ana@example.com", PASSWORD).await;
    assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");

    enable(&mill, ana, true).await.unwrap();
    assert_eq!(mill.session(&session).await, None, "it was ended, not hidden");
    let details = mill.details(ana).await;
    assert_eq!((details.status, details.version), (UserStatus::Enabled, 3));
    let again = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    assert!(mill.session(&again).await.is_some());
    let expected = [
        "user.sign_in by Ana: Ana",
        "user.disable by Eva: Ana",
        "user.sign_in_failed by unknown: Ana",
        "user.enable by Eva: Ana",
        "user.sign_in by Ana: Ana",
    ];
    assert_eq!(mill.deeds().await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_is_so_already_changes_nothing(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (bo, cy) = (mill.person("Bo").await, mill.invite("Cy", &[]).await.id);
    enable(&mill, bo, false).await.unwrap();
    let before = mill.contents().await;
    enable(&mill, bo, false).await.unwrap();
    enable(&mill, mill.eva, true).await.unwrap();
    enable(&mill, cy, true).await.unwrap();
    assert_eq!(mill.contents().await, before);
    assert_eq!(mill.details(cy).await.status, UserStatus::Invited);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_disables_themselves(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    mill.administrator("Bo").await;
    let before = mill.contents().await;
    let refused = enable(&mill, mill.eva, false).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_last_administrator_stays_enabled(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    // Neither somebody disabled nor somebody without a password can sign in.
    enable(&mill, bo, false).await.unwrap();
    mill.invite("Cy", &[mill.role(RoleType::TenantAdministrator).await])
        .await;
    let before = mill.contents().await;
    let (service, actor) = (&mill.service, Actor::CommandLine);
    let refused = service.set_user_enabled(&actor, mill.tenant, mill.eva, false).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert_eq!(mill.contents().await, before);

    enable(&mill, bo, true).await.unwrap();
    let disabled = service.set_user_enabled(&actor, mill.tenant, mill.eva, false).await;
    assert!(disabled.is_ok(), "{disabled:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_the_last_two_administrators_disabled_at_once_one_stays(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let disable = |id: UserId| {
        let (service, tenant) = (mill.service.clone(), mill.tenant);
        async move { service.set_user_enabled(&Actor::CommandLine, tenant, id, false).await }
    };
    let lost = loser(disable(bo), disable(mill.eva)).await;
    assert!(matches!(lost, ServiceError::Refused(_)), "{lost:?}");
    let (eva, bo) = (mill.details(mill.eva).await.status, mill.details(bo).await.status);
    assert_ne!(eva, bo);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_disables_the_people_of_the_tenant(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    for actor in [member(mill.tenant), administrator(other)] {
        for enabled in [false, true] {
            let refused = mill.service.set_user_enabled(&actor, mill.tenant, bo, enabled).await;
            assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
        }
    }
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let refused = enable(&mill, id, false).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}
