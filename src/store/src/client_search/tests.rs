use domain::client_extras::{ExtraSettings, PageUri};
use domain::client_form::{ClientSettings, SignInSettings};
use domain::cors_origin::CorsOrigin;
use domain::field::Field;
use domain::redirect_uri::RedirectUri;
use rstest::rstest;

use super::*;
use crate::clients::fixtures::{self, now, uuid};
use crate::clients::{self, NewClient};
use crate::testing::{Engine, database};
use crate::{client_tags, roles};

const KIND: ClientKind = ClientKind::ClientCredentials;

fn tags(texts: &[&str]) -> Vec<Tag> {
    texts.iter().map(|text| Tag::parse(text).unwrap()).collect()
}

async fn tag(database: &Database, tenant: TenantId, client: ClientId, texts: &[&str]) {
    let mut tx = database.begin().await.unwrap();
    client_tags::replace(&mut tx, tenant, client, &tags(texts))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The numbers of those found, how many match, and the numbers of those missing.
async fn found(
    database: &Database,
    tenant: TenantId,
    search: &Search,
    role: Option<RoleId>,
) -> (Vec<u128>, u64, Vec<u128>) {
    let found = find(database, tenant, KIND, search, role).await.unwrap();
    let rows = found.rows.iter().map(|row| row.id.0.as_u128()).collect();
    (rows, found.total, found.missing.iter().map(Uuid::as_u128).collect())
}

fn query(text: &str) -> Search {
    Search {
        query: text.to_owned(),
        ..Search::default()
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn those_that_match_come_by_name_some_at_a_time(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    for (n, name) in [(12, "Valve"), (11, "pump 100%"), (10, "Éclair")] {
        fixtures::client(database, tenant, n, name).await;
    }
    fixtures::client_of_kind(database, tenant, ClientKind::Hybrid, 13, "Pump").await;
    fixtures::client(database, other, 14, "Pump").await;

    let found = async |search: Search| found(database, tenant, &search, None).await;
    assert_eq!(found(query("")).await, (vec![11, 12, 10], 3, vec![]));
    let some = |text: &str, skip, count| Search {
        skip,
        count,
        ..query(text)
    };
    assert_eq!(found(some("", 1, 1)).await, (vec![12], 3, vec![]));
    assert_eq!(found(some("", 3, 9)).await, (vec![], 3, vec![]));
    assert_eq!(found(some("", 0, 0)).await, (vec![], 3, vec![]));
    assert_eq!(found(some("l", 1, 1)).await, (vec![10], 2, vec![]));
    assert_eq!(found(query("éCL")).await, (vec![10], 1, vec![]));
    assert_eq!(found(query("%")).await, (vec![11], 1, vec![]));
    assert_eq!(found(query("_")).await, (vec![], 0, vec![]));
    assert_eq!(found(query("a\0b")).await, (vec![], 0, vec![]));
    assert_eq!(found(query(&uuid(12).to_string())).await, (vec![12], 1, vec![]));
    let nobody = TenantId(uuid(9));
    assert_eq!(
        super::find(database, nobody, KIND, &query(""), None)
            .await
            .unwrap()
            .total,
        0
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn each_tag_must_be_there_as_it_is_written(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    for (tenant, n, texts) in [
        (tenant, 10, &["north", "pump"][..]),
        (tenant, 11, &["a", "b", "c", "d", "e", "north"][..]),
        (tenant, 12, &["North"][..]),
        (other, 13, &["north"][..]),
    ] {
        let client = fixtures::client(database, tenant, n, "Pump").await;
        tag(database, tenant, client, texts).await;
    }
    let with = async |texts: &[&str]| {
        let search = Search {
            tags: tags(texts),
            ..query("pump")
        };
        found(database, tenant, &search, None).await.0
    };
    assert_eq!(with(&["north"]).await, [10, 11]);
    assert_eq!(with(&["north", "pump", "north"]).await, [10]);
    assert_eq!(with(&["a", "b", "c", "d", "e"]).await, [11]);
    assert_eq!(with(&["a", "pump"]).await, [0_u128; 0]);
    assert_eq!(with(&["North"]).await, [12]);

    tag(database, tenant, ClientId(uuid(10)), &[]).await;
    assert_eq!(with(&["north"]).await, [11]);
    let mut tx = database.begin().await.unwrap();
    clients::delete(&mut tx, ClientId(uuid(11))).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(with(&["north"]).await, [0_u128; 0]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn ids_are_answered_whole_and_the_unknown_ones_named(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    for (n, name) in [(10, "Valve"), (11, "Pump")] {
        fixtures::client(database, tenant, n, name).await;
    }
    fixtures::client_of_kind(database, tenant, ClientKind::Hybrid, 12, "Portal").await;
    fixtures::client(database, other, 13, "Pump").await;
    let search = Search {
        ids: [13, 10, 12, 11, 10].map(uuid).to_vec(),
        tags: tags(&["nowhere"]),
        skip: 5,
        count: 1,
        ..query("nothing")
    };
    let expected = (vec![11, 10], 2, vec![13, 12]);
    assert_eq!(found(database, tenant, &search, None).await, expected);

    let role = roles::list(database, tenant).await.unwrap()[4].id;
    fixtures::give(database, ClientId(uuid(10)), tenant, role).await;
    let expected = (vec![10], 1, vec![13, 12, 11]);
    assert_eq!(found(database, tenant, &search, Some(role)).await, expected);
    let expected = (vec![10], 1, vec![]);
    assert_eq!(found(database, tenant, &query(""), Some(role)).await, expected);
    assert_eq!(
        found(database, other, &query(""), Some(role)).await,
        (vec![], 0, vec![])
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_client_is_seen_with_all_that_its_kind_has(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let uri = |text| RedirectUri::parse(Field::RedirectUrls, text).unwrap();
    let page = |text| PageUri::parse(Field::ClientUri, text).unwrap();
    let settings = ClientSettings {
        sign_in: SignInSettings {
            allow_offline_access: true,
            redirect_uris: vec![uri("https://b.example.com"), uri("https://a.example.com")],
            post_logout_redirect_uris: vec![uri("https://a.example.com/bye")],
            allowed_cors_origins: vec![CorsOrigin::parse("https://a.example.com").unwrap()],
        },
        extras: ExtraSettings {
            enabled: Some(false),
            client_uri: Some(page("https://a.example.com/home")),
            logo_uri: Some(page("https://a.example.com/logo")),
            allow_access_tokens_via_browser: Some(true),
            ..ExtraSettings::default()
        },
        ..fixtures::settings("Portal")
    };
    let id = ClientId(uuid(10));
    let new = NewClient {
        id,
        tenant_id: tenant,
        kind: ClientKind::Hybrid,
        settings: &settings,
        created_at: now(),
        created_by: "Ada",
    };
    let mut tx = database.begin().await.unwrap();
    assert!(clients::insert(&mut tx, &new).await.unwrap());
    client_uris::replace(&mut tx, id, &settings.sign_in).await.unwrap();
    tx.commit().await.unwrap();
    tag(database, tenant, id, &["b", "a"]).await;
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let expected = ClientView {
        id,
        kind: ClientKind::Hybrid,
        name: "Portal".to_owned(),
        enabled: false,
        token_lifetime: TokenLifetime::default(),
        tags: texts(&["a", "b"]),
        roles: Vec::new(),
        sign_in: SignInDetails {
            allow_refresh_token: true,
            redirect_urls: texts(&["https://b.example.com", "https://a.example.com"]),
            logout_redirect_urls: texts(&["https://a.example.com/bye"]),
            cors_origins: texts(&["https://a.example.com"]),
        },
        client_uri: "https://a.example.com/home".to_owned(),
        logo_uri: "https://a.example.com/logo".to_owned(),
        allow_access_tokens_via_browser: true,
        version: 1,
    };
    let seen = async |tenant, kind| view(database, tenant, kind, id).await.unwrap();
    assert_eq!(seen(tenant, ClientKind::Hybrid).await, Some(expected.clone()));
    assert_eq!(seen(tenant, KIND).await, None, "another kind");
    assert_eq!(
        seen(TenantId(uuid(2)), ClientKind::Hybrid).await,
        None,
        "another tenant"
    );

    let mut tx = database.begin().await.unwrap();
    clients::update(&mut tx, id, &fixtures::settings("Portal"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut changed = expected;
    changed.sign_in.allow_refresh_token = false;
    changed.version = 2;
    assert_eq!(
        seen(tenant, ClientKind::Hybrid).await,
        Some(changed),
        "what isn't said stays"
    );

    let none = ClientSettings {
        extras: ExtraSettings {
            enabled: Some(true),
            client_uri: Some(page("")),
            allow_access_tokens_via_browser: Some(false),
            ..ExtraSettings::default()
        },
        ..fixtures::settings("Portal")
    };
    let mut tx = database.begin().await.unwrap();
    clients::update(&mut tx, id, &none).await.unwrap();
    tx.commit().await.unwrap();
    let seen = seen(tenant, ClientKind::Hybrid).await.unwrap();
    assert!(seen.enabled && !seen.allow_access_tokens_via_browser);
    assert_eq!(
        (seen.client_uri.as_str(), seen.logo_uri.as_str()),
        ("", "https://a.example.com/logo")
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn none_is_left_out_while_others_go(#[case] engine: Engine) {
    let test = database(engine).await;
    let database = &test.database;
    let tenant = fixtures::tenant(database, 1).await;
    let other = fixtures::tenant(database, 2).await;
    for (n, name) in [(10, "Valve"), (11, "Pump"), (12, "Lid"), (13, "Gate")] {
        fixtures::client(database, tenant, n, name).await;
    }
    fixtures::client_of_kind(database, tenant, ClientKind::Hybrid, 14, "Portal").await;
    fixtures::client(database, other, 15, "Pump").await;

    let behind = async |key: &str| {
        let (clients, last) = behind(database, tenant, KIND, key, 2).await.unwrap();
        let ids: Vec<u128> = clients.iter().map(|client| client.id.0.as_u128()).collect();
        (ids, last)
    };
    let (first, key) = behind("").await;
    assert_eq!(first, [13, 12]);
    let mut tx = database.begin().await.unwrap();
    for removed in [12, 13] {
        clients::delete(&mut tx, ClientId(uuid(removed))).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (second, key) = behind(&key.unwrap()).await;
    assert_eq!(second, [11, 10]);
    assert_eq!(behind(&key.unwrap()).await, (vec![], None));
}
