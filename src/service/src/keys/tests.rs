use std::sync::atomic::{AtomicI64, Ordering};

use domain::client::ClientId;
use domain::clock::Clock;
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use identity::seal::KeyEncryptionKey;
use identity::verify::VerifyError;
use rstest::rstest;
use secrecy::SecretString;
use store::testing::Engine;

use super::*;
use crate::actor::UserActor;
use crate::testing::{KEY_ENCRYPTION_KEY, service};
use crate::token::fixtures::{fixture, issue};

use KeyPurpose::{AccessTokens, IdTokens};

/// The next key for access tokens, as the one before it.
const NEXT: Rotation = Rotation {
    purpose: AccessTokens,
    algorithm: None,
    at_once: false,
};
/// The same, without the wait.
const NOW: Rotation = Rotation { at_once: true, ..NEXT };

async fn rotate(service: &Service, rotation: Rotation) -> KeyView {
    service.rotate_keys(&Actor::CommandLine, rotation).await.unwrap()
}

async fn list(service: &Service) -> Vec<KeyView> {
    service.list_keys(&Actor::CommandLine).await.unwrap()
}

fn kids(service: &Service) -> Vec<String> {
    service.jwks().keys.into_iter().map(|key| key.kid).collect()
}

fn signing(service: &Service, purpose: KeyPurpose) -> String {
    let key = service.keys.signing(purpose, service.clock.now()).unwrap();
    key.kid().to_owned()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn two_first_starts_make_one_key_for_each_purpose(#[case] engine: Engine) {
    let test = service(engine).await;
    let other = test.beside(KEY_ENCRYPTION_KEY);
    let (one, two) = tokio::join!(test.service.ensure_keys(), other.ensure_keys());
    one.unwrap();
    two.unwrap();
    let keys = list(&test.service).await;
    let purposes: Vec<&str> = keys.iter().map(|key| key.purpose.as_str()).collect();
    assert_eq!(purposes, ["access-tokens", "id-tokens"]);
    for key in &keys {
        assert_eq!((key.algorithm.as_str(), key.state), ("RS256", KeyState::Signing));
    }
    assert_eq!(kids(&test.service), [keys[0].kid.clone(), keys[1].kid.clone()]);
    assert_eq!(kids(&other), kids(&test.service));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn another_key_encryption_key_stops_the_start(#[case] engine: Engine) {
    let test = service(engine).await;
    test.service.ensure_keys().await.unwrap();
    let other = test.beside([8; 32]);
    let error = other.ensure_keys().await.unwrap_err();
    assert!(
        matches!(&error, ServiceError::Keys(why) if why.starts_with("it doesn't open")),
        "{error}"
    );
    assert!(other.rotate_keys(&Actor::CommandLine, NOW).await.is_err());
    assert_eq!(list(&test.service).await.len(), 2);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_purpose_without_a_key_gets_one_beside_those_that_open(#[case] engine: Engine) {
    let test = service(engine).await;
    let mut tx = test.database.database.begin().await.unwrap();
    let first = test
        .service
        .add_key(&mut tx, AccessTokens, Algorithm::Es256, true)
        .await;
    tx.commit().await.unwrap();

    assert!(test.beside([8; 32]).ensure_keys().await.is_err());
    assert_eq!(list(&test.service).await.len(), 1);
    test.service.ensure_keys().await.unwrap();
    assert_eq!(signing(&test.service, AccessTokens), first.unwrap().id);
    assert_ne!(signing(&test.service, IdTokens), signing(&test.service, AccessTokens));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_next_key_signs_after_a_day(#[case] engine: Engine) {
    let test = service(engine).await;
    let service = &test.service;
    let command_line = test.beside(KEY_ENCRYPTION_KEY);
    service.ensure_keys().await.unwrap();
    let (first, id) = (signing(service, AccessTokens), signing(service, IdTokens));

    let to_es256 = Rotation {
        algorithm: Some(Algorithm::Es256),
        ..NEXT
    };
    let next = rotate(&command_line, to_es256).await;
    let line = format!(
        "{}  ES256  access-tokens  next     published 2026-11-21T10:30:00Z  signs 2026-11-22T10:30:00Z",
        next.kid
    );
    assert_eq!(next.to_string(), line);
    assert_eq!(kids(service), [first.clone(), id.clone()], "not read again yet");
    service.reload_keys().await.unwrap();
    let all = [next.kid.clone(), first.clone(), id.clone()];
    assert_eq!(kids(service), all);
    assert_eq!(signing(service, AccessTokens), first);

    let again = command_line.rotate_keys(&Actor::CommandLine, NEXT).await.unwrap_err();
    assert!(again.to_string().contains("2026-11-22T10:30:00Z"), "{again}");

    test.clock.advance(Duration::hours(24) - Duration::microseconds(1));
    assert_eq!(signing(service, AccessTokens), first);
    test.clock.advance(Duration::microseconds(1));
    assert_eq!(
        signing(service, AccessTokens),
        next.kid,
        "by time alone, without reading again"
    );
    assert_eq!(kids(service), all, "tokens of the first one still live");
    test.clock.advance(Duration::minutes(70));
    assert_eq!(kids(service), [next.kid, id]);
    service.reload_keys().await.unwrap();
    let states: Vec<KeyState> = list(service).await.into_iter().map(|key| key.state).collect();
    assert_eq!(states, [KeyState::Gone, KeyState::Signing, KeyState::Signing]);
}

#[tokio::test]
async fn at_once_takes_the_waiting_key_or_a_new_one() {
    let test = service(Engine::Sqlite).await;
    let service = &test.service;
    service.ensure_keys().await.unwrap();
    let (first, id) = (signing(service, AccessTokens), signing(service, IdTokens));
    let waiting = rotate(service, NEXT).await;

    test.clock.advance(Duration::seconds(1));
    let second = rotate(service, NOW).await;
    assert_eq!((&second.kid, second.state), (&waiting.kid, KeyState::Signing));
    assert_eq!(signing(service, AccessTokens), second.kid);

    test.clock.advance(Duration::seconds(1));
    let third = rotate(service, NOW).await;
    assert_eq!(signing(service, AccessTokens), third.kid);
    assert_eq!(kids(service), [third.kid, second.kid, first, id]);
}

#[tokio::test]
async fn a_waiting_key_of_another_algorithm_goes_first() {
    let test = service(Engine::Sqlite).await;
    let service = &test.service;
    service.ensure_keys().await.unwrap();
    let to = |algorithm| Rotation {
        algorithm: Some(algorithm),
        ..NOW
    };
    let waiting = Rotation {
        at_once: false,
        ..to(Algorithm::Es256)
    };
    let waiting = rotate(service, waiting).await;
    let refused = service.rotate_keys(&Actor::CommandLine, to(Algorithm::EdDsa)).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains(&waiting.kid) && refused.contains("ES256"), "{refused}");
    assert_eq!(rotate(service, NOW).await.kid, waiting.kid);
    assert_eq!(rotate(service, to(Algorithm::EdDsa)).await.algorithm, "EdDSA");
    assert_eq!(rotate(service, NOW).await.algorithm, "EdDSA", "as the one before");
}

#[tokio::test]
async fn id_tokens_keep_their_key_until_they_are_chosen() {
    let test = service(Engine::Sqlite).await;
    let service = &test.service;
    service.ensure_keys().await.unwrap();
    let id = signing(service, IdTokens);
    let to_eddsa = Rotation {
        algorithm: Some(Algorithm::EdDsa),
        ..NOW
    };
    let access = rotate(service, to_eddsa).await.kid;
    assert_eq!(signing(service, IdTokens), id);
    assert_eq!(service.id_token_algorithms(), [Algorithm::Rs256]);

    let chosen = Rotation {
        purpose: IdTokens,
        algorithm: Some(Algorithm::Es256),
        at_once: false,
    };
    let next = rotate(service, chosen).await.kid;
    assert_eq!(signing(service, IdTokens), id);
    assert_eq!(service.id_token_algorithms(), [Algorithm::Rs256, Algorithm::Es256]);
    test.clock.advance(Duration::hours(24));
    assert_eq!(signing(service, IdTokens), next);
    assert_eq!(signing(service, AccessTokens), access);
}

/// Whose an access token is.
async fn client_of(service: &Service, token: &SecretString) -> Result<ClientId, VerifyError> {
    let claims = service.read_access_token(token).await;
    claims.map(|claims| claims.client_id)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_instance_looks_for_a_key_that_it_does_not_know_once_in_a_while(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let (service, clock) = (&fixture.test.service, &fixture.test.clock);
    let other = fixture.test.beside(KEY_ENCRYPTION_KEY);
    other.ensure_keys().await.unwrap();
    let rotated = async || {
        clock.advance(Duration::seconds(1));
        rotate(service, NOW).await;
        issue(&fixture, &fixture.secret).await.unwrap().access_token.0
    };
    let first = rotated().await;
    assert_eq!(client_of(&other, &first).await, Ok(fixture.client));
    let second = rotated().await;
    assert_eq!(client_of(&other, &second).await, Err(VerifyError::UnknownKey));
    clock.advance(LOOK_AGAIN);
    assert_eq!(client_of(&other, &second).await, Ok(fixture.client));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn tokens_outlive_the_rotation_of_their_key(#[case] engine: Engine) {
    let fixture = fixture(engine).await;
    let (service, clock) = (&fixture.test.service, &fixture.test.clock);
    let other = fixture.test.beside(KEY_ENCRYPTION_KEY);
    other.ensure_keys().await.unwrap();
    let old = issue(&fixture, &fixture.secret).await.unwrap().access_token.0;
    let to_eddsa = Rotation {
        algorithm: Some(Algorithm::EdDsa),
        ..NOW
    };
    rotate(service, to_eddsa).await;
    let new = issue(&fixture, &fixture.secret).await.unwrap().access_token.0;
    for token in [&old, &new] {
        for instance in [service, &other] {
            assert_eq!(client_of(instance, token).await, Ok(fixture.client));
        }
    }
    clock.advance(Duration::seconds(900));
    for token in [&old, &new] {
        assert_eq!(client_of(service, token).await, Err(VerifyError::Expired));
    }
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
        KeyEncryptionKey::from_bytes(KEY_ENCRYPTION_KEY),
        RefreshTokenLifetimes::default(),
    );
    assert_eq!(rotate(&service, NOW).await.state, KeyState::Signing);
    assert_eq!(rotate(&service, NEXT).await.state, KeyState::Next);
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
        test.service.rotate_keys(&actor, NOW).await,
        Err(ServiceError::Forbidden)
    ));
}
