//! One first administrator, by a link that opens once or from the environment.

use domain::field::Field;
use rstest::rstest;
use store::testing::{Engine, audit_trail};
use uuid::Uuid;

use super::*;
use crate::testing::{TestService, service};
use crate::users::tests::PASSWORD;

fn mill() -> FirstTenant {
    FirstTenant {
        id: Some(TenantId(Uuid::from_u128(7))),
        name: TenantName::parse("Mill").unwrap(),
    }
}

/// A service that was started without an administrator.
async fn started(engine: Engine) -> TestService {
    let test = service(engine).await;
    test.service.first_start(mill(), None).await.unwrap();
    test
}

fn administrator(email: &str) -> (Email, SecretString) {
    (Email::parse(email).unwrap(), PASSWORD.into())
}

async fn set_up(service: &Service, token: &SecretString, email: &str) -> Result<SecretString, ServiceError> {
    let address = Some("192.0.2.7".parse().unwrap());
    service
        .set_up(
            token.expose_secret(),
            "Ana",
            email,
            &PASSWORD.into(),
            address,
            SessionCookies::default(),
        )
        .await
}

async fn is_live(test: &TestService, token: &SecretString) -> bool {
    test.service.setup_link_is_live(token.expose_secret()).await.unwrap()
}

async fn actions(test: &TestService) -> Vec<(String, String)> {
    let trail = audit_trail(&test.database.database).await;
    trail.into_iter().map(|(action, actor, _)| (action, actor)).collect()
}

/// How many people were added.
async fn users(test: &TestService) -> usize {
    let added = actions(test).await;
    added.iter().filter(|(action, _)| action == "user.add").count()
}

fn action(action: &str, actor: &str) -> (String, String) {
    (action.to_owned(), actor.to_owned())
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_link_creates_the_first_administrator_and_signs_them_in(#[case] engine: Engine) {
    let test = started(engine).await;
    assert!(test.service.needs_setup().await.unwrap());
    let token = test.service.make_setup_link().await.unwrap();
    assert!(is_live(&test, &token).await);

    let session = set_up(&test.service, &token, "ana@example.com").await.unwrap();
    let actor = test.service.actor_of(session.expose_secret(), None).await.unwrap();
    let Some(Actor::User(ana)) = actor else {
        panic!("no session")
    };
    assert!(ana.administrator);
    assert_eq!((ana.name.as_str(), ana.tenant_name.as_str()), ("Ana", "Mill"));
    assert_eq!(Some(ana.tenant_id), mill().id);
    assert!(!test.service.needs_setup().await.unwrap());
    assert!(!is_live(&test, &token).await);
    let again = test
        .service
        .sign_in("ana@example.com", &PASSWORD.into(), None, SessionCookies::default())
        .await;
    assert!(again.is_ok());
    assert_eq!(
        actions(&test).await,
        [
            action("tenant.add", "server"),
            action("setup_link.add", "server"),
            action("user.add", "Ana"),
            action("user.sign_in", "Ana"),
            action("user.sign_in", "Ana"),
        ]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_dead_link_opens_nothing(#[case] engine: Engine) {
    let test = started(engine).await;
    let older = test.service.make_setup_link().await.unwrap();
    let newer = test.service.make_setup_link().await.unwrap();
    for token in [&older, &"made up".into()] {
        assert!(!is_live(&test, token).await);
        let refused = set_up(&test.service, token, "ana@example.com").await;
        assert!(matches!(refused, Err(ServiceError::NotFound)));
    }
    test.clock.advance(Duration::hours(24));
    assert!(!is_live(&test, &newer).await);
    let refused = set_up(&test.service, &newer, "ana@example.com").await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
    assert!(test.service.needs_setup().await.unwrap());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_administrator_ends_the_link(#[case] engine: Engine) {
    let test = started(engine).await;
    let token = test.service.make_setup_link().await.unwrap();
    test.service
        .first_start(mill(), Some(administrator("ops@example.com")))
        .await
        .unwrap();
    assert!(!is_live(&test, &token).await);
    let refused = set_up(&test.service, &token, "ana@example.com").await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn wrong_fields_are_all_named_and_the_link_stays(#[case] engine: Engine) {
    let test = started(engine).await;
    let token = test.service.make_setup_link().await.unwrap();
    let short = SecretString::from("elevenchars");
    let refused = test
        .service
        .set_up(
            token.expose_secret(),
            " ",
            "ana",
            &short,
            None,
            SessionCookies::default(),
        )
        .await;
    let Err(ServiceError::Invalid(errors)) = refused else {
        panic!("not refused")
    };
    let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, [Field::Name, Field::Email, Field::Password]);
    assert!(!format!("{errors:?}").contains("elevenchars"));
    assert!(is_live(&test, &token).await);
    set_up(&test.service, &token, "ana@example.com").await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_taken_address_leaves_the_link(#[case] engine: Engine) {
    let test = started(engine).await;
    let tenant = test.service.only_tenant(&Actor::CommandLine).await.unwrap();
    crate::users::tests::add(&test, &Actor::CommandLine, tenant, "ana@example.com", &[])
        .await
        .unwrap();
    let token = test.service.make_setup_link().await.unwrap();
    let refused = set_up(&test.service, &token, "Ana@example.com").await;
    assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors[0].field == Field::Email));
    set_up(&test.service, &token, "bo@example.com").await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_make_one_administrator(#[case] engine: Engine) {
    let test = started(engine).await;
    let token = test.service.make_setup_link().await.unwrap();
    let tasks = ["ana@example.com", "bo@example.com"].map(|email| {
        let (service, token) = (test.service.clone(), token.clone());
        tokio::spawn(async move { set_up(&service, &token, email).await.is_ok() })
    });
    let mut made = 0;
    for task in tasks {
        made += u32::from(task.await.unwrap());
    }
    assert_eq!(made, 1);
    assert_eq!(users(&test).await, 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_first_starts_make_one_of_each(#[case] engine: Engine) {
    let test = service(engine).await;
    let tasks = ["ana@example.com", "bo@example.com"].map(|email| {
        let service = test.service.clone();
        tokio::spawn(async move { service.first_start(mill(), Some(administrator(email))).await })
    });
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let tenants = test.service.list_tenants(&Actor::CommandLine).await.unwrap();
    assert_eq!((tenants.len(), users(&test).await), (1, 1));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_later_start_changes_nothing(#[case] engine: Engine) {
    let test = service(engine).await;
    for email in ["ana@example.com", "bo@example.com"] {
        test.service
            .first_start(mill(), Some(administrator(email)))
            .await
            .unwrap();
    }
    let ana = test
        .service
        .sign_in("ana@example.com", &PASSWORD.into(), None, SessionCookies::default())
        .await
        .unwrap();
    let actor = test.service.actor_of(ana.expose_secret(), None).await.unwrap();
    assert!(matches!(actor, Some(Actor::User(ana)) if ana.administrator && ana.name == "ana"));
    let bo = test
        .service
        .sign_in("bo@example.com", &PASSWORD.into(), None, SessionCookies::default())
        .await;
    assert!(bo.is_err());
    assert_eq!(test.service.list_tenants(&Actor::CommandLine).await.unwrap().len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_first_password_that_is_too_short_stops_the_start(#[case] engine: Engine) {
    let test = service(engine).await;
    let administrator = Some((Email::parse("ana@example.com").unwrap(), "short".into()));
    let refused = test.service.first_start(mill(), administrator).await;
    assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors[0].field == Field::Password));
    assert!(test.service.list_tenants(&Actor::CommandLine).await.unwrap().is_empty());
}
