//! How the databases answer the queries of the lists, with 50,000 clients in a tenant: by an index that begins with the
//! tenant, and never by reading a whole table. Times are measured elsewhere; a plan doesn't depend on the machine.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::role::RoleId;
use domain::tenant::TenantId;
use uuid::Uuid;

use crate::clients::fixtures;
use crate::database::tx_execute;
use crate::seed::{self, SeedClient};
use crate::{Database, audit_list, client_list, client_search, identity_list, role_list, user_list, user_search};

mod postgres;
mod sqlite;

/// The tenant with the clients.
const TENANT: TenantId = TenantId(Uuid::from_u128(1));

/// A query, the types of its values on PostgreSQL, and values that a page could ask with, after the tenant.
struct Asked<'a> {
    sql: &'a str,
    types: &'a str,
    values: &'a str,
}

const TENANT_VALUE: &str = "'00000000-0000-0000-0000-000000000001'";

const fn asked<'a>(sql: &'a str, types: &'a str, values: &'a str) -> Asked<'a> {
    Asked { sql, types, values }
}

/// The pages of all clients of a kind. Hybrid clients have addresses to read too.
const WHOLE: [Asked<'static>; 5] = [
    asked(
        client_list::ALL_ASCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', '', 50, 0",
    ),
    asked(
        client_list::ALL_ASCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', 'client 25', 50, 0",
    ),
    asked(
        client_list::ALL_DESCENDING,
        "uuid, text, text, bigint, bigint",
        "'client_credentials', 'client 25', 50, 0",
    ),
    asked(
        client_list::ALL_ASCENDING,
        "uuid, text, text, bigint, bigint",
        "'hybrid', '', 50, 0",
    ),
    asked(
        client_list::ALL_DESCENDING,
        "uuid, text, text, bigint, bigint",
        "'hybrid', 'client 25', 50, 0",
    ),
];

