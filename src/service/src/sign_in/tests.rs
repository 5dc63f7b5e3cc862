//! One message for every failure, a wait after too many, sessions that end.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, Version};
use domain::tenant::TenantId;
use domain::user::UserId;
use rstest::rstest;
use store::testing::{Engine, audit_trail, disable};

use super::*;
use crate::testing::TestService;
use crate::users::tests::{PASSWORD, add, mill};

const ANA: &str = "ana@example.com";

/// A service on which Ana can sign in.
async fn with_ana(engine: Engine) -> (TestService, TenantId, UserId) {
    let (test, tenant) = mill(engine).await;
    let ana = add(&test, &Actor::CommandLine, tenant, ANA, &[]).await.unwrap();
    (test, tenant, ana)
}

async fn sign_in(test: &TestService, email: &str, password: &str) -> Result<SecretString, SignInError> {
    let address = "192.0.2.7".parse().unwrap();
    test.service
        .sign_in(email, &password.into(), Some(address), SessionCookies::default())
        .await
}

/// What a browser has that opens the portal alone.
fn portal(token: &SecretString) -> SessionCookies<'_> {
    SessionCookies {
        portal: Some(token.expose_secret()),
        ..SessionCookies::default()
    }
}

async fn is_live(test: &TestService, token: &SecretString) -> bool {
    let actor = test.service.actor_of(token.expose_secret(), None).await.unwrap();
    actor.is_some()
}

/// The actions since the tenant and Ana were added, and to whom.
async fn trail(test: &TestService) -> Vec<(String, String, Option<String>)> {
    audit_trail(&test.database.database).await.split_off(2)
}

