//! Whom a token speaks for, and what they may do with it.

use domain::client::ClientKind;
use domain::identity_list::{Identity, IdentityChanges};
use domain::role::RoleType;
use domain::role_form::RoleForm;
use domain::view::Created;
use identity::token_request::TokenRequest;
use rstest::rstest;
use store::testing::{Engine, disable};

use super::*;
use crate::authorize::fixtures::{ANA, Application, application};
use crate::clients::fixtures::{added, events};
use crate::users::fixtures::Mill;

/// The token that a client gets for itself.
async fn token_of(mill: &Mill, client: &Created) -> SecretString {
    let secret = &client.secret.as_ref().unwrap().0;
    let body = format!(
        "grant_type=client_credentials&client_id={}&client_secret={secret}",
        client.id
    );
    let form = Some("application/x-www-form-urlencoded");
    let request = TokenRequest::read(None, form, body.as_bytes()).unwrap();
    let issued = mill.service.issue_token(&request, [192, 0, 2, 1].into()).await;
    issued.unwrap().access_token.0
}

fn role(name: &str) -> RoleForm {
    RoleForm {
        name: name.to_owned(),
        ..RoleForm::default()
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_may_what_its_roles_allow_now(#[case] engine: Engine) {
    let mill = Mill::new(engine).await;
    let (service, tenant) = (&mill.service, mill.tenant);
    service.ensure_keys().await.unwrap();
    let pump = added(&mill.test, tenant, ClientKind::ClientCredentials, "Pump").await;
    let token = token_of(&mill, &pump).await;
    let caller = async || service.caller(&token, None).await.unwrap();
    let administrator = mill.role(RoleType::TenantAdministrator).await;
    let identity = vec![Identity::Client(pump.id)];
    let (give, take) = (
        IdentityChanges {
            give: identity.clone(),
            take: Vec::new(),
        },
        IdentityChanges {
            give: Vec::new(),
            take: identity,
        },
    );

    let member = caller().await.unwrap();
    assert!(member.require_member(tenant).is_ok());
    let refused = service.add_role(&member, tenant, None, &role("First")).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");

    let changed = service
        .change_identities(&mill.actor, tenant, administrator, &give)
        .await;
    changed.unwrap();
    let actor = caller().await.unwrap();
    service.add_role(&actor, tenant, None, &role("First")).await.unwrap();
    assert_eq!(events(&mill.test, "role.add").await, ["role.add by Pump: First"]);

    let changed = service
        .change_identities(&mill.actor, tenant, administrator, &take)
        .await;
    changed.unwrap();
    // Even in the middle of a request that began with the role.
    let refused = service.add_role(&actor, tenant, None, &role("Second")).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    let refused = service.rotate_keys(&actor, crate::keys::Rotation::default()).await;
    assert!(
        matches!(refused, Err(ServiceError::Forbidden)),
        "what is the operator's"
    );

    disable(&mill.test.database.database, pump.id.0).await;
    assert_eq!(caller().await, None);
}

/// The token that an application gets for Ana with these scopes.
async fn with_scopes(app: &Application, scopes: &str) -> SecretString {
    let code = app.code(&[("scope", scopes)]).await;
    app.redeem(&code, &[]).await.unwrap().access_token.0
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_application_speaks_for_its_person_while_both_are_enabled(#[case] engine: Engine) {
    for disabled in ["person", "client"] {
        let app = application(engine, ClientKind::AuthorizationCode).await;
        let (service, token) = (&app.test.service, with_scopes(&app, "openid ocsapi").await);
        match service.caller(&token, None).await.unwrap() {
            Some(Actor::User(user)) => {
                assert_eq!(
                    (user.id, user.email.as_str(), user.tenant_id),
                    (app.ana, ANA, app.tenant)
                );
                assert!(!user.administrator);
            }
            other => panic!("{other:?}"),
        }
        let id = if disabled == "person" { app.ana.0 } else { app.client.0 };
        disable(&app.test.database.database, id).await;
        assert_eq!(service.caller(&token, None).await.unwrap(), None, "{disabled}");
    }
}

#[tokio::test]
async fn only_an_access_token_for_the_api_is_one() {
    let app = application(Engine::Sqlite, ClientKind::AuthorizationCode).await;
    let service = &app.test.service;
    let code = app.code(&[("scope", "openid ocsapi")]).await;
    let response = app.redeem(&code, &[]).await.unwrap();
    let id_token = response.id_token.unwrap().0;
    for token in [with_scopes(&app, "openid").await, id_token, "nonsense".into()] {
        assert_eq!(service.caller(&token, None).await.unwrap(), None);
    }
    let token = response.access_token.0;
    assert!(service.caller(&token, None).await.unwrap().is_some());
    app.test.clock.advance(chrono::Duration::seconds(900));
    assert_eq!(service.caller(&token, None).await.unwrap(), None);
}
