//! Who could change things when they were let in, and can't any more when they do.

use domain::identity_list::{Identity, IdentityChanges};
use domain::role::RoleType;
use domain::user::UserId;
use rstest::rstest;
use store::testing::{Engine, until_waiting};
use store::{user_roles, users};

use super::*;
use crate::every_change::Things;
use crate::users::fixtures::{Mill, loser};

/// How Eva takes the right to change things from somebody.
#[derive(Clone, Copy, Debug)]
enum Loss {
    Role,
    Disabled,
    Reset,
    Removed,
}

async fn lose(mill: &Mill, how: Loss, id: UserId) {
    let (service, actor, tenant) = (&mill.service, &mill.actor, mill.tenant);
    let lost = match how {
        Loss::Role => {
            let role = mill.role(RoleType::TenantAdministrator).await;
            let changes = IdentityChanges {
                give: Vec::new(),
                take: vec![Identity::User(id)],
            };
            service.change_identities(actor, tenant, role, &changes).await
        }
        Loss::Disabled => service.set_user_enabled(actor, tenant, id, false).await,
        Loss::Reset => service.reset_user(actor, tenant, id).await.map(|_| ()),
        Loss::Removed => service.remove_user(actor, tenant, id, None).await,
    };
    lost.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn who_lost_the_right_meanwhile_changes_nothing(
    #[case] engine: Engine,
    #[values(Loss::Role, Loss::Disabled, Loss::Reset, Loss::Removed)] how: Loss,
) {
    let mill = Mill::new(engine).await;
    let things = Things::new(&mill).await;
    let bo = mill.administrator("Bo").await;
    let actor = mill.acting(bo, "Bo");
    lose(&mill, how, bo).await;
    let before = mill.contents().await;
    for (change, result) in things.change(&mill, &actor).await {
        assert!(matches!(result, Err(ServiceError::Forbidden)), "{change}: {result:?}");
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_who_disable_each_other_the_second_may_not_any_more(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.administrator("Bo").await;
    let disable = |actor: Actor, id: UserId| {
        let (service, tenant) = (mill.service.clone(), mill.tenant);
        async move { service.set_user_enabled(&actor, tenant, id, false).await }
    };
    let lost = loser(
        disable(mill.actor.clone(), bo),
        disable(mill.acting(bo, "Bo"), mill.eva),
    )
    .await;
    assert!(matches!(lost, ServiceError::Forbidden), "{lost:?}");
}

/// PostgreSQL alone: on SQLite there is no second change before the first one ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_until_the_role_is_taken_sees_it() {
    let mill = Mill::new(Engine::Postgres).await;
    let bo = mill.administrator("Bo").await;
    let pump = mill.client("Pump", &[]).await;
    let role = mill.role(RoleType::TenantAdministrator).await;

    let database = &mill.test.database.database;
    let mut taking = database.begin().await.unwrap();
    users::lock(&mut taking, mill.tenant, bo).await.unwrap();
    user_roles::take(&mut taking, bo, role).await.unwrap();
    let (service, actor, tenant) = (mill.service.clone(), mill.acting(bo, "Bo"), mill.tenant);
    let change = tokio::spawn(async move { service.set_client_enabled(&actor, tenant, pump, false, None).await });
    until_waiting(database, 1, || change.is_finished()).await;
    taking.commit().await.unwrap();

    let refused = change.await.unwrap();
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    assert!(mill.client_details(pump).await.enabled);
}
