//! Who may add people, and what is refused.

use domain::tenant::TenantName;
use rstest::rstest;
use store::testing::{Engine, audit_trail};
use uuid::Uuid;

use super::*;
use crate::actor::UserActor;
use crate::sign_in::{SessionCookies, SignInError};
use crate::testing::{TestService, service};

pub(crate) const PASSWORD: &str = "correct horse battery";

fn user(tenant: TenantId, administrator: bool) -> Actor {
    Actor::User(UserActor {
        id: UserId(Uuid::from_u128(1)),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        tenant_id: tenant,
        tenant_name: "Mill".to_owned(),
        administrator,
        address: None,
    })
}

pub(crate) fn administrator(tenant: TenantId) -> Actor {
    user(tenant, true)
}

/// A service with the tenant Mill.
pub(crate) async fn mill(engine: Engine) -> (TestService, TenantId) {
    let test = service(engine).await;
    let name = TenantName::parse("Mill").unwrap();
    let tenant = test
        .service
        .create_tenant(&Actor::CommandLine, None, &name)
        .await
        .unwrap();
    (test, tenant)
}

/// Adds a person called Ana, with [`PASSWORD`].
pub(crate) async fn add(
    test: &TestService,
    actor: &Actor,
    tenant: TenantId,
    email: &str,
    roles: &[&str],
) -> Result<UserId, ServiceError> {
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    let name = UserName::parse("Ana").unwrap();
    let email = Email::parse(email).unwrap();
    test.service
        .create_user(actor, tenant, &name, &email, &roles, &PASSWORD.into())
        .await
}

async fn signed_in(test: &TestService, email: &str, password: &str) -> Option<UserActor> {
    let token = test
        .service
        .sign_in(email, &password.into(), None, SessionCookies::default())
        .await
        .ok()?;
    match test.service.actor_of(token.expose_secret(), None).await.unwrap() {
        Some(Actor::User(user)) => Some(user),
        _ => None,
    }
}