/// The pages of everything that programs ask for, and how many rows they have.
const PAGES: [(Asked<'static>, f64); 4] = [
    (
        asked(
            client_search::ALL,
            "uuid, text, bigint, bigint",
            "'client_credentials', 100, 0",
        ),
        100.0,
    ),
    (
        asked(
            client_search::BEHIND,
            "uuid, text, text, bigint",
            "'client_credentials', 'client 25', 1000",
        ),
        1_000.0,
    ),
    (
        asked(
            user_search::PAGE,
            "uuid, text, uuid, bigint, bigint",
            "NULL, NULL, 50, 0",
        ),
        50.0,
    ),
    (
        asked(
            audit_list::NEWEST_FIRST,
            "uuid, timestamptz, timestamptz, text, bigint, bigint",
            "NULL, NULL, NULL, 100, 0",
        ),
        100.0,
    ),
];

/// More than the events of one moment: they are put in order together, so those of a page's last moment are all read.
const OF_ONE_MOMENT: f64 = 30.0;

/// The lists that are filtered, and those of roles, people and holders.
const FILTERED: [Asked<'static>; 26] = [
    asked(
        client_list::MATCHING_ASCENDING,
        "uuid, text, text, boolean, boolean, text, bigint, bigint",
        "'client_credentials', '%pump%', NULL, FALSE, '', 50, 0",
    ),
    asked(
        client_list::MATCHING_DESCENDING,
        "uuid, text, text, boolean, boolean, text, bigint, bigint",
        "'client_credentials', NULL, FALSE, FALSE, 'client 25', 50, 0",
    ),
    asked(
        client_list::MATCHING_COUNT,
        "uuid, text, text, boolean, boolean",
        "'client_credentials', '%pump%', NULL, TRUE",
    ),
    asked(
        client_list::ENDING_ASCENDING,
        "uuid, text, timestamptz, timestamptz, text, text, bigint, bigint",
        "'client_credentials', '2026-11-21', '2026-12-21', NULL, '', 50, 0",
    ),
    asked(
        client_list::ENDING_DESCENDING,
        "uuid, text, timestamptz, timestamptz, text, text, bigint, bigint",
        "'client_credentials', '1970-01-01', '2026-11-21', '%pump%', 'client 25', 50, 0",
    ),
    asked(
        client_list::ENDING_COUNT,
        "uuid, text, timestamptz, timestamptz",
        "'client_credentials', '1970-01-01', '2026-11-21'",
    ),
    asked(
        client_list::ENDING_MATCHING_COUNT,
        "uuid, text, timestamptz, timestamptz, text",
        "'client_credentials', '1970-01-01', '2026-11-21', '%pump%'",
    ),
    asked(
        client_search::MATCHING,
        "uuid, text, text, uuid, bigint, text, text, text, text, text, bigint, bigint",
        "'client_credentials', '%pump%', '00000000-0000-0000-0000-0000000f4240', 1, 'rare', 'rare', 'rare', 'rare', 'rare', 100, 0",
    ),
    asked(
        client_search::MATCHING_COUNT,
        "uuid, text, text, uuid, bigint, text, text, text, text, text",
        "'client_credentials', NULL, NULL, 1, 'rare', 'rare', 'rare', 'rare', 'rare'",
    ),
    asked(
        role_list::ASCENDING,
        "uuid, text, text, bigint, bigint",
        "NULL, '', 50, 0",
    ),
    asked(
        role_list::DESCENDING,
        "uuid, text, text, bigint, bigint",
        "'%data%', 'tenant', 50, 0",
    ),
    asked(role_list::COUNT, "uuid, text", "'%data%'"),
    asked(
        user_list::ASCENDING,
        "uuid, text, text, uuid, bigint, bigint",
        "NULL, '', '00000000-0000-0000-0000-000000000000', 50, 0",
    ),
    asked(
        user_list::DESCENDING,
        "uuid, text, text, uuid, bigint, bigint",
        "'%ana%', 'name', '00000000-0000-0000-0000-000000000000', 50, 0",
    ),
    asked(user_list::COUNT, "uuid, text", "'%ana%'"),
    asked(
        user_search::PAGE,
        "uuid, text, uuid, bigint, bigint",
        "'%ana%', '00000000-0000-0000-0000-0000000f4240', 100, 0",
    ),
    asked(
        user_search::COUNT,
        "uuid, text, uuid",
        "'%ana%', '00000000-0000-0000-0000-0000000f4240'",
    ),
    asked(
        audit_list::NEWEST_FIRST,
        "uuid, timestamptz, timestamptz, text, bigint, bigint",
        "'2026-11-21', '2026-12-21', NULL, 100, 0",
    ),
    asked(
        audit_list::NEWEST_FIRST,
        "uuid, timestamptz, timestamptz, text, bigint, bigint",
        "NULL, NULL, 'Client 7', 100, 0",
    ),
    asked(
        audit_list::COUNT,
        "uuid, timestamptz, timestamptz, text",
        "'2026-11-21', NULL, 'Client 7'",
    ),
    asked(
        identity_list::CLIENTS_ASCENDING,
        "uuid, text, uuid, boolean, text, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', FALSE, '', 25, 0",
    ),
    asked(
        identity_list::CLIENTS_DESCENDING,
        "uuid, text, uuid, boolean, text, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE, 'client 25', 25, 0",
    ),
    asked(
        identity_list::CLIENT_COUNT,
        "uuid, text, uuid, boolean",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE",
    ),
    asked(
        identity_list::USERS_ASCENDING,
        "uuid, text, uuid, boolean, text, uuid, bigint, bigint",
        "'%ana%', '00000000-0000-0000-0000-0000000f4240', FALSE, '', '00000000-0000-0000-0000-000000000000', 25, 0",
    ),
    asked(
        identity_list::USERS_DESCENDING,
        "uuid, text, uuid, boolean, text, uuid, bigint, bigint",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE, 'name', '00000000-0000-0000-0000-000000000000', 25, 0",
    ),
    asked(
        identity_list::USER_COUNT,
        "uuid, text, uuid, boolean",
        "NULL, '00000000-0000-0000-0000-0000000f4240', TRUE",
    ),
];

/// The ids of some clients of the tenant.
fn client_ids() -> Vec<Uuid> {
    (0..100_u128).map(|n| Uuid::from_u128((1 << 32) + n)).collect()
}

/// The ids of all people of the tenant.
fn user_ids() -> Vec<Uuid> {
    (0..100_u128).map(|n| Uuid::from_u128((100 << 32) + 40 * n)).collect()
}

/// A tenant with 50,000 clients beside small ones, and enough people and roles that reading all of them would show.
async fn fill(database: &Database) {
    let now: DateTime<Utc> = fixtures::now();
    for tenant in 1..=40 {
        fixtures::tenant(database, tenant).await;
    }
    let client = |tenant: u128, n: u32| SeedClient {
        id: ClientId(Uuid::from_u128((tenant << 32) + u128::from(n))),
        kind: if n.is_multiple_of(10) {
            ClientKind::Hybrid
        } else {
            ClientKind::ClientCredentials
        },
        name: format!("Client {n}"),
        enabled: n % 20 != 3,
        secret: Some([7; 32]),
        expires_at: Some(now + chrono::Duration::days(i64::from(n % 1_900) - 100)),
        // The tenant's first built-in role, as the fixture numbers it.
        roles: vec![RoleId(Uuid::from_u128(tenant * 1_000_000))],
    };
    let mut tx = database.begin().await.unwrap();
    for tenant in 1..=40 {
        let count = if TENANT.0.as_u128() == tenant { 50_000 } else { 300 };
        let clients: Vec<SeedClient> = (0..count).map(|n| client(tenant, n)).collect();
        let tenant = TenantId(Uuid::from_u128(tenant));
        seed::count_many_more(&mut tx, tenant, &clients).await.unwrap();
        seed::insert(&mut tx, tenant, &clients, "Ada", now).await.unwrap();
    }
    // A word that every client has, and one that few have.
    for (tag, of) in [("every", 1_i64), ("rare", 1_000)] {
        tx_execute!(
            &mut tx,
            "INSERT INTO client_tags (client_id, tenant_id, tag)
             SELECT id, tenant_id, $1 FROM clients WHERE CAST(substr(name, 8) AS BIGINT) % $2 = 0",
            tag,
            of,
        )
        .unwrap();
    }
    // As many events as clients, some of them at the same moment.
    tx_execute!(
        &mut tx,
        "INSERT INTO audit_events (id, tenant_id, occurred_at, actor_name, action, target_id)
         SELECT clients.id, clients.tenant_id, expires_at, 'Ada', 'client.add', name
         FROM clients JOIN client_secrets ON client_id = clients.id",
    )
    .unwrap();
    tx.commit().await.unwrap();
    people_and_roles(database).await;
}

/// 100 people and 100 roles in each tenant.
async fn people_and_roles(database: &Database) {
    let mut tx = database.begin().await.unwrap();
    for n in 0..4_000_u32 {
        let tenant = Uuid::from_u128(u128::from(n % 40) + 1);
        let id = Uuid::from_u128((100 << 32) + u128::from(n));
        let name = format!("Name {n}");
        tx_execute!(
            &mut tx,
            "INSERT INTO roles (id, tenant_id, name, name_key, description) VALUES ($1, $2, $3, $4, '')",
            id,
            tenant,
            &name,
            name.to_lowercase(),
        )
        .unwrap();
        tx_execute!(&mut tx, "INSERT INTO subjects (id) VALUES ($1)", id).unwrap();
        tx_execute!(
            &mut tx,
            "INSERT INTO users (id, tenant_id, email, email_key, name, name_key, password_hash, enabled, created_at)
             VALUES ($1, $2, $3, $3, $4, $5, '', TRUE, $6)",
            id,
            tenant,
            format!("user{n}@example.com"),
            &name,
            name.to_lowercase(),
            fixtures::now(),
        )
        .unwrap();
        tx_execute!(&mut tx, "INSERT INTO user_roles (user_id, role_id) VALUES ($1, $1)", id).unwrap();
    }
    tx.commit().await.unwrap();
    seed::analyse(database).await.unwrap();
    // The events are not the seed's.
    if let Database::Postgres(pool) = database {
        sqlx::query("VACUUM (ANALYZE) audit_events")
            .execute(pool)
            .await
            .unwrap();
    }
}

#[test]
fn the_longest_page_is_the_one_that_is_offered() {
    assert_eq!(
        domain::paging::PAGE_SIZES.into_iter().max(),
        Some(200),
        "the limit in the texts of the queries"
    );
}

/// The role of the tests exists.
#[test]
fn the_values_are_of_the_fixtures() {
    assert_eq!(
        RoleId(Uuid::from_u128(1_000_000)).to_string(),
        "00000000-0000-0000-0000-0000000f4240"
    );
    assert_eq!(format!("'{TENANT}'"), TENANT_VALUE);
}
