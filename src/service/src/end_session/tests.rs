//! Who is signed out without being asked, and where they go.

use domain::client::ClientKind;
use rstest::rstest;
use secrecy::SecretString;
use store::testing::{Engine, disable};
use url::form_urlencoded::Serializer;

use super::*;
use crate::authorize::fixtures::{ANA, Application, BROWSER, answered, application, sign_in};
use crate::sign_in::authorize_token;
use crate::users::tests::PASSWORD;

const SIGNED_OUT: &str = "https://app.example.com/signed-out";

async fn with_hint(engine: Engine) -> (Application, SecretString) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let response = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let hint = response.id_token.unwrap().0;
    (app, hint)
}

async fn end(app: &Application, session: Option<&SecretString>, fields: &[(&str, &str)]) -> SessionEnd {
    end_in(app, (session, None), fields).await
}

/// In a browser with the cookies for applications and for the portal.
async fn end_in(
    app: &Application,
    (session, portal): (Option<&SecretString>, Option<&SecretString>),
    fields: &[(&str, &str)],
) -> SessionEnd {
    let query = Serializer::new(String::new()).extend_pairs(fields).finish();
    let cookies = SessionCookies {
        portal: portal.map(ExposeSecret::expose_secret),
        authorize: session.map(ExposeSecret::expose_secret),
    };
    app.test.service.end_session(&query, cookies, None).await.unwrap()
}

async fn is_signed_in(app: &Application) -> bool {
    let answer = app.authorize(&[("prompt", "none")]).await;
    answered(answer).contains_key("code")
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_hint_of_this_session_ends_it(#[case] engine: Engine) {
    let (app, hint) = with_hint(engine).await;
    app.test.clock.advance(chrono::Duration::hours(1));
    let fields = [
        ("id_token_hint", hint.expose_secret()),
        ("post_logout_redirect_uri", SIGNED_OUT),
        ("state", "s"),
    ];
    let ended = end(&app, Some(&app.session), &fields).await;
    assert_eq!(ended, SessionEnd::Ended(Some(format!("{SIGNED_OUT}?state=s"))));
    assert!(!is_signed_in(&app).await);
    let again = end(&app, Some(&app.session), &fields).await;
    assert_eq!(again, ended, "who is signed out already goes on all the same");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_one_the_person_is_asked(#[case] engine: Engine) {
    let (app, hint) = with_hint(engine).await;
    let client = app.client.to_string();
    let nothing: &[(&str, &str)] = &[];
    for fields in [
        nothing,
        &[("client_id", client.as_str())][..],
        &[("id_token_hint", "nonsense")][..],
    ] {
        assert_eq!(end(&app, Some(&app.session), fields).await, SessionEnd::Ask);
    }
    // Of another session of the same person.
    let other = sign_in(&app.test, ANA).await;
    let fields = [("id_token_hint", hint.expose_secret())];
    assert_eq!(end(&app, Some(&other), &fields).await, SessionEnd::Ask);
    assert!(is_signed_in(&app).await);
}

#[tokio::test]
async fn a_hint_that_another_client_got_does_not_end_it_unasked() {
    let (app, hint) = with_hint(Engine::Sqlite).await;
    let hinted = ("id_token_hint", hint.expose_secret());
    for other in ["00000000-0000-4000-8000-00000000abcd", "nobody"] {
        let fields = [hinted, ("client_id", other)];
        assert_eq!(end(&app, Some(&app.session), &fields).await, SessionEnd::Ask);
    }
    assert!(is_signed_in(&app).await);
    let client = app.client.to_string();
    let fields = [hinted, ("client_id", client.as_str())];
    assert_eq!(end(&app, Some(&app.session), &fields).await, SessionEnd::Ended(None));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_session_of_the_portal_that_no_hint_names_does_not_end_unasked(#[case] engine: Engine) {
    let (app, hint) = with_hint(engine).await;
    let service = &app.test.service;
    let portal = service
        .sign_in(ANA, &PASSWORD.into(), None, SessionCookies::default())
        .await
        .unwrap();
    let fields = [("id_token_hint", hint.expose_secret())];
    for session in [None, Some(&app.session)] {
        assert_eq!(end_in(&app, (session, Some(&portal)), &fields).await, SessionEnd::Ask);
    }
    assert!(is_signed_in(&app).await);
    assert!(service.actor_of(portal.expose_secret(), None).await.unwrap().is_some());

    let cookies = SessionCookies {
        portal: Some(portal.expose_secret()),
        ..SessionCookies::default()
    };
    service.sign_out(cookies, None).await.unwrap();
    let ended = end_in(&app, (Some(&app.session), Some(&portal)), &fields).await;
    assert_eq!(ended, SessionEnd::Ended(None), "the cookie opens nothing any more");
    assert!(!is_signed_in(&app).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn both_cookies_of_the_hinted_session_end_it(#[case] engine: Engine) {
    let (app, _) = with_hint(engine).await;
    let service = &app.test.service;
    let portal = service
        .sign_in(ANA, &PASSWORD.into(), None, SessionCookies::default())
        .await
        .unwrap();
    let session = authorize_token(&portal);
    let code = answered(
        service
            .authorize(&app.query(&[]), Some(session.expose_secret()), BROWSER)
            .await,
    );
    let hint = app.redeem(&code["code"], &[]).await.unwrap().id_token.unwrap().0;
    let fields = [("id_token_hint", hint.expose_secret())];
    let ended = end_in(&app, (Some(&session), Some(&portal)), &fields).await;
    assert_eq!(ended, SessionEnd::Ended(None));
    assert_eq!(service.actor_of(portal.expose_secret(), None).await.unwrap(), None);
}

#[tokio::test]
async fn nobody_is_sent_where_the_client_has_not_registered() {
    let (app, hint) = with_hint(Engine::Sqlite).await;
    let client = app.client.to_string();
    let to = |uri| ("post_logout_redirect_uri", uri);
    let named = ("client_id", client.as_str());
    assert_eq!(
        end(&app, None, &[named, to(SIGNED_OUT)]).await,
        SessionEnd::Ended(Some(SIGNED_OUT.to_owned()))
    );
    let hinted = ("id_token_hint", hint.expose_secret());
    let nobody = ("client_id", "00000000-0000-4000-8000-00000000abcd");
    for fields in [
        &[to(SIGNED_OUT)][..],
        &[named, to("https://evil.example/")][..],
        // A redirect URI is no logout redirect URI.
        &[named, to("https://app.example.com/callback")][..],
        &[nobody, to(SIGNED_OUT)][..],
        &[nobody, hinted, to(SIGNED_OUT)][..],
        &[named][..],
    ] {
        assert_eq!(end(&app, None, fields).await, SessionEnd::Ended(None), "{fields:?}");
    }
    disable(&app.test.database.database, app.client.0).await;
    assert_eq!(end(&app, None, &[named, to(SIGNED_OUT)]).await, SessionEnd::Ended(None));
}
