//! A link opens an account once, for the person whose it is.

use domain::field::Field;
use domain::role::RoleType;
use domain::view::UserStatus;
use rstest::rstest;
use store::testing::Engine;
use uuid::Uuid;

use super::*;
use crate::clients::fixtures::{administrator, member};
use crate::sign_in::SignInError;
use crate::users::fixtures::{Mill, loser, token, wrong_field};
use crate::users::tests::PASSWORD;

const NEW: &str = "another long password";

/// Eva resets a person.
async fn reset(mill: &Mill, id: UserId) -> Result<PasswordLink, ServiceError> {
    mill.service.reset_user(&mill.actor, mill.tenant, id).await
}

/// The link opens nothing any more.
async fn assert_dead(mill: &Mill, link: &PasswordLink) {
    assert!(!mill.opens(link).await);
    let chosen = mill.choose(link, NEW).await;
    assert!(matches!(chosen, Err(ServiceError::NotFound)), "{chosen:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_link_signs_in_once_with_the_chosen_password(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let owner = mill.service.password_link_owner(token(&link)).await.unwrap();
    let bo = LinkOwner {
        id: link.id,
        tenant_id: mill.tenant,
        name: "Bo".to_owned(),
        email: "bo@example.com".to_owned(),
    };
    assert_eq!(owner, Some(bo));
    assert_eq!(mill.service.password_link_owner("made up").await.unwrap(), None);

    let session = mill.choose(&link, NEW).await.unwrap();
    assert_eq!(mill.session(&session).await.unwrap().id, link.id);
    let details = mill.details(link.id).await;
    assert_eq!((details.status, details.link_expires), (UserStatus::Enabled, None));
    assert_eq!(details.last_sign_in, Some(mill.service.clock.now()));
    assert_dead(&mill, &link).await;
    assert!(mill.sign_in("bo@example.com", NEW).await.is_ok());
    let expected = [
        "user.add by Eva: Bo",
        "user.choose_password by Bo: Bo",
        "user.sign_in by Bo: Bo",
        "user.sign_in by Bo: Bo",
    ];
    assert_eq!(mill.deeds().await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_link_is_over_after_seven_days(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    mill.test.clock.advance(Duration::days(7) - Duration::seconds(1));
    assert!(mill.opens(&link).await);
    mill.test.clock.advance(Duration::seconds(1));
    assert_dead(&mill, &link).await;
    let details = mill.details(link.id).await;
    assert_eq!((details.status, details.link_expires), (UserStatus::Invited, None));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_newer_link_ends_the_older(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let older = mill.invite("Bo", &[]).await;
    mill.test.clock.advance(Duration::days(8));
    let newer = reset(&mill, older.id).await.unwrap();
    assert_eq!((newer.id, newer.name.as_str()), (older.id, "Bo"));
    assert_eq!(newer.expires, older.expires + Duration::days(8));
    let newest = reset(&mill, older.id).await.unwrap();
    for dead in [older, newer] {
        assert_dead(&mill, &dead).await;
    }
    assert!(mill.choose(&newest, NEW).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn whoever_was_signed_in_in_this_browser_is_not_any_more(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    mill.ana().await;
    let before = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    let link = mill.invite("Bo", &[]).await;
    let replaced = SessionCookies {
        portal: Some(before.expose_secret()),
        ..SessionCookies::default()
    };
    let (service, token) = (&mill.service, token(&link));
    let session = service.choose_password(token, &NEW.into(), None, replaced).await;
    assert_eq!(mill.session(&session.unwrap()).await.unwrap().id, link.id);
    assert_eq!(mill.session(&before).await, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_password_leaves_the_link(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let before = mill.contents().await;
    for wrong in ["elevenchars", "x".repeat(129).as_str()] {
        assert_eq!(wrong_field(mill.choose(&link, wrong).await), Field::Password);
    }
    assert_eq!(mill.contents().await, before);
    assert!(mill.choose(&link, NEW).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_a_link_at_once_one_gets_in(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let choose = |password: &str| {
        let (service, token) = (mill.service.clone(), token(&link).to_owned());
        let password = SecretString::from(password);
        async move {
            service
                .choose_password(&token, &password, None, SessionCookies::default())
                .await
        }
    };
    let (first, second) = ("the first password", "the second password");
    let lost = loser(choose(first), choose(second)).await;
    assert!(matches!(lost, ServiceError::NotFound), "{lost:?}");
    let first = mill.sign_in("bo@example.com", first).await;
    let second = mill.sign_in("bo@example.com", second).await;
    assert_ne!(first.is_ok(), second.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_used_while_it_is_replaced_opens_nothing_that_lasts(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let older = mill.invite("Bo", &[]).await;
    let (used, newer) = tokio::join!(mill.choose(&older, NEW), reset(&mill, older.id));
    let newer = newer.unwrap();
    match used {
        Ok(session) => assert_eq!(mill.session(&session).await, None),
        Err(error) => assert!(matches!(error, ServiceError::NotFound), "{error:?}"),
    }
    assert_dead(&mill, &older).await;
    assert!(mill.sign_in("bo@example.com", NEW).await.is_err());
    assert_eq!(mill.details(older.id).await.status, UserStatus::Invited);
    assert!(mill.choose(&newer, NEW).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_used_while_its_owner_is_disabled_is_used_whole_or_not_at_all(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let (service, actor) = (&mill.service, &mill.actor);
    let disable = service.set_user_enabled(actor, mill.tenant, link.id, false);
    let (used, disabled) = tokio::join!(mill.choose(&link, NEW), disable);
    disabled.unwrap();
    assert!(!mill.opens(&link).await);
    service
        .set_user_enabled(actor, mill.tenant, link.id, true)
        .await
        .unwrap();
    let status = mill.details(link.id).await.status;
    match used {
        Ok(session) => {
            assert_eq!(mill.session(&session).await, None, "it was ended");
            assert_eq!((status, mill.opens(&link).await), (UserStatus::Enabled, false));
        }
        Err(error) => {
            assert!(matches!(error, ServiceError::NotFound), "{error:?}");
            assert_eq!((status, mill.opens(&link).await), (UserStatus::Invited, true));
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_reset_ends_sessions_and_the_old_password(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let ana = mill.ana().await;
    let session = mill.sign_in("ana@example.com", PASSWORD).await.unwrap();
    let link = reset(&mill, ana).await.unwrap();
    assert_eq!(mill.session(&session).await, None);
    let details = mill.details(ana).await;
    assert_eq!(
        (details.status, details.link_expires),
        (UserStatus::Invited, Some(link.expires))
    );
    let old = mill.sign_in("ana@example.com", PASSWORD).await;
    assert!(matches!(old, Err(SignInError::Wrong)), "{old:?}");

    assert!(mill.choose(&link, NEW).await.is_ok());
    assert!(mill.sign_in("ana@example.com", NEW).await.is_ok());
    let old = mill.sign_in("ana@example.com", PASSWORD).await;
    assert!(matches!(old, Err(SignInError::Wrong)), "{old:?}");
    let expected = [
        "user.sign_in by Ana: Ana",
        "user.reset_password by Eva: Ana",
        "user.sign_in_failed by unknown: Ana",
        "user.choose_password by Ana: Ana",
        "user.sign_in by Ana: Ana",
        "user.sign_in by Ana: Ana",
        "user.sign_in_failed by unknown: Ana",
    ];
    assert_eq!(mill.deeds().await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_chosen_password_opens_a_throttled_account(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let throttle = Throttle::new("bo@example.com", None);
    let mut tx = mill.test.database.database.begin().await.unwrap();
    for _ in 0..10 {
        throttle.count(&mut tx, mill.service.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let refused = mill.sign_in("bo@example.com", NEW).await;
    assert!(matches!(refused, Err(SignInError::Throttled { .. })), "{refused:?}");
    assert!(mill.choose(&link, NEW).await.is_ok());
    assert!(mill.sign_in("bo@example.com", NEW).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_link_of_somebody_disabled_does_not_open(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let link = mill.invite("Bo", &[]).await;
    let enable = async |enabled: bool| {
        let service = &mill.service;
        service
            .set_user_enabled(&mill.actor, mill.tenant, link.id, enabled)
            .await
    };
    enable(false).await.unwrap();
    assert_dead(&mill, &link).await;
    enable(true).await.unwrap();
    assert!(mill.choose(&link, NEW).await.is_ok());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn nobody_resets_themselves_or_the_last_administrator(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (service, actor) = (&mill.service, Actor::CommandLine);
    // Who has no password doesn't count.
    mill.invite("Bo", &[mill.role(RoleType::TenantAdministrator).await])
        .await;
    let before = mill.contents().await;
    let refused = service.reset_user(&actor, mill.tenant, mill.eva).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    assert_eq!(mill.contents().await, before);

    mill.administrator("Cy").await;
    let refused = reset(&mill, mill.eva).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    let reset = service.reset_user(&actor, mill.tenant, mill.eva).await;
    assert!(reset.is_ok(), "{reset:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_resets_the_people_of_the_tenant(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let bo = mill.person("Bo").await;
    let (other, stranger) = mill.stranger().await;
    for actor in [member(mill.tenant), administrator(other)] {
        let refused = mill.service.reset_user(&actor, mill.tenant, bo).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
    for id in [stranger, UserId(Uuid::from_u128(999))] {
        let refused = reset(&mill, id).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}
