//! A refresh token gives the next one, once.

use chrono::Duration;
use domain::client::ClientKind;
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use domain::role::RoleType;
use domain::user::{Email, UserName};
use identity::token_response::TokenResponse;
use rstest::rstest;
use serde_json::json;
use store::testing::{Engine, disable};

use crate::Actor;
use crate::authorize::fixtures::{Application, application, claims, refresh_token, refusal};
use crate::clients::fixtures::added;
use crate::users::tests::PASSWORD;

const CODE_CLIENT: ClientKind = ClientKind::AuthorizationCode;

/// An application with its first tokens.
async fn with_tokens(engine: Engine) -> (Application, TokenResponse) {
    let app = application(engine, CODE_CLIENT).await;
    let code = app.code(&[("scope", "openid email offline_access")]).await;
    let response = app.redeem(&code, &[]).await.unwrap();
    (app, response)
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn each_use_gives_the_next(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    app.test.clock.advance(Duration::hours(1));
    let second = app.refresh(refresh_token(&first)).await.unwrap();
    let third = app.refresh(refresh_token(&second)).await.unwrap();
    assert_eq!(third.scope, first.scope);
    assert!(app.opens_userinfo(&third).await);
    let (before, after) = (claims(&first.id_token.unwrap().0), claims(&third.id_token.unwrap().0));
    for claim in ["iss", "sub", "aud", "auth_time", "sid"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert_eq!(after.get("nonce"), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_second_use_ends_all_of_them(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    let second = app.refresh(refresh_token(&first)).await.unwrap();
    assert_eq!(
        refusal(app.refresh(refresh_token(&first)).await).code(),
        "invalid_grant"
    );
    assert_eq!(
        refusal(app.refresh(refresh_token(&second)).await).code(),
        "invalid_grant"
    );
    assert!(!app.opens_userinfo(&second).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_second_use_ends_all_of_them_whatever_else_is_wrong_with_it(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    let second = app.refresh(refresh_token(&first)).await.unwrap();
    let wider = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token(&first)),
        ("scope", "openid ocsapi"),
    ];
    assert_eq!(refusal(app.ask(&wider).await).code(), "invalid_grant");
    assert_eq!(
        refusal(app.refresh(refresh_token(&second)).await).code(),
        "invalid_grant"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn of_two_at_once_one_is_served_and_all_end(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    let token = refresh_token(&first);
    let (one, two) = tokio::join!(app.refresh(token), app.refresh(token));
    let (served, refused) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(refusal(refused).code(), "invalid_grant");
    let next = served.unwrap();
    assert_eq!(refusal(app.refresh(refresh_token(&next)).await).code(), "invalid_grant");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn it_waits_for_eight_hours_and_goes_on_for_thirty_days(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    app.test.clock.advance(Duration::hours(8));
    assert_eq!(
        refusal(app.refresh(refresh_token(&first)).await).code(),
        "invalid_grant"
    );

    let (app, mut response) = with_tokens(engine).await;
    for _ in 0..(30 * 24 / 6 - 1) {
        app.test.clock.advance(Duration::hours(6));
        response = app.refresh(refresh_token(&response)).await.unwrap();
    }
    app.test.clock.advance(Duration::hours(6));
    assert_eq!(
        refusal(app.refresh(refresh_token(&response)).await).code(),
        "invalid_grant"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn how_long_is_what_the_server_was_told(#[case] engine: Engine) {
    let mut app = application(engine, CODE_CLIENT).await;
    app.test.restart(RefreshTokenLifetimes::new(60, 100).unwrap()).await;
    let unused = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    let mut used = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    for seconds in [59, 40] {
        app.test.clock.advance(Duration::seconds(seconds));
        used = app.refresh(refresh_token(&used)).await.unwrap();
    }
    app.test.clock.advance(Duration::seconds(1));
    for over in [&used, &unused] {
        assert_eq!(refusal(app.refresh(refresh_token(over)).await).code(), "invalid_grant");
    }
}

/// A grant is forgotten at its end: no token may be good after it.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_longer_time_holds_for_what_is_allowed_from_then_on(#[case] engine: Engine) {
    let mut app = application(engine, CODE_CLIENT).await;
    app.test.restart(RefreshTokenLifetimes::new(60, 100).unwrap()).await;
    let first = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    app.test.restart(RefreshTokenLifetimes::new(600, 1000).unwrap()).await;
    app.test.clock.advance(Duration::seconds(50));
    let second = app.refresh(refresh_token(&first)).await.unwrap();
    app.test.clock.advance(Duration::seconds(49));
    let third = app.refresh(refresh_token(&second)).await.unwrap();
    app.test.clock.advance(Duration::seconds(1));
    let refused = refusal(app.refresh(refresh_token(&third)).await);
    assert_eq!(refused.code(), "invalid_grant");
    let later = app.redeem(&app.code(&[]).await, &[]).await.unwrap();
    app.test.clock.advance(Duration::seconds(599));
    app.refresh(refresh_token(&later)).await.unwrap();
}

#[tokio::test]
async fn the_scope_may_narrow_for_once() {
    let (app, first) = with_tokens(Engine::Sqlite).await;
    let ask = async |token: &str, scope: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("scope", scope),
        ];
        app.ask(&fields).await
    };
    let wider = ask(refresh_token(&first), "openid ocsapi").await;
    assert_eq!(refusal(wider).code(), "invalid_scope");
    let narrow = ask(refresh_token(&first), "openid").await.unwrap();
    assert_eq!(narrow.scope.to_string(), "openid");
    assert_eq!(claims(&narrow.id_token.as_ref().unwrap().0).get("email"), None);
    let whole = app.refresh(refresh_token(&narrow)).await.unwrap();
    assert_eq!(whole.scope, first.scope);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn it_is_its_own_clients(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    let other = added(&app.test, app.tenant, CODE_CLIENT, "Other").await.id.to_string();
    let token = refresh_token(&first);
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", &other),
    ];
    assert_eq!(refusal(app.ask(&fields).await).code(), "invalid_grant");
    app.refresh(token).await.unwrap();
    assert_eq!(refusal(app.refresh("unknown").await).code(), "invalid_grant");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn person_and_roles_are_read_again(#[case] engine: Engine) {
    let (app, first) = with_tokens(engine).await;
    let database = &app.test.database.database;
    let mut tx = database.begin().await.unwrap();
    store::user_roles::give_built_in(&mut tx, app.ana, RoleType::TenantViewer)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let second = app.refresh(refresh_token(&first)).await.unwrap();
    let access_token = claims(&second.access_token.0);
    assert_eq!(access_token["roles"], json!(["Tenant Member", "Tenant Viewer"]));
    disable(database, app.ana.0).await;
    assert_eq!(
        refusal(app.refresh(refresh_token(&second)).await).code(),
        "invalid_grant"
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_reset_or_being_disabled_ends_it_for_good(#[case] engine: Engine) {
    for reset in [true, false] {
        let (app, first) = with_tokens(engine).await;
        let (service, tenant, operator) = (&app.test.service, app.tenant, Actor::CommandLine);
        // Somebody stays who can administer.
        let (name, email) = (UserName::parse("Bo").unwrap(), Email::parse("bo@example.com").unwrap());
        let administrator = ["Tenant Administrator".to_owned()];
        service
            .create_user(&operator, tenant, &name, &email, &administrator, &PASSWORD.into())
            .await
            .unwrap();
        if reset {
            service.reset_user(&operator, tenant, app.ana).await.unwrap();
        } else {
            for enabled in [false, true] {
                service
                    .set_user_enabled(&operator, tenant, app.ana, enabled)
                    .await
                    .unwrap();
            }
        }
        let refused = refusal(app.refresh(refresh_token(&first)).await);
        assert_eq!(refused.code(), "invalid_grant", "reset: {reset}");
    }
}