fn event(action: &str, actor: &str, target: Option<&str>) -> (String, String, Option<String>) {
    (action.to_owned(), actor.to_owned(), target.map(str::to_owned))
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_session_lasts_twelve_hours(#[case] engine: Engine) {
    let (test, tenant, ana) = with_ana(engine).await;
    let address = Some("192.0.2.7".parse().unwrap());
    let token = sign_in(&test, " Ana@Example.com ", PASSWORD).await.unwrap();
    let expected = UserActor {
        id: ana,
        name: "Ana".to_owned(),
        email: ANA.to_owned(),
        tenant_id: tenant,
        tenant_name: "Mill".to_owned(),
        administrator: false,
        address,
    };
    let actor = test.service.actor_of(token.expose_secret(), address).await.unwrap();
    assert_eq!(actor, Some(Actor::User(expected)));
    assert_eq!(test.service.actor_of("another", address).await.unwrap(), None);
    assert_eq!(trail(&test).await, [event("user.sign_in", "Ana", Some("Ana"))]);

    test.clock.advance(Duration::seconds(SESSION_SECONDS - 1));
    assert!(is_live(&test, &token).await);
    test.clock.advance(Duration::seconds(1));
    assert!(!is_live(&test, &token).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn signing_out_ends_this_session(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let token = sign_in(&test, ANA, PASSWORD).await.unwrap();
    let other = sign_in(&test, ANA, PASSWORD).await.unwrap();
    test.clock.advance(Duration::seconds(1));
    for _ in 0..2 {
        test.service.sign_out(portal(&token), None).await.unwrap();
    }
    assert!(!is_live(&test, &token).await);
    assert!(is_live(&test, &other).await);
    let last = trail(&test).await.split_off(2);
    assert_eq!(last, [event("user.sign_out", "Ana", Some("Ana"))]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn signing_out_and_in_again_end_whatever_the_browser_has(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    for again in [false, true] {
        let [one, two, elsewhere] = [(); 3].map(|()| sign_in(&test, ANA, PASSWORD));
        let (one, two, elsewhere) = (one.await.unwrap(), two.await.unwrap(), elsewhere.await.unwrap());
        let before = trail(&test).await.len();
        test.clock.advance(Duration::seconds(1));
        let authorize = authorize_token(&two);
        let cookies = SessionCookies {
            portal: Some(one.expose_secret()),
            authorize: Some(authorize.expose_secret()),
        };
        let expected = if again {
            test.service
                .sign_in(ANA, &PASSWORD.into(), None, cookies)
                .await
                .unwrap();
            vec![event("user.sign_in", "Ana", Some("Ana"))]
        } else {
            test.service.sign_out(cookies, None).await.unwrap();
            vec![event("user.sign_out", "Ana", Some("Ana")); 2]
        };
        assert!(!is_live(&test, &one).await && !is_live(&test, &two).await);
        assert!(is_live(&test, &elsewhere).await);
        assert_eq!(trail(&test).await.split_off(before), expected);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let first = sign_in(&test, ANA, PASSWORD).await.unwrap();
    let elsewhere = sign_in(&test, ANA, PASSWORD).await.unwrap();
    let again = async |password: &str| {
        let replaced = portal(&first);
        test.service.sign_in(ANA, &password.into(), None, replaced).await
    };
    assert!(again("wrong").await.is_err());
    assert!(is_live(&test, &first).await, "nobody was signed in instead");
    let next = again(PASSWORD).await.unwrap();
    assert!(!is_live(&test, &first).await);
    assert!(is_live(&test, &next).await && is_live(&test, &elsewhere).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn signing_out_forgets_a_session_that_opens_nothing_any_more(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let token = sign_in(&test, ANA, PASSWORD).await.unwrap();
    test.clock.advance(Duration::seconds(SESSION_SECONDS));
    test.service.sign_out(portal(&token), None).await.unwrap();
    let mut tx = test.database.database.begin().await.unwrap();
    let left = portal(&token).end(&mut tx).await;
    assert!(!left.unwrap());
    drop(tx);
    assert_eq!(trail(&test).await.len(), 1, "signed in, and nobody known signed out");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn every_failure_has_one_answer(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    for (email, password) in [
        (ANA, "wrong"),
        (ANA, ""),
        ("bo@example.com", PASSWORD),
        ("", PASSWORD),
        ("ana\0@example.com", PASSWORD),
    ] {
        let error = sign_in(&test, email, password).await.unwrap_err();
        assert!(matches!(error, SignInError::Wrong));
        assert_eq!(error.to_string(), "the e-mail address or the password is wrong");
    }
    let failed = |target| event("user.sign_in_failed", "unknown", target);
    let ana = failed(Some("Ana"));
    let expected = [ana.clone(), ana, failed(None), failed(None), failed(None)];
    assert_eq!(trail(&test).await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn after_ten_failures_the_right_password_waits(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    for _ in 0..10 {
        assert!(matches!(sign_in(&test, ANA, "wrong").await, Err(SignInError::Wrong)));
    }
    test.clock.advance(Duration::minutes(5));
    for password in [PASSWORD, "wrong"] {
        let refused = sign_in(&test, ANA, password).await;
        assert!(matches!(
            refused,
            Err(SignInError::Throttled {
                retry_after_seconds: 600
            })
        ));
    }
    assert_eq!(trail(&test).await.len(), 10);
    test.clock.advance(Duration::minutes(10));
    assert!(sign_in(&test, ANA, PASSWORD).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_success_clears_the_count(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    for _ in 0..2 {
        for _ in 0..9 {
            assert!(matches!(sign_in(&test, ANA, "wrong").await, Err(SignInError::Wrong)));
        }
        assert!(sign_in(&test, ANA, PASSWORD).await.is_ok());
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_get_no_more_than_ten(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let guesses: Vec<_> = (0..15)
        .map(|_| {
            let service = test.service.clone();
            tokio::spawn(async move {
                service
                    .sign_in(ANA, &"wrong".into(), None, SessionCookies::default())
                    .await
            })
        })
        .collect();
    let mut wrong = 0;
    for guess in guesses {
        wrong += u32::from(matches!(guess.await.unwrap(), Err(SignInError::Wrong)));
    }
    assert_eq!(wrong, 10);
}

/// Gives Ana a hash of the same password that was made with other parameters than today's.
async fn make_outdated(database: &store::Database, ana: UserId) {
    let weak = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(1024, 1, 1, None).unwrap(),
    );
    let weak: PasswordHash = weak.hash_password_with_salt(PASSWORD.as_bytes(), &[1; 16]).unwrap();
    let mut tx = database.begin().await.unwrap();
    user_credentials::set_password(&mut tx, ana, Some(&weak.to_string()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_old_hash_is_replaced_at_sign_in(#[case] engine: Engine) {
    let (test, _, ana) = with_ana(engine).await;
    let database = &test.database.database;
    make_outdated(database, ana).await;

    assert!(sign_in(&test, ANA, PASSWORD).await.is_ok());
    let hash = user_credentials::of_address(database, ANA)
        .await
        .unwrap()
        .unwrap()
        .password_hash;
    assert!(!is_outdated(&hash.unwrap()));
    assert!(sign_in(&test, ANA, PASSWORD).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn two_sign_ins_at_once_may_both_replace_an_old_hash(#[case] engine: Engine) {
    let (test, _, ana) = with_ana(engine).await;
    make_outdated(&test.database.database, ana).await;
    let (first, second) = tokio::join!(sign_in(&test, ANA, PASSWORD), sign_in(&test, ANA, PASSWORD));
    assert!(is_live(&test, &first.unwrap()).await);
    assert!(is_live(&test, &second.unwrap()).await);
    let expected = event("user.sign_in", "Ana", Some("Ana"));
    assert_eq!(trail(&test).await, [expected.clone(), expected]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_signs_in_to_a_disabled_account(#[case] engine: Engine) {
    let (test, _, ana) = with_ana(engine).await;
    let database = &test.database.database;
    let token = sign_in(&test, ANA, PASSWORD).await.unwrap();
    disable(database, ana.0).await;
    assert!(!is_live(&test, &token).await);
    assert!(matches!(sign_in(&test, ANA, PASSWORD).await, Err(SignInError::Wrong)));

    test.service.sign_out(portal(&token), None).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    let left = portal(&token).end(&mut tx).await;
    assert!(!left.unwrap(), "signing out ends the session of somebody disabled");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_password_that_was_replaced_meanwhile_begins_no_session(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let database = &test.database.database;
    let mut read_before = user_credentials::of_address(database, ANA).await.unwrap().unwrap();
    read_before.password_hash.as_mut().unwrap().push('x');
    let throttle = Throttle::new(ANA, None);
    let hash = read_before.password_hash.clone().unwrap();
    let session = test
        .service
        .let_in(&read_before, &hash, &throttle, None, SessionCookies::default())
        .await
        .unwrap();
    assert!(session.is_none());
    assert_eq!(trail(&test).await, []);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn failures_that_came_meanwhile_count_for_the_right_password(#[case] engine: Engine) {
    let (test, ..) = with_ana(engine).await;
    let user = user_credentials::of_address(&test.database.database, ANA)
        .await
        .unwrap()
        .unwrap();
    let throttle = Throttle::new(ANA, None);
    for _ in 0..10 {
        let refused = test.service.refuse_sign_in(Some(&user), &throttle, None).await;
        assert!(matches!(refused, Err(SignInError::Wrong)));
    }
    let hash = user.password_hash.clone().unwrap();
    let refused = test
        .service
        .let_in(&user, &hash, &throttle, None, SessionCookies::default())
        .await;
    assert!(matches!(refused, Err(SignInError::Throttled { .. })));
}

#[test]
fn debug_prints_no_token() {
    let answer: Result<SecretString, SignInError> = Ok("token-text".into());
    assert!(!format!("{answer:?}").contains("token-text"));
}
