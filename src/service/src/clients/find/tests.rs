use domain::client_extras::{ClientExtras, Tag};
use rstest::rstest;
use store::testing::Engine;

use super::*;
use crate::clients::fixtures::{added, administrator, form, form_of, member, mill, other_tenant};

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_program_finds_the_clients_of_its_tenant_alone(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let (service, actor, kind) = (&test.service, member(tenant), ClientKind::ClientCredentials);
    let mut valve = form("Valve");
    valve.client.extras.tags = Some(vec![" north ".to_owned()]);
    let valve = service
        .add_client(&Actor::CommandLine, tenant, &valve)
        .await
        .unwrap()
        .id;
    let pump = added(&test, tenant, kind, "Pump").await.id;
    let foreign = added(&test, other, kind, "Pump").await.id;

    let ids = async |search: &Search| {
        let found = service.find_clients(&actor, tenant, kind, search, None).await.unwrap();
        let ids: Vec<ClientId> = found.rows.iter().map(|row| row.id).collect();
        (ids, found.total, found.missing)
    };
    assert_eq!(ids(&Search::default()).await, (vec![pump, valve], 2, vec![]));
    let north = Search {
        tags: vec![Tag::parse("north").unwrap()],
        ..Search::default()
    };
    assert_eq!(ids(&north).await, (vec![valve], 1, vec![]));
    let two = Search {
        ids: vec![foreign.0, valve.0],
        ..Search::default()
    };
    assert_eq!(ids(&two).await, (vec![valve], 1, vec![foreign.0]));
    let refused = service
        .find_clients(&actor, other, kind, &Search::default(), None)
        .await;
    assert!(matches!(refused, Err(ServiceError::Forbidden)));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_is_seen_as_what_it_is_by_its_tenant(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let view = async |actor: Actor, tenant, kind, id| test.service.client_view(&actor, tenant, kind, id).await;
    for kind in ClientKind::ALL {
        let id = added(&test, tenant, kind, "Shop").await.id;
        let seen = view(member(tenant), tenant, kind, id).await.unwrap();
        let sent = form_of(kind, "Shop").client;
        assert_eq!((seen.id, seen.kind, seen.name.as_str()), (id, kind, "Shop"));
        assert_eq!(
            (seen.enabled, seen.token_lifetime.seconds(), seen.version),
            (true, 900, 1)
        );
        assert_eq!(seen.roles.len(), usize::from(kind.has_roles()));
        assert_eq!(seen.sign_in.redirect_urls, sent.redirect_urls);
        assert_eq!(seen.sign_in.cors_origins.is_empty(), !kind.has_cors_origins());
        for another in ClientKind::ALL.into_iter().filter(|another| *another != kind) {
            let none = view(member(tenant), tenant, another, id).await;
            assert!(matches!(none, Err(ServiceError::NotFound)), "{none:?}");
        }
        let foreign = view(member(other), other, kind, id).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        let refused = view(member(other), tenant, kind, id).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn all_clients_are_for_an_administrator_of_their_tenant(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let other = other_tenant(&test).await;
    let kind = ClientKind::ClientCredentials;
    let (pump, valve) = (
        added(&test, tenant, kind, "Pump").await,
        added(&test, tenant, kind, "Valve").await,
    );
    let all = async |actor: &Actor| test.service.all_clients(actor, tenant, kind).await;
    let ids: Vec<ClientId> = all(&administrator(tenant))
        .await
        .unwrap()
        .iter()
        .map(|client| client.id)
        .collect();
    assert_eq!(ids, [pump.id, valve.id]);
    for actor in [member(tenant), administrator(other)] {
        let refused = all(&actor).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_that_is_added_is_answered_as_it_is_seen_from_then_on(#[case] engine: Engine) {
    let (test, tenant) = mill(engine).await;
    let (service, actor) = (&test.service, administrator(tenant));
    let roles = service.offered_roles(&actor, tenant).await.unwrap();
    let text = |text: &str| Some(text.to_owned());
    for kind in ClientKind::ALL {
        for extras in [
            ClientExtras::default(),
            ClientExtras {
                enabled: Some(false),
                tags: Some(vec![
                    "é".to_owned(),
                    "north".to_owned(),
                    "Z".to_owned(),
                    "north".to_owned(),
                ]),
                client_uri: text("https://app.example.com"),
                logo_uri: text("https://app.example.com/logo.png"),
                allow_access_tokens_via_browser: Some(true),
                names_all_roles: false,
            },
        ] {
            let mut form = form_of(kind, " Shop ");
            form.client.roles = roles.iter().rev().map(|role| role.id).collect();
            form.client.extras = extras;
            let (created, answered) = service.add_and_view_client(&actor, tenant, &form).await.unwrap();
            let seen = service.client_view(&actor, tenant, kind, created.id).await;
            assert_eq!(answered, seen.unwrap());
        }
    }
}
