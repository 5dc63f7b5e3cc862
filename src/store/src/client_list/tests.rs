use chrono::Duration;
use domain::client_form::SignInSettings;
use domain::field::Field;
use domain::list::{EXPIRING_SOON_DAYS, ListQuery, StatusFilter};
use domain::paging::{Paging, Start};
use domain::redirect_uri::RedirectUri;
use domain::role::RoleId;
use rstest::rstest;

use super::*;
use crate::clients::fixtures::{self, instant, now, uuid};
use crate::clients::testing::set_counted;
use crate::database::tx_execute;
use crate::testing::{Engine, TestDatabase, database};

/// The tenant of these tests.
pub(super) const TENANT: TenantId = TenantId(Uuid::from_u128(1));

pub(super) async fn list(test: &TestDatabase, query: &ClientQuery) -> Page<ClientRow> {
    page(&test.database, &Totals::default(), TENANT, query, now())
        .await
        .unwrap()
        .unwrap()
}

async fn names(test: &TestDatabase, query: &ClientQuery) -> Vec<String> {
    list(test, query).await.rows.into_iter().map(|row| row.name).collect()
}

pub(super) fn filter(text: &str) -> ClientQuery {
    ClientQuery {
        filter: text.to_owned(),
        ..ClientQuery::default()
    }
}

fn key(name: &str, id: u128) -> RowKey {
    RowKey {
        name: name.to_owned(),
        id: uuid(id),
    }
}

fn numbered(page: u32, per_page: u32) -> Paging {
    Paging {
        page,
        per_page,
        start: Start::Number,
    }
}