fn message(result: Result<UserId, ServiceError>) -> (Field, String) {
    match result {
        Err(ServiceError::Invalid(mut errors)) => {
            let error = errors.remove(0);
            (error.field, error.message)
        }
        other => panic!("expected a wrong field, got {other:?}"),
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_added_person_signs_in_with_their_roles(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let roles = ["tenant administrator", "Tenant Member"];
    let ana = add(&test, &Actor::CommandLine, tenant, "Ana@example.com", &roles)
        .await
        .unwrap();
    let user = signed_in(&test, "ana@EXAMPLE.com", PASSWORD).await.unwrap();
    assert_eq!((user.id, user.tenant_id, user.administrator), (ana, tenant, true));
    let bo = add(&test, &Actor::User(user), tenant, "bo@example.com", &[])
        .await
        .unwrap();
    let user = signed_in(&test, "bo@example.com", PASSWORD).await.unwrap();
    assert_eq!((user.id, user.administrator), (bo, false));
    let trail = audit_trail(&test.database.database).await;
    let added: Vec<&str> = trail
        .iter()
        .filter(|event| event.0 == "user.add")
        .map(|event| event.1.as_str())
        .collect();
    assert_eq!(added, ["command line", "Ana"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_adds_people(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    for actor in [user(tenant, false), administrator(TenantId(Uuid::from_u128(9)))] {
        let refused = add(&test, &actor, tenant, "ana@example.com", &[]).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }
    let nowhere = TenantId(Uuid::from_u128(9));
    let refused = add(&test, &Actor::CommandLine, nowhere, "ana@example.com", &[]).await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_taken_address_is_refused_and_nothing_stored(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = Actor::CommandLine;
    add(&test, &actor, tenant, "ana@example.com", &[]).await.unwrap();
    let (field, message) = message(add(&test, &actor, tenant, "ANA@example.com", &[]).await);
    assert_eq!(field, Field::Email);
    assert!(message.contains("is taken"));
    assert_eq!(audit_trail(&test.database.database).await.len(), 2);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_unknown_role_or_a_short_password_is_refused(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = Actor::CommandLine;
    let (field, reason) = message(add(&test, &actor, tenant, "ana@example.com", &["Miller"]).await);
    assert_eq!(field, Field::Roles);
    assert!(reason.contains("Miller"));

    let name = UserName::parse("Ana").unwrap();
    let email = Email::parse("ana@example.com").unwrap();
    let short = SecretString::from("elevenchars");
    let refused = test
        .service
        .create_user(&actor, tenant, &name, &email, &[], &short)
        .await;
    let (field, reason) = message(refused);
    assert_eq!(field, Field::Password);
    assert!(!reason.contains("elevenchars"));
    assert_eq!(audit_trail(&test.database.database).await.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_new_password_ends_sessions_and_opens_a_throttled_account(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = Actor::CommandLine;
    add(&test, &actor, tenant, "ana@example.com", &[]).await.unwrap();
    let sign_in = |password: &str| {
        let password = SecretString::from(password);
        let service = test.service.clone();
        async move {
            service
                .sign_in("ana@example.com", &password, None, SessionCookies::default())
                .await
        }
    };
    let session = sign_in(PASSWORD).await.unwrap();
    for _ in 0..10 {
        assert!(matches!(sign_in("wrong").await, Err(SignInError::Wrong)));
    }
    assert!(matches!(sign_in(PASSWORD).await, Err(SignInError::Throttled { .. })));

    let email = Email::parse("Ana@example.com").unwrap();
    let new = test.service.generate_password();
    test.service.reset_password(&actor, &email, &new).await.unwrap();
    let ended = test.service.actor_of(session.expose_secret(), None).await.unwrap();
    assert_eq!(ended, None);
    assert!(matches!(sign_in(PASSWORD).await, Err(SignInError::Wrong)));
    assert!(sign_in(new.expose_secret()).await.is_ok());
    let trail = audit_trail(&test.database.database).await;
    assert!(trail.iter().any(|event| event.0 == "user.reset_password"));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_meanwhile_gets_no_password(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = Actor::CommandLine;
    add(&test, &actor, tenant, "bo@example.com", &["Tenant Administrator"])
        .await
        .unwrap();
    let ana = add(&test, &actor, tenant, "ana@example.com", &[]).await.unwrap();
    let (email, password) = (Email::parse("ana@example.com").unwrap(), PASSWORD.into());
    let (reset, removed) = tokio::join!(
        test.service.reset_password(&actor, &email, &password),
        test.service.remove_user(&actor, tenant, ana, None),
    );
    removed.unwrap();
    assert!(matches!(reset, Ok(()) | Err(ServiceError::Invalid(_))), "{reset:?}");
    let trail = audit_trail(&test.database.database).await;
    assert_eq!(trail.last().unwrap().0, "user.remove", "{trail:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_reset_is_refused(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    add(&test, &Actor::CommandLine, tenant, "ana@example.com", &[])
        .await
        .unwrap();
    let reset = async |actor: Actor, email: &str, password: &str| {
        let email = Email::parse(email).unwrap();
        test.service.reset_password(&actor, &email, &password.into()).await
    };
    let forbidden = reset(administrator(tenant), "ana@example.com", "another password").await;
    assert!(matches!(forbidden, Err(ServiceError::Forbidden)));
    let unknown = reset(Actor::CommandLine, "bo@example.com", "another password").await;
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "E-mail bo@example.com belongs to nobody here."
    );
    let short = reset(Actor::CommandLine, "ana@example.com", "short").await;
    assert!(matches!(short, Err(ServiceError::Invalid(_))));
    assert!(signed_in(&test, "ana@example.com", PASSWORD).await.is_some());
}

#[tokio::test]
async fn a_generated_password_is_good_enough() {
    let test = service(Engine::Sqlite).await;
    let password = test.service.generate_password();
    assert_eq!(password.expose_secret().len(), 24);
    assert!(check_password(password.expose_secret()).is_ok());
    assert_ne!(
        password.expose_secret(),
        test.service.generate_password().expose_secret()
    );
}
