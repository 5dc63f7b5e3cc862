use chrono::Duration;
use domain::field::Field;
use domain::list::ClientQuery;
use domain::secret::SecretExpiry;
use identity::client_secret::SecretHash;
use rstest::rstest;
use store::clients::testing::{counted, rows, secret_hashes, set_counted};
use store::testing::{Engine, audit_trail, holds_text};

use super::*;
use crate::clients::fixtures::{administrator, form, member, mill, other_tenant};
use crate::testing::TestService;

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
    let roles = test.service.roles_for_clients(&actor, tenant).await.unwrap();
    let form = AddClientForm {
        roles: vec![roles[4].id, roles[2].id, roles[4].id],
        never_expires: true,
        ..form("  Pump station 7 ")
    };
    let created = test.service.add_client(&actor, tenant, &form).await.unwrap();
    assert_eq!(created.name, "Pump station 7");
    assert!(created.secret.0.starts_with("cls_"));

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
    let roles = test.service.roles_for_clients(&actor, tenant).await.unwrap();
    for chosen in [vec![], vec![roles[0].id], vec![roles[0].id, roles[0].id]] {
        let form = AddClientForm {
            roles: chosen,
            ..form("Pump")
        };
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
    let text = created.secret.0;
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
    let right = form("Pump");
    for wrong in [
        AddClientForm::default(),
        form(" "),
        form(&"x".repeat(129)),
        form("pump\u{202e}7"),
        AddClientForm {
            token_lifetime: "59".to_owned(),
            ..right.clone()
        },
        AddClientForm {
            token_lifetime: "3601".to_owned(),
            description: "x".repeat(129),
            ..right.clone()
        },
        AddClientForm {
            expiration: "2027-02-29T10:30:00Z".to_owned(),
            ..right.clone()
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
    let foreign = test
        .service
        .roles_for_clients(&Actor::CommandLine, other)
        .await
        .unwrap();
    for role in [foreign[4].id, foreign[0].id, RoleId(RoleType::TenantViewer.id())] {
        let form = AddClientForm {
            roles: vec![role],
            ..form("Pump")
        };
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
        .filter(|result| matches!(result, Err(ServiceError::Limit(sentence)) if sentence.contains("50,000")))
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
