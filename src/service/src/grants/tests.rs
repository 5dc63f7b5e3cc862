//! What a person allowed is used in the moment in which it is taken away.

use std::sync::Arc;

use domain::client::ClientKind;
use rstest::rstest;
use store::testing::{Engine, hold_grants, until_waiting};

use crate::Actor;
use crate::authorize::fixtures::{application, refresh_token};
use crate::token::IssueError;
use crate::users::tests::add;

/// With whom it goes.
#[derive(Clone, Copy, Debug)]
enum Removed {
    Client,
    Person,
}

/// What is used.
#[derive(Clone, Copy, Debug)]
enum Used {
    Code,
    RefreshToken,
}

/// On PostgreSQL the removal has the grant first, and then wants what is used, whose user wants the grant.
#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_removal_and_a_use_never_wait_for_each_other(
    #[case] engine: Engine,
    #[values(Removed::Client, Removed::Person)] removed: Removed,
    #[values(Used::Code, Used::RefreshToken)] used: Used,
) {
    let app = application(engine, ClientKind::AuthorizationCode).await;
    let (tenant, operator) = (app.tenant, Actor::CommandLine);
    // Somebody stays who can administer.
    add(
        &app.test,
        &operator,
        tenant,
        "bo@example.com",
        &["Tenant Administrator"],
    )
    .await
    .unwrap();
    let code = app.code(&[]).await;
    let secret = match used {
        Used::Code => code,
        Used::RefreshToken => refresh_token(&app.redeem(&code, &[]).await.unwrap()).to_owned(),
    };
    let database = app.test.database.database.clone();
    let app = Arc::new(app);

    let held = hold_grants(&database).await;
    let (service, client, ana) = (app.test.service.clone(), app.client, app.ana);
    let removal = tokio::spawn(async move {
        match removed {
            Removed::Client => service.remove_client(&operator, tenant, client, None).await,
            Removed::Person => service.remove_user(&operator, tenant, ana, None).await,
        }
    });
    until_waiting(&database, 1, || removal.is_finished()).await;
    let user = Arc::clone(&app);
    let usage = tokio::spawn(async move {
        match used {
            Used::Code => user.redeem(&secret, &[]).await,
            Used::RefreshToken => user.refresh(&secret).await,
        }
    });
    until_waiting(&database, 2, || usage.is_finished()).await;
    held.commit().await.unwrap();

    removal.await.unwrap().unwrap();
    let usage = usage.await.unwrap();
    assert!(matches!(usage, Ok(_) | Err(IssueError::Refused(_))), "{usage:?}");
}
