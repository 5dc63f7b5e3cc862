use chrono::Duration;
use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::field::Field;
use domain::list::ClientQuery;
use domain::role::{RoleId, RoleType};
use domain::secret::SecretExpiry;
use identity::client_secret::SecretHash;
use rstest::rstest;
use store::clients::testing::{counted, rows, secret_hashes, set_counted};
use store::testing::{Engine, audit_trail, holds_text};

use super::*;
use crate::clients::fixtures::{
    ADDRESS_LISTS, added, administrator, details, form, form_of, full, member, mill, other_tenant, with_addresses,
};
use crate::testing::TestService;
use crate::users::fixtures::errors;

/// The events about clients.
async fn client_events(test: &TestService) -> Vec<(String, String, Option<String>)> {
    let mut events = audit_trail(&test.database.database).await;
    events.retain(|(action, _, _)| action.starts_with("client."));
    events
}

/// Nothing of a client is stored, nor counted.
async fn assert_nothing_stored(test: &TestService, tenant: TenantId) {
    let database = &test.database.database;
    assert_eq!(rows(database).await, (0, 0, 0, 0));
    assert_eq!(counted(database, tenant).await, 0);
    assert_eq!(client_events(test).await, []);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_administrator_adds_a_client(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = administrator(tenant);
    let roles = test.service.offered_roles(&actor, tenant).await.unwrap();
    let mut form = form("  Pump station 7 ");
    form.client.roles = vec![roles[4].id, roles[2].id, roles[4].id];
    form.secret.never_expires = true;
    let created = test.service.add_client(&actor, tenant, &form).await.unwrap();
    assert_eq!(created.name, "Pump station 7");
    assert!(created.secret.unwrap().0.starts_with("cls_"));

    let page = test
        .service
        .list_clients(&actor, tenant, &ClientQuery::default())
        .await
        .unwrap();
    assert_eq!(page.total, 1);
    assert_eq!(page.rows[0].id, created.id);
    assert_eq!(
        page.rows[0].roles,
        ["Tenant Member", "Tenant Contributor", "Tenant Viewer"]
    );
    assert_eq!(
        (page.rows[0].secrets, page.rows[0].soonest_expiry),
        (1, Some(SecretExpiry::Never))
    );
    assert_eq!(
        client_events(&test).await,
        [(
            "client.add".to_owned(),
            "Ada".to_owned(),
            Some("Pump station 7".to_owned())
        )]
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn every_client_is_a_tenant_member_once(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let actor = Actor::CommandLine;
    let roles = test.service.offered_roles(&actor, tenant).await.unwrap();
    for chosen in [vec![], vec![roles[0].id], vec![roles[0].id, roles[0].id]] {
        let mut form = form("Pump");
        form.client.roles = chosen;
        let created = test.service.add_client(&actor, tenant, &form).await.unwrap();
        let details = test.service.client_details(&actor, tenant, created.id).await.unwrap();
        assert_eq!(details.roles, roles[..1]);
        assert_eq!(details.created.by, "command line");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_the_hash_of_a_secret_is_stored(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let created = test
        .service
        .add_client(&Actor::CommandLine, tenant, &form("Pump station 7"))
        .await
        .unwrap();
    let text = created.secret.unwrap().0;
    let hash = SecretHash::of(&text.as_str().into());
    assert_eq!(secret_hashes(&test.database.database).await, [hash.as_bytes()]);
    // The search finds what is there: the client's name.
    assert!(holds_text(&test.database, "Pump station 7").await);
    assert!(!holds_text(&test.database, &text).await);
    assert!(!holds_text(&test.database, &text["cls_".len()..]).await);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_an_administrator_of_the_tenant_adds(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    for actor in [member(tenant), administrator(other), member(other)] {
        let refused = test.service.add_client(&actor, tenant, &form("Pump")).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{actor:?}");
    }
    let nobody = TenantId(uuid::Uuid::from_u128(999));
    let refused = test
        .service
        .add_client(&Actor::CommandLine, nobody, &form("Pump"))
        .await;
    assert!(matches!(refused, Err(ServiceError::NotFound)));
    assert_nothing_stored(&test, tenant).await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn wrong_fields_are_refused_in_the_words_of_the_form(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let with = |change: &dyn Fn(&mut AddClientForm)| {
        let mut form = form("Pump");
        change(&mut form);
        form
    };
    for wrong in [
        AddClientForm::default(),
        form(" "),
        form(&"x".repeat(129)),
        form("pump\u{202e}7"),
        with(&|form| form.client.token_lifetime = "59".to_owned()),
        with(&|form| {
            form.client.token_lifetime = "3601".to_owned();
            form.secret.description = "x".repeat(129);
        }),
        with(&|form| form.secret.expiration = "2027-02-29T10:30:00Z".to_owned()),
        AddClientForm {
            client: ClientForm {
                redirect_urls: vec!["http://app.example.com".to_owned()],
                ..form_of(ClientKind::Hybrid, "Portal").client
            },
            ..form_of(ClientKind::Hybrid, "Portal")
        },
    ] {
        let expected = wrong.check().unwrap_err();
        let refused = test.service.add_client(&administrator(tenant), tenant, &wrong).await;
        assert!(
            matches!(&refused, Err(ServiceError::Invalid(errors)) if *errors == expected),
            "{wrong:?}: {refused:?}"
        );
    }
    assert_nothing_stored(&test, tenant).await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_eleventh_address_of_a_list_is_refused(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let add = async |list, count| {
        let form = AddClientForm {
            client: with_addresses(list, count),
            ..form_of(ClientKind::AuthorizationCode, "Shop")
        };
        test.service.add_client(&administrator(tenant), tenant, &form).await
    };
    for list in ADDRESS_LISTS {
        assert_eq!(errors(add(list, 11).await), [full(list)]);
    }
    assert_nothing_stored(&test, tenant).await;
    for list in ADDRESS_LISTS {
        add(list, 10).await.unwrap();
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_secret_must_end_after_the_servers_time(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    test.clock.advance(Duration::days(365));
    let refused = test
        .service
        .add_client(&administrator(tenant), tenant, &form("Pump"))
        .await;
    let Err(ServiceError::Invalid(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].field, Field::ExpirationDate);
    assert!(errors[0].message.contains("2027-11-21T10:30:00Z"), "{}", errors[0]);
    assert_nothing_stored(&test, tenant).await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_role_must_be_one_of_the_tenant(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let foreign = test.service.offered_roles(&Actor::CommandLine, other).await.unwrap();
    for role in [foreign[4].id, foreign[0].id, RoleId(RoleType::TenantViewer.id())] {
        let mut form = form("Pump");
        form.client.roles = vec![role];
        let refused = test.service.add_client(&administrator(tenant), tenant, &form).await;
        assert!(
            matches!(&refused, Err(ServiceError::Invalid(errors)) if errors[0].field == Field::Roles),
            "{refused:?}"
        );
    }
    assert_nothing_stored(&test, tenant).await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn of_two_that_add_the_last_client_one_is_refused(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let database = &test.database.database;
    set_counted(database, tenant, MAX_CLIENTS - 1).await;
    let add = |name: &'static str| {
        let service = test.service.clone();
        tokio::spawn(async move { service.add_client(&administrator(tenant), tenant, &form(name)).await })
    };
    let (one, two) = (add("Pump"), add("Valve"));
    let results = [one.await.unwrap(), two.await.unwrap()];

    let added = results.iter().filter(|result| result.is_ok()).count();
    let refused = results
        .iter()
        .filter(|result| matches!(result, Err(ServiceError::Refused(refusal)) if refusal.reason.contains("50,000")))
        .count();
    assert_eq!((added, refused), (1, 1), "{results:?}");
    assert_eq!(counted(database, tenant).await, MAX_CLIENTS);
    assert_eq!(rows(database).await, (1, 1, 1, 1));
    assert_eq!(client_events(&test).await.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_name_may_be_used_twice_but_is_known(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let in_use = async |actor: Actor, tenant| {
        let name = ClientName::parse("PUMP").unwrap();
        test.service.client_name_in_use(&actor, tenant, &name).await
    };
    assert!(!in_use(member(tenant), tenant).await.unwrap());
    for _ in 0..2 {
        test.service
            .add_client(&administrator(tenant), tenant, &form("Pump"))
            .await
            .unwrap();
    }
    assert!(in_use(member(tenant), tenant).await.unwrap());
    assert!(!in_use(member(other), other).await.unwrap());
    assert!(matches!(
        in_use(member(other), tenant).await,
        Err(ServiceError::Forbidden)
    ));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_signs_people_in_has_its_addresses(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let created = added(&test, tenant, ClientKind::AuthorizationCode, "Shop").await;
    assert_eq!(created.secret, None);
    let shop = details(&test, tenant, created.id).await;
    assert!(shop.secrets.is_empty() && shop.roles.is_empty() && shop.sign_in.allow_refresh_token);
    assert_eq!(shop.sign_in.redirect_urls, ["https://app.example.com/callback"]);
    assert_eq!(
        shop.sign_in.logout_redirect_urls,
        ["https://app.example.com/signed-out"]
    );
    assert_eq!(shop.sign_in.cors_origins, ["https://app.example.com"]);

    let created = added(&test, tenant, ClientKind::Hybrid, "Portal").await;
    assert!(created.secret.is_some());
    let portal = details(&test, tenant, created.id).await;
    assert_eq!((portal.secrets.len(), portal.roles.len()), (1, 0));
    assert_eq!(portal.sign_in.redirect_urls, ["https://app.example.com/callback"]);
    assert!(portal.sign_in.cors_origins.is_empty());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn clients_of_all_kinds_count_together(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    set_counted(&test.database.database, tenant, MAX_CLIENTS - 1).await;
    added(&test, tenant, ClientKind::Hybrid, "Portal").await;
    for kind in ClientKind::ALL {
        let form = form_of(kind, "One too many");
        let refused = test.service.add_client(&administrator(tenant), tenant, &form).await;
        assert!(matches!(refused, Err(ServiceError::Refused(refusal)) if refusal.reason.contains("50,000")));
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_program_chooses_an_id_that_nobody_has_or_had(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, ada) = (&test.service, administrator(tenant));
    let with = |id: ClientId| AddClientForm {
        id: Some(id),
        ..form("Pump")
    };
    let chosen = ClientId(uuid::Uuid::from_u128(7));
    let created = service.add_client(&ada, tenant, &with(chosen)).await.unwrap();
    assert_eq!(created.id, chosen);
    let secret = created.secret_row.unwrap();
    assert_eq!((secret.id.0, secret.description.as_str()), (1, "gateway"));
    assert_eq!(details(&test, tenant, chosen).await.secrets, [secret]);

    let Actor::User(person) = &ada else {
        unreachable!("Ada is a person")
    };
    let other = other_tenant(&test).await;
    let removed = added(&test, other, ClientKind::Hybrid, "Portal").await.id;
    service
        .remove_client(&administrator(other), other, removed, None)
        .await
        .unwrap();
    for taken in [chosen.0, person.id.0, removed.0] {
        let refused = service.add_client(&ada, tenant, &with(ClientId(taken))).await;
        assert!(
            matches!(refused, Err(ServiceError::Taken(id)) if id == taken),
            "{refused:?}"
        );
    }
    assert_eq!(counted(&test.database.database, tenant).await, 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn what_only_programs_set_is_there_from_the_start(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, ada, kind) = (&test.service, administrator(tenant), ClientKind::Hybrid);
    let mut form = form_of(kind, "Portal");
    form.client.extras.enabled = Some(false);
    form.client.extras.tags = Some(vec!["b".to_owned(), "a".to_owned()]);
    form.client.extras.allow_access_tokens_via_browser = Some(true);
    let id = service.add_client(&ada, tenant, &form).await.unwrap().id;
    let seen = service.client_view(&ada, tenant, kind, id).await.unwrap();
    assert_eq!(seen.tags, ["a", "b"]);
    assert!(!seen.enabled && seen.allow_access_tokens_via_browser);
    assert_eq!((seen.client_uri.as_str(), seen.logo_uri.as_str()), ("", ""));
}
