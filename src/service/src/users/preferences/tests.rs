use rstest::rstest;
use store::testing::{Engine, break_audit};
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::member;
use crate::users::fixtures::{Mill, loser};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_person_keeps_preferences(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (service, tenant, eva) = (&mill.service, mill.tenant, mill.eva);
    let read = async || service.preferences(&mill.actor, tenant, eva).await.unwrap();
    let set = async |version, value: &str| service.set_preferences(&mill.actor, tenant, eva, version, value).await;
    let none = read().await;
    assert_eq!((none.value.as_str(), none.version), ("{}", 0));
    set(0, r#"{"theme":"dark"}"#).await.unwrap();
    set(1, "[1]").await.unwrap();
    for version in [0, 1, 3] {
        let late = set(version, "2").await;
        assert!(matches!(late, Err(ServiceError::Conflict)), "{late:?}");
    }
    let kept = read().await;
    assert_eq!((kept.value.as_str(), kept.version), ("[1]", 2));
    assert_eq!(mill.deeds().await, ["user.set_preferences by Eva: Eva"; 2]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_values_one_is_kept(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let set = |value: &'static str| {
        let (service, actor, tenant, eva) = (mill.service.clone(), mill.actor.clone(), mill.tenant, mill.eva);
        async move { service.set_preferences(&actor, tenant, eva, 0, value).await }
    };
    let lost = loser(set("1"), set("2")).await;
    assert!(matches!(lost, ServiceError::Conflict), "{lost:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_else_sees_or_changes_them(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    let (service, tenant) = (&mill.service, mill.tenant);
    let before = mill.contents().await;
    for (actor, tenant, id) in [
        (&mill.actor, tenant, bo),
        (&mill.actor, tenant, UserId(Uuid::from_u128(999))),
        (&mill.actor, other, stranger),
        (&mill.actor, other, mill.eva),
        (&member(tenant), tenant, mill.eva),
        (&Actor::CommandLine, tenant, mill.eva),
    ] {
        let read = service.preferences(actor, tenant, id).await;
        assert!(matches!(read, Err(ServiceError::Forbidden)), "{actor:?}: {read:?}");
        let set = service.set_preferences(actor, tenant, id, 0, "1").await;
        assert!(matches!(set, Err(ServiceError::Forbidden)), "{actor:?}: {set:?}");
    }
    assert_eq!(mill.contents().await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn they_are_bounded_and_kept_with_their_event_only(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let set = async |bytes: usize| {
        let value = format!("\"{}\"", "x".repeat(bytes - 2));
        let (service, actor) = (&mill.service, &mill.actor);
        service.set_preferences(actor, mill.tenant, mill.eva, 0, &value).await
    };
    let long = set(MAX_PREFERENCES + 1).await.unwrap_err();
    assert_eq!(
        long.to_string(),
        "Preferences are at most 16,384 bytes of JSON. These have 16,385. Send less."
    );
    break_audit(&mill.test.database.database).await;
    let before = mill.contents().await;
    let unrecorded = set(MAX_PREFERENCES).await;
    assert!(matches!(unrecorded, Err(ServiceError::Store(_))), "{unrecorded:?}");
    assert_eq!(mill.contents().await, before);
}
