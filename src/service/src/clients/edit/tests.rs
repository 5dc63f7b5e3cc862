use domain::client::ClientKind;
use domain::client_extras::ClientExtras;
use domain::clock::Clock;
use domain::field::Field;
use domain::role::{RoleId, RoleType};
use domain::view::{ClientView, SignInDetails};
use rstest::rstest;
use store::testing::{Engine, contents};

use super::*;
use crate::clients::fixtures::{
    ADDRESS_LISTS, added, administrator, details, events, form_of, full, gets_token, member, mill, other_tenant,
    with_addresses,
};
use crate::testing::TestService;
use crate::users::fixtures::errors;

/// Other values in every field that a client of this kind has.
fn changed(kind: ClientKind) -> ClientForm {
    let urls = |paths: &[&str]| {
        paths
            .iter()
            .map(|path| format!("https://new.example.com/{path}"))
            .collect()
    };
    ClientForm {
        name: " New name ".to_owned(),
        token_lifetime: "60".to_owned(),
        allow_refresh_token: false,
        redirect_urls: urls(&["b", "a"]),
        logout_redirect_urls: Vec::new(),
        cors_origins: urls(&[""]),
        ..form_of(kind, "").client
    }
}

async fn edit(test: &TestService, tenant: TenantId, id: ClientId, version: i64) -> Result<(), ServiceError> {
    let form = changed(ClientKind::ClientCredentials);
    let actor = administrator(tenant);
    test.service.edit_client(&actor, tenant, id, version, &form).await
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn every_field_changes(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    for kind in ClientKind::ALL {
        let created = added(&test, tenant, kind, "Old name").await;
        test.clock.advance(chrono::Duration::hours(1));
        let mut form = changed(kind);
        let offered = test.service.offered_roles(&Actor::CommandLine, tenant).await.unwrap();
        form.roles = vec![offered[4].id];
        let actor = administrator(tenant);
        test.service
            .edit_client(&actor, tenant, created.id, 1, &form)
            .await
            .unwrap();

        let client = details(&test, tenant, created.id).await;
        assert_eq!(
            (client.name.as_str(), client.token_lifetime.seconds()),
            ("New name", 60)
        );
        assert_eq!(
            (client.changed.by.as_str(), client.changed.at),
            ("Ada", test.clock.now())
        );
        assert!(client.created.at < client.changed.at);
        assert_eq!(
            (client.kind, client.version, client.secrets.len()),
            (kind, 2, usize::from(kind.has_secrets()))
        );
        let roles: Vec<_> = client.roles.iter().map(|role| role.name.as_str()).collect();
        if kind.has_roles() {
            assert_eq!(roles, ["Tenant Member", "Tenant Viewer"]);
        } else {
            assert!(roles.is_empty());
            assert!(!client.sign_in.allow_refresh_token);
            assert_eq!(
                client.sign_in.redirect_urls,
                ["https://new.example.com/b", "https://new.example.com/a"]
            );
            assert!(client.sign_in.logout_redirect_urls.is_empty());
        }
        let origins = client.sign_in.cors_origins;
        assert_eq!(origins.len(), usize::from(kind.has_cors_origins()), "{origins:?}");
    }
    assert_eq!(events(&test, "client.edit").await, ["client.edit by Ada: New name"; 3]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_edits(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let before = contents(&test.database.database).await;
    let form = changed(ClientKind::ClientCredentials);
    for actor in [member(tenant), administrator(other)] {
        let refused = test.service.edit_client(&actor, tenant, id, 1, &form).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }
    let foreign = test
        .service
        .edit_client(&administrator(other), other, id, 1, &form)
        .await;
    assert!(matches!(foreign, Err(ServiceError::NotFound)));
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn wrong_fields_change_nothing(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let kind = ClientKind::AuthorizationCode;
    let id = added(&test, tenant, kind, "Shop").await.id;
    let before = contents(&test.database.database).await;
    let wrong = ClientForm {
        name: "x".repeat(129),
        token_lifetime: "59".to_owned(),
        redirect_urls: vec!["http://app.example.com".to_owned()],
        cors_origins: vec!["https://app.example.com/path".to_owned()],
        ..ClientForm::default()
    };
    let refused = test
        .service
        .edit_client(&administrator(tenant), tenant, id, 1, &wrong)
        .await;
    let expected = wrong.check(kind).unwrap_err();
    assert_eq!(expected.len(), 4);
    assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors == expected));
    assert_eq!(contents(&test.database.database).await, before);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_eleventh_address_of_a_list_is_refused(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = added(&test, tenant, ClientKind::AuthorizationCode, "Shop").await.id;
    let before = contents(&test.database.database).await;
    let save = async |version, list, count| {
        let form = with_addresses(list, count);
        test.service
            .edit_client(&administrator(tenant), tenant, id, version, &form)
            .await
    };
    for list in ADDRESS_LISTS {
        assert_eq!(errors(save(1, list, 11).await), [full(list)]);
    }
    assert_eq!(contents(&test.database.database).await, before);
    for (version, list) in (1..).zip(ADDRESS_LISTS) {
        save(version, list, 10).await.unwrap();
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_must_be_one_of_the_tenant(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let foreign = test.service.offered_roles(&Actor::CommandLine, other).await.unwrap();
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    for role in [foreign[4].id, RoleId(RoleType::TenantViewer.id())] {
        let form = ClientForm {
            roles: vec![role],
            ..changed(ClientKind::ClientCredentials)
        };
        let refused = test
            .service
            .edit_client(&administrator(tenant), tenant, id, 1, &form)
            .await;
        assert!(matches!(refused, Err(ServiceError::Invalid(errors)) if errors[0].field == Field::Roles));
    }
    assert_eq!(details(&test, tenant, id).await.name, "Pump");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_saves_the_second_is_a_conflict(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let save = |name: &str| {
        let service = test.service.clone();
        let form = ClientForm {
            name: name.to_owned(),
            ..changed(ClientKind::ClientCredentials)
        };
        tokio::spawn(async move { service.edit_client(&administrator(tenant), tenant, id, 1, &form).await })
    };
    let (one, two) = (save("One"), save("Two"));
    let results = [one.await.unwrap(), two.await.unwrap()];
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert!(
        results
            .iter()
            .any(|result| matches!(result, Err(ServiceError::Conflict))),
        "{results:?}"
    );
    let name = details(&test, tenant, id).await.name;
    assert_eq!(name, if results[0].is_ok() { "One" } else { "Two" });

    let before = contents(&test.database.database).await;
    assert!(matches!(edit(&test, tenant, id, 1).await, Err(ServiceError::Conflict)));
    assert_eq!(contents(&test.database.database).await, before);
    edit(&test, tenant, id, 2).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_save_against_a_remove_leaves_no_half_client(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    test.service.ensure_keys().await.unwrap();
    for _ in 0..5 {
        let created = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await;
        let (service, id) = (test.service.clone(), created.id);
        let removal =
            tokio::spawn(async move { service.remove_client(&administrator(tenant), tenant, id, None).await });
        let saved = edit(&test, tenant, id, 1).await;
        assert!(matches!(saved, Ok(()) | Err(ServiceError::NotFound)), "{saved:?}");
        removal.await.unwrap().unwrap();
        assert!(!gets_token(&test, id, &created.secret.unwrap().0).await);
    }
    let rows = store::clients::testing::rows(&test.database.database).await;
    assert_eq!((rows.1, rows.2, rows.3), (0, 0, 0), "clients, roles, secrets");
    assert_eq!(
        store::clients::testing::counted(&test.database.database, tenant).await,
        0
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn addresses_are_kept_byte_for_byte_and_each_save_replaces_them(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let kind = ClientKind::AuthorizationCode;
    let id = added(&test, tenant, kind, "Shop").await.id;
    let before = details(&test, tenant, id).await.sign_in;
    let expected = SignInDetails {
        allow_refresh_token: true,
        redirect_urls: texts(&[
            "HTTPS://B.example.com/%7Ecb?x",
            "com.example.app:/cb",
            "https://a.example.com",
        ]),
        logout_redirect_urls: texts(&["https://b.example.com/bye", "https://a.example.com"]),
        cors_origins: texts(&["https://b.example.com", "http://localhost:3000"]),
    };
    let form = ClientForm {
        redirect_urls: expected.redirect_urls.clone(),
        logout_redirect_urls: expected.logout_redirect_urls.clone(),
        cors_origins: expected.cors_origins.clone(),
        ..form_of(kind, "Shop").client
    };
    for (version, form, expected) in [(1, form, expected), (2, form_of(kind, "Shop").client, before)] {
        let saved = test
            .service
            .edit_client(&administrator(tenant), tenant, id, version, &form)
            .await;
        saved.unwrap();
        assert_eq!(details(&test, tenant, id).await.sign_in, expected);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_is_not_there_is_not_saved(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let unknown = edit(&test, tenant, ClientId(uuid::Uuid::from_u128(999)), 1).await;
    assert!(matches!(unknown, Err(ServiceError::NotFound)), "{unknown:?}");
    let id = added(&test, tenant, ClientKind::ClientCredentials, "Pump").await.id;
    let newer = edit(&test, tenant, id, 2).await;
    assert!(matches!(newer, Err(ServiceError::Conflict)), "{newer:?}");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_only_programs_set_changes_in_the_same_save_and_stays_in_those_of_the_page(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, ada, kind) = (&test.service, administrator(tenant), ClientKind::Hybrid);
    let id = added(&test, tenant, kind, "Portal").await.id;
    let page = form_of(kind, "Portal").client;
    let save = async |version, extras: ClientExtras| {
        let form = ClientForm { extras, ..page.clone() };
        service.edit_client(&ada, tenant, id, version, &form).await.unwrap();
        service.client_view(&ada, tenant, kind, id).await.unwrap()
    };
    let extras = ClientExtras {
        enabled: Some(false),
        tags: Some(vec!["north".to_owned()]),
        client_uri: Some("https://app.example.com".to_owned()),
        logo_uri: Some("https://app.example.com/logo".to_owned()),
        allow_access_tokens_via_browser: Some(true),
        names_all_roles: false,
    };
    let seen = save(1, extras.clone()).await;
    assert_eq!(
        (seen.version, seen.enabled, &seen.tags),
        (2, false, &vec!["north".to_owned()])
    );
    assert_eq!(seen.client_uri, "https://app.example.com");
    assert_eq!(seen.logo_uri, "https://app.example.com/logo");
    assert!(seen.allow_access_tokens_via_browser);
    let later = save(2, ClientExtras::default()).await;
    assert_eq!(ClientView { version: 2, ..later }, seen);

    save(3, extras).await;
    let none = ClientExtras {
        enabled: Some(true),
        tags: Some(Vec::new()),
        ..ClientExtras::default()
    };
    let seen = save(4, none).await;
    assert!(seen.enabled && seen.tags.is_empty());
    assert_eq!(events(&test, "client.disable").await, ["client.disable by Ada: Portal"]);
    assert_eq!(events(&test, "client.enable").await, ["client.enable by Ada: Portal"]);
    assert_eq!(events(&test, "client.edit").await.len(), 4);
}