/// A database with a tenant and clients of these names; their ids count from 10.
pub(super) async fn with_clients(engine: Engine, names: &[&str]) -> TestDatabase {
    let test = database(engine).await;
    fixtures::tenant(&test.database, 1).await;
    for (n, name) in (10..).zip(names) {
        fixtures::client(&test.database, TENANT, n, name).await;
    }
    test
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_row_tells_all(#[case] engine: Engine) {
    let test = with_clients(engine, &["Pump", "Valve"]).await;
    let (database, pump) = (&test.database, ClientId(uuid(10)));
    let custom = fixtures::role(database, TENANT, 100, "Alarm.Role").await;
    for role in roles::list(database, TENANT).await.unwrap().iter().rev() {
        fixtures::give(database, pump, TENANT, role.id).await;
    }
    assert_eq!(custom, RoleId(uuid(100)));
    let (soonest, later) = (instant("2026-12-01T00:00:00Z"), instant("2027-12-01T00:00:00Z"));
    for expires in [Some(later), Some(soonest), None] {
        fixtures::secret(database, pump, expires).await;
    }

    let listed = list(&test, &ClientQuery::default()).await;
    let expected = Page {
        rows: vec![
            ClientRow {
                id: pump,
                name: "Pump".to_owned(),
                enabled: true,
                roles: [
                    "Tenant Member",
                    "Tenant Administrator",
                    "Tenant Contributor",
                    "Tenant Data Steward",
                    "Tenant Viewer",
                    "Alarm.Role",
                ]
                .map(str::to_owned)
                .to_vec(),
                redirect_uris: Vec::new(),
                secrets: 3,
                soonest_expiry: Some(SecretExpiry::At(soonest)),
                last_used: None,
            },
            ClientRow {
                id: ClientId(uuid(11)),
                name: "Valve".to_owned(),
                enabled: true,
                roles: Vec::new(),
                redirect_uris: Vec::new(),
                secrets: 0,
                soonest_expiry: None,
                last_used: None,
            },
        ],
        total: 2,
        before: 0,
        edges: Some((key("pump", 10), key("valve", 11))),
        now: now(),
    };
    assert_eq!(listed, expected);

    fixtures::secret(database, ClientId(uuid(11)), None).await;
    let listed = list(&test, &filter("valve")).await;
    assert_eq!(listed.rows[0].soonest_expiry, Some(SecretExpiry::Never));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_row_tells_where_people_are_sent(#[case] engine: Engine) {
    let test = with_clients(engine, &[]).await;
    let uris = ["https://b.example.com/cb", "https://a.example.com/cb"];
    for (n, name) in [(20, "Portal"), (21, "Shop")] {
        let client = fixtures::client_of_kind(&test.database, TENANT, ClientKind::Hybrid, n, name).await;
        let parse = |uri| RedirectUri::parse(Field::RedirectUrls, uri).unwrap();
        let settings = SignInSettings {
            redirect_uris: uris.map(parse).to_vec(),
            post_logout_redirect_uris: vec![parse("https://c.example.com/bye")],
            ..SignInSettings::default()
        };
        let mut tx = test.database.begin().await.unwrap();
        crate::client_uris::replace(&mut tx, client, &settings).await.unwrap();
        tx.commit().await.unwrap();
    }
    let hybrid = ClientQuery {
        kind: ClientKind::Hybrid,
        ..ClientQuery::default()
    };
    let listed = list(&test, &hybrid).await;
    assert_eq!((listed.rows.len(), listed.total), (2, 2));
    for row in listed.rows {
        assert_eq!(row.redirect_uris, uris);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn names_are_ordered_alike_on_both_databases(#[case] engine: Engine) {
    let test = with_clients(
        engine,
        &["zebra", "Éclair", "apple", "Zebra", "eclair", "_under", "Apple pie"],
    )
    .await;
    let mut expected = ["_under", "apple", "Apple pie", "eclair", "zebra", "Zebra", "Éclair"].map(str::to_owned);
    assert_eq!(names(&test, &ClientQuery::default()).await, expected);
    let descending = ClientQuery {
        sort: Sort::NameDescending,
        ..ClientQuery::default()
    };
    expected.reverse();
    assert_eq!(names(&test, &descending).await, expected);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_filter_finds_parts_of_names_and_ids(#[case] engine: Engine) {
    let test = with_clients(engine, &["100% Pump", "Pump_7", "Pumpe 7", r"C:\Ventil", "ÉCLAIR"]).await;
    for (text, expected) in [
        ("pump", &["100% Pump", "Pump_7", "Pumpe 7"][..]),
        (" PUMP_ ", &["Pump_7"]),
        ("%", &["100% Pump"]),
        ("_", &["Pump_7"]),
        (r"\", &[r"C:\Ventil"]),
        ("éclair", &["ÉCLAIR"]),
        ("eclair", &[]),
        ("00000000000D", &[r"C:\Ventil"]),
        ("no such", &[]),
        ("pump\0", &[]),
    ] {
        let listed = list(&test, &filter(text)).await;
        let names: Vec<_> = listed.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, expected, "{text}");
        assert_eq!(listed.total, expected.len() as u64, "{text}");
    }
    assert!(names(&test, &filter(&"%".repeat(100_000))).await.is_empty());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn each_status_has_its_clients(#[case] engine: Engine) {
    let names_of_clients = [
        "disabled",
        "ended",
        "ends now",
        "far",
        "none",
        "soon",
        "soon and ended",
        "too far",
    ];
    let test = with_clients(engine, &names_of_clients).await;
    let database = &test.database;
    let soon_ends = now() + Duration::days(EXPIRING_SOON_DAYS);
    let microsecond = Duration::microseconds(1);
    for (n, expires) in [
        (11, now() - microsecond),
        (12, now()),
        (13, instant("2030-01-01T00:00:00Z")),
        (15, soon_ends),
        (16, now() + microsecond),
        (16, now() - Duration::days(1)),
        (17, soon_ends + microsecond),
    ] {
        fixtures::secret(database, ClientId(uuid(n)), Some(expires)).await;
    }
    fixtures::secret(database, ClientId(uuid(14)), None).await;
    let mut tx = database.begin().await.unwrap();
    tx_execute!(&mut tx, "UPDATE clients SET enabled = FALSE WHERE name = 'disabled'").unwrap();
    tx_execute!(
        &mut tx,
        "UPDATE clients SET last_used_at = $1 WHERE name <> 'far'",
        now()
    )
    .unwrap();
    tx.commit().await.unwrap();

    for (status, expected) in [
        (StatusFilter::All, &names_of_clients[..]),
        (StatusFilter::Enabled, &names_of_clients[1..]),
        (StatusFilter::Disabled, &["disabled"]),
        (StatusFilter::ExpiringSoon, &["soon", "soon and ended"]),
        (StatusFilter::ExpiredSecret, &["ended", "ends now", "soon and ended"]),
        (StatusFilter::NeverUsed, &["far"]),
    ] {
        let query = ClientQuery {
            status,
            ..ClientQuery::default()
        };
        let listed = list(&test, &query).await;
        let names: Vec<_> = listed.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, expected, "{status:?}");
        assert_eq!(listed.total, expected.len() as u64, "{status:?}");
    }
    let both = ClientQuery {
        status: StatusFilter::ExpiredSecret,
        ..filter("soon")
    };
    assert_eq!(names(&test, &both).await, ["soon and ended"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn pages_end_with_the_last_one(#[case] engine: Engine) {
    let all: Vec<String> = (0..51).map(|n| format!("Client {n:02}")).collect();
    let test = with_clients(engine, &all.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // A client with two roles is still one row.
    for role in roles::list(&test.database, TENANT).await.unwrap().iter().take(2) {
        fixtures::give(&test.database, ClientId(uuid(10)), TENANT, role.id).await;
    }
    let query = |page, per_page, sort| ClientQuery {
        paging: numbered(page, per_page),
        sort,
        ..ClientQuery::default()
    };
    for (asked, range) in [(1, 0..25), (2, 25..50), (3, 50..51), (u32::MAX, 50..51), (0, 0..25)] {
        let listed = list(&test, &query(asked, 25, Sort::NameAscending)).await;
        let names: Vec<_> = listed.rows.into_iter().map(|row| row.name).collect();
        assert_eq!(
            (listed.total, listed.before, &names[..]),
            (51, range.start as u64, &all[range]),
            "{asked}"
        );
    }
    assert_eq!(
        names(&test, &query(3, 25, Sort::NameDescending)).await,
        [all[0].clone()]
    );
    // No size that the page offers reads as the default.
    assert_eq!(list(&test, &query(1, 7, Sort::NameAscending)).await.rows.len(), 50);
    assert_eq!(
        list(
            &test,
            &ClientQuery {
                paging: numbered(9, 50),
                ..filter("client 5")
            }
        )
        .await
        .before,
        0
    );
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_total_of_all_clients_is_what_the_tenant_counts(#[case] engine: Engine) {
    let test = with_clients(engine, &["Client"; 25]).await;
    // Nothing but the counter says so.
    set_counted(&test.database, TENANT, 12_345).await;
    let query = ClientQuery {
        paging: Paging::first(25),
        ..ClientQuery::default()
    };
    let listed = list(&test, &query).await;
    assert_eq!((listed.rows.len(), listed.total), (25, 12_345));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn pages_stand_beside_rows_in_both_orders(#[case] engine: Engine) {
    let all: Vec<String> = (0..60).map(|n| format!("Client {n:02}")).collect();
    let test = with_clients(engine, &all.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for text in ["", "client"] {
        for sort in [Sort::NameAscending, Sort::NameDescending] {
            let query = ClientQuery { sort, ..filter(text) };
            let mut expected = all.clone();
            if sort == Sort::NameDescending {
                expected.reverse();
            }
            let read = async |paging| {
                let page = list(&test, &query.clone().at(paging)).await;
                let range = usize::try_from(page.before).unwrap()..;
                let names: Vec<_> = page.rows.iter().map(|row| row.name.clone()).collect();
                assert_eq!(names, expected[range][..names.len()]);
                (page.before, names.len(), page.neighbours(25))
            };
            let (before, length, around) = read(Paging::first(25)).await;
            assert_eq!((before, length), (0, 25));
            let (before, length, around) = read(around.next.unwrap()).await;
            assert_eq!((before, length), (25, 25));
            let (before, length, end) = read(around.next.unwrap()).await;
            assert_eq!((before, length, &end.next), (50, 10, &None));
            let (before, length, around) = read(end.previous.unwrap()).await;
            assert_eq!((before, length), (25, 25));
            let (before, length, end) = read(around.last.unwrap()).await;
            assert_eq!((before, length, &end.next), (50, 10, &None));
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn only_the_tenants_clients_of_the_kind_are_listed(#[case] engine: Engine) {
    let test = with_clients(engine, &["Pump"]).await;
    let other = fixtures::tenant(&test.database, 2).await;
    fixtures::client(&test.database, other, 20, "Foreign").await;
    fixtures::client_of_kind(&test.database, TENANT, ClientKind::Hybrid, 21, "Portal").await;

    assert_eq!(names(&test, &ClientQuery::default()).await, ["Pump"]);
    for (kind, expected) in [
        (ClientKind::Hybrid, &["Portal"][..]),
        (ClientKind::AuthorizationCode, &[]),
    ] {
        for text in ["", "p"] {
            let listed = list(&test, &ClientQuery { kind, ..filter(text) }).await;
            let names: Vec<_> = listed.rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(
                (names.as_slice(), listed.total, listed.before),
                (expected, expected.len() as u64, 0)
            );
        }
    }
    let (totals, query) = (Totals::default(), ClientQuery::default());
    let nobody = page(&test.database, &totals, TenantId(uuid(3)), &query, now()).await;
    assert_eq!(nobody.unwrap(), None);
}
