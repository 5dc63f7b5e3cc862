use std::sync::atomic::{AtomicI64, Ordering};

use chrono::Duration;
use domain::clock::Clock;
use identity::seal::KeyEncryptionKey;
use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::actor::UserActor;
use crate::testing::{TestService, service};

/// A second service on the same database, as another instance is.
fn beside(test: &TestService, key_encryption_key: [u8; 32]) -> Service {
    Service::new(
        test.database.database.clone(),
        test.clock.clone(),
        test.service.ids.clone(),
        test.service.issuer().clone(),
        KeyEncryptionKey::from_bytes(key_encryption_key),
    )
}

fn kids(service: &Service) -> Vec<String> {
    service.jwks().keys.into_iter().map(|key| key.kid).collect()
}

fn signing(test: &TestService, service: &Service) -> String {
    service.keys.signing(test.clock.now()).unwrap().kid().to_owned()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn two_first_starts_make_one_key(#[case] engine: Engine) {
    let test = service(engine).await;
    let other = beside(&test, [9; 32]);
    let (one, two) = tokio::join!(test.service.ensure_keys(), other.ensure_keys());
    one.unwrap();
    two.unwrap();
    let keys = test.service.list_keys(&Actor::CommandLine).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].state, KeyState::Signing);
    assert_eq!(keys[0].algorithm, "RS256");
    assert_eq!(kids(&test.service), [keys[0].kid.clone()]);
    assert_eq!(kids(&other), kids(&test.service));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn another_key_encryption_key_stops_the_start(#[case] engine: Engine) {
    let test = service(engine).await;
    test.service.ensure_keys().await.unwrap();
    let other = beside(&test, [8; 32]);
    let error = other.ensure_keys().await.unwrap_err();
    assert!(
        matches!(&error, ServiceError::Keys(why) if why.starts_with("it doesn't open")),
        "{error}"
    );
    assert!(other.rotate_keys(&Actor::CommandLine, true).await.is_err());
    assert_eq!(test.service.list_keys(&Actor::CommandLine).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_next_key_signs_after_a_day() {
    let test = service(Engine::Sqlite).await;
    let command_line = beside(&test, [9; 32]);
    test.service.ensure_keys().await.unwrap();
    let first = signing(&test, &test.service);

    let next = command_line.rotate_keys(&Actor::CommandLine, false).await.unwrap();
    let line = format!(
        "{}  RS256  next     published 2026-11-21T10:30:00Z  signs 2026-11-22T10:30:00Z",
        next.kid
    );
    assert_eq!(next.to_string(), line);
    assert_eq!(kids(&test.service), [first.as_str()], "not read again yet");
    test.service.reload_keys().await.unwrap();
    assert_eq!(kids(&test.service), [next.kid.clone(), first.clone()]);
    assert_eq!(signing(&test, &test.service), first);

    let again = command_line.rotate_keys(&Actor::CommandLine, false).await.unwrap_err();
    assert!(again.to_string().contains("2026-11-22T10:30:00Z"), "{again}");

    test.clock.advance(Duration::hours(24));
    assert_eq!(
        signing(&test, &test.service),
        next.kid,
        "by time alone, without reading again"
    );
    assert_eq!(kids(&test.service).len(), 2, "tokens of the first one still live");
    test.clock.advance(Duration::minutes(70));
    assert_eq!(kids(&test.service), [next.kid]);
    test.service.reload_keys().await.unwrap();
    let states: Vec<KeyState> = test
        .service
        .list_keys(&Actor::CommandLine)
        .await
        .unwrap()
        .into_iter()
        .map(|key| key.state)
        .collect();
    assert_eq!(states, [KeyState::Gone, KeyState::Signing]);
}

#[tokio::test]
async fn at_once_takes_the_waiting_key_or_a_new_one() {
    let test = service(Engine::Sqlite).await;
    let service = &test.service;
    service.ensure_keys().await.unwrap();
    let first = signing(&test, service);
    let waiting = service.rotate_keys(&Actor::CommandLine, false).await.unwrap();

    test.clock.advance(Duration::seconds(1));
    let second = service.rotate_keys(&Actor::CommandLine, true).await.unwrap();
    assert_eq!((&second.kid, second.state), (&waiting.kid, KeyState::Signing));
    assert_eq!(signing(&test, service), second.kid);

    test.clock.advance(Duration::seconds(1));
    let third = service.rotate_keys(&Actor::CommandLine, true).await.unwrap();
    assert_eq!(signing(&test, service), third.kid);
    assert_eq!(kids(service), [third.kid, second.kid, first]);
}

/// A clock that goes on by a second each time it is read.
struct TickingClock(AtomicI64);

impl Clock for TickingClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.fetch_add(1, Ordering::Relaxed), 0).unwrap()
    }
}

#[tokio::test]
async fn a_key_that_took_time_to_make_is_shown_as_it_is_now() {
    let test = service(Engine::Sqlite).await;
    let service = Service::new(
        test.database.database.clone(),
        Arc::new(TickingClock(AtomicI64::new(1_795_257_000))),
        test.service.ids.clone(),
        test.service.issuer().clone(),
        KeyEncryptionKey::from_bytes([9; 32]),
    );
    let first = service.rotate_keys(&Actor::CommandLine, true).await.unwrap();
    assert_eq!(first.state, KeyState::Signing);
    let next = service.rotate_keys(&Actor::CommandLine, false).await.unwrap();
    assert_eq!(next.state, KeyState::Next);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn keys_concern_no_tenant(#[case] engine: Engine) {
    let test = service(engine).await;
    let actor = Actor::User(UserActor {
        id: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        tenant_id: "00000000-0000-0000-0000-000000000002".parse().unwrap(),
        tenant_name: "Default Tenant".to_owned(),
        administrator: true,
        address: None,
    });
    assert!(matches!(
        test.service.list_keys(&actor).await,
        Err(ServiceError::Forbidden)
    ));
    assert!(matches!(
        test.service.rotate_keys(&actor, true).await,
        Err(ServiceError::Forbidden)
    ));
}
