//! Who has a role: people and client-credentials clients.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::identity_list::{Identity, IdentityKind, IdentityQuery};
use domain::list::Sort;
use domain::paging::RowKey;
use domain::role::RoleId;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::{Holders, IdentityRow, Page};
use uuid::Uuid;

use crate::client_list::place_of;
use crate::database::{fetch, tx_execute, tx_fetch};
use crate::paging::{List, Span, cut, number_of};
use crate::search::pattern;
use crate::{Database, StoreError, Tx};

/// How many people, and how many clients, are named of those who have a role.
const NAMED: i64 = 5;

/// Those of the tenant that a role can be given to: $1 tenant, $2 pattern, $3 role, $4 whether only its holders.
macro_rules! users {
    () => {
        "tenant_id = $1 AND ($2 IS NULL OR name_key LIKE $2 ESCAPE '\\' OR email_key LIKE $2 ESCAPE '\\')
         AND (NOT $4 OR id IN (SELECT user_id FROM user_roles WHERE role_id = $3))"
    };
}

macro_rules! clients {
    () => {
        "tenant_id = $1 AND kind = 'client_credentials' AND ($2 IS NULL OR search_key LIKE $2 ESCAPE '\\')
         AND (NOT $4 OR id IN (SELECT client_id FROM client_roles WHERE role_id = $3))"
    };
}

/// Rows in one direction from a place on: $5 and $6 for people, $5 for clients.
macro_rules! user_rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT id, name, name_key AS place, email,
                EXISTS (SELECT 1 FROM user_roles WHERE user_id = users.id AND role_id = $3) AS holds
             FROM users WHERE ",
            users!(),
            " AND (name_key, id) ",
            $than,
            " ($5, $6) ORDER BY name_key ",
            $direction,
            ", id ",
            $direction,
            " LIMIT $7 OFFSET $8"
        )
    };
}

macro_rules! client_rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT id, name, search_key AS place, NULL AS email,
                EXISTS (SELECT 1 FROM client_roles WHERE client_id = clients.id AND role_id = $3) AS holds
             FROM clients WHERE ",
            clients!(),
            " AND search_key ",
            $than,
            " $5 ORDER BY search_key ",
            $direction,
            " LIMIT $6 OFFSET $7"
        )
    };
}

pub(crate) const USERS_ASCENDING: &str = user_rows!(">", "ASC");
pub(crate) const USERS_DESCENDING: &str = user_rows!("<", "DESC");
pub(crate) const USER_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM users WHERE ", users!());
pub(crate) const CLIENTS_ASCENDING: &str = client_rows!(">", "ASC");
pub(crate) const CLIENTS_DESCENDING: &str = client_rows!("<", "DESC");
pub(crate) const CLIENT_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", clients!());

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    /// The folded name of a person, the whole place of a client.
    place: String,
    email: Option<String>,
    holds: bool,
}

impl Row {
    fn identity(self, kind: IdentityKind) -> Result<(RowKey, IdentityRow), StoreError> {
        let key = match kind {
            IdentityKind::Users => RowKey {
                name: self.place,
                id: self.id,
            },
            IdentityKind::Clients => place_of(&self.place)?,
        };
        let row = IdentityRow {
            identity: match kind {
                IdentityKind::Users => Identity::User(UserId(self.id)),
                IdentityKind::Clients => Identity::Client(ClientId(self.id)),
            },
            detail: self.email.unwrap_or_else(|| self.id.to_string()),
            name: self.name,
            holds: self.holds,
        };
        Ok((key, row))
    }
}

/// A page of those that a role can be given to, and whether they have it.
pub async fn page(
    database: &Database,
    tenant: TenantId,
    role: RoleId,
    query: &IdentityQuery,
    now: DateTime<Utc>,
) -> Result<Page<IdentityRow>, StoreError> {
    let identities = Identities {
        database,
        tenant,
        role,
        pattern: pattern(&query.filter),
        kind: query.kind,
        holders_only: query.holders_only,
    };
    cut(&identities, &query.paging, Sort::NameAscending, now).await
}

/// Those that a role can be given to, or its holders, that match.
struct Identities<'a> {
    database: &'a Database,
    tenant: TenantId,
    role: RoleId,
    pattern: Option<String>,
    kind: IdentityKind,
    holders_only: bool,
}

impl List for Identities<'_> {
    type Row = IdentityRow;

    async fn read(&self, span: Span) -> Result<Vec<(RowKey, IdentityRow)>, StoreError> {
        let from = span.from();
        let sql = match (self.kind, span.order) {
            (IdentityKind::Users, Sort::NameAscending) => USERS_ASCENDING,
            (IdentityKind::Users, Sort::NameDescending) => USERS_DESCENDING,
            (IdentityKind::Clients, Sort::NameAscending) => CLIENTS_ASCENDING,
            (IdentityKind::Clients, Sort::NameDescending) => CLIENTS_DESCENDING,
        };
        let rows: Vec<Row> = match self.kind {
            IdentityKind::Users => fetch!(
                fetch_all,
                self.database,
                Row,
                sql,
                self.tenant.0,
                self.pattern.as_deref(),
                self.role.0,
                self.holders_only,
                &from.name,
                from.id,
                span.limit(),
                span.offset(),
            )?,
            IdentityKind::Clients => fetch!(
                fetch_all,
                self.database,
                Row,
                sql,
                self.tenant.0,
                self.pattern.as_deref(),
                self.role.0,
                self.holders_only,
                from.to_string(),
                span.limit(),
                span.offset(),
            )?,
        };
        rows.into_iter().map(|row| row.identity(self.kind)).collect()
    }

    async fn count(&self) -> Result<u64, StoreError> {
        let sql = match self.kind {
            IdentityKind::Users => USER_COUNT,
            IdentityKind::Clients => CLIENT_COUNT,
        };
        let (count,): (i64,) = fetch!(
            fetch_one,
            self.database,
            (i64,),
            sql,
            self.tenant.0,
            self.pattern.as_deref(),
            self.role.0,
            self.holders_only,
        )?;
        number_of(count)
    }
}

const COUNTS: &str = "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM user_roles WHERE role_id = $1),
    (SELECT CAST(COUNT(*) AS BIGINT) FROM client_roles WHERE role_id = $1)";
const FIRST_USERS: &str =
    "SELECT name FROM users JOIN user_roles ON user_id = id WHERE role_id = $1 ORDER BY name_key, id LIMIT $2";
const FIRST_CLIENTS: &str =
    "SELECT name FROM clients JOIN client_roles ON client_id = id WHERE role_id = $1 ORDER BY search_key LIMIT $2";

/// How many people and clients have a role, and the first of their names.
pub async fn summary(database: &Database, role: RoleId) -> Result<Holders, StoreError> {
    let counts = fetch!(fetch_one, database, (i64, i64), COUNTS, role.0)?;
    let users = fetch!(fetch_all, database, (String,), FIRST_USERS, role.0, NAMED)?;
    let clients = fetch!(fetch_all, database, (String,), FIRST_CLIENTS, role.0, NAMED)?;
    holders(counts, users, clients)
}

/// The same within a change.
pub async fn summary_in(tx: &mut Tx, role: RoleId) -> Result<Holders, StoreError> {
    let counts = tx_fetch!(fetch_one, &mut *tx, (i64, i64), COUNTS, role.0)?;
    let users = tx_fetch!(fetch_all, &mut *tx, (String,), FIRST_USERS, role.0, NAMED)?;
    let clients = tx_fetch!(fetch_all, tx, (String,), FIRST_CLIENTS, role.0, NAMED)?;
    holders(counts, users, clients)
}

fn holders(counts: (i64, i64), users: Vec<(String,)>, clients: Vec<(String,)>) -> Result<Holders, StoreError> {
    let count = |count| u64::try_from(count).map_err(|error| StoreError::inconsistent("the number of holders", error));
    Ok(Holders {
        user_count: count(counts.0)?,
        client_count: count(counts.1)?,
        users: users.into_iter().map(|(name,)| name).collect(),
        clients: clients.into_iter().map(|(name,)| name).collect(),
    })
}

/// Whether the person or client has a role; `None` when the tenant has nobody like this that a role can be given to.
pub async fn holds(
    tx: &mut Tx,
    tenant: TenantId,
    identity: Identity,
    role: RoleId,
) -> Result<Option<bool>, StoreError> {
    let sql = match identity {
        Identity::User(_) => {
            "SELECT EXISTS (SELECT 1 FROM user_roles WHERE user_id = $1 AND role_id = $3)
             FROM users WHERE id = $1 AND tenant_id = $2"
        }
        Identity::Client(_) => {
            "SELECT EXISTS (SELECT 1 FROM client_roles WHERE client_id = $1 AND role_id = $3)
             FROM clients WHERE id = $1 AND tenant_id = $2 AND kind = 'client_credentials'"
        }
    };
    let holds: Option<(bool,)> = tx_fetch!(fetch_optional, tx, (bool,), sql, identity.id(), tenant.0, role.0)?;
    Ok(holds.map(|(holds,)| holds))
}

/// Takes a role from a client; answers whether it had it.
pub async fn take_from_client(tx: &mut Tx, client: ClientId, role: RoleId) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM client_roles WHERE client_id = $1 AND role_id = $2",
        client.0,
        role.0,
    )?;
    Ok(taken == 1)
}

/// Takes every role from a locked client, before it gets others.
pub async fn clear_client(tx: &mut Tx, client: ClientId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM client_roles WHERE client_id = $1", client.0)?;
    Ok(())
}

/// Takes a role from a person; answers whether they had it.
pub async fn take_from_user(tx: &mut Tx, user: UserId, role: RoleId) -> Result<bool, StoreError> {
    let taken = tx_execute!(
        tx,
        "DELETE FROM user_roles WHERE user_id = $1 AND role_id = $2",
        user.0,
        role.0,
    )?;
    Ok(taken == 1)
}

/// Takes every role from a locked person, before they get others.
pub async fn clear_user(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM user_roles WHERE user_id = $1", user.0)?;
    Ok(())
}

/// Takes a role from all who have it, as a change of each of them; answers from how many people and clients. The role itself
/// is touched last, so that whoever changes one client at the same time waits for this and this for nobody twice.
pub async fn take_from_all(tx: &mut Tx, role: RoleId, by: &str, at: DateTime<Utc>) -> Result<(u64, u64), StoreError> {
    tx_execute!(
        &mut *tx,
        "UPDATE users SET version = version + 1 WHERE id IN (SELECT user_id FROM user_roles WHERE role_id = $1)",
        role.0,
    )?;
    tx_execute!(
        &mut *tx,
        "UPDATE clients SET version = version + 1, changed_by = $2, changed_at = $3
         WHERE id IN (SELECT client_id FROM client_roles WHERE role_id = $1)",
        role.0,
        by,
        at,
    )?;
    let users = tx_execute!(&mut *tx, "DELETE FROM user_roles WHERE role_id = $1", role.0)?;
    let clients = tx_execute!(tx, "DELETE FROM client_roles WHERE role_id = $1", role.0)?;
    Ok((users, clients))
}

#[cfg(test)]
mod tests {
    use domain::paging::Paging;
    use domain::role::RoleType;
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures::{client, client_of_kind, give, now, role};
    use crate::fixtures::{add_tenant, add_user, role_id, tenant_id, user_id};
    use crate::testing::{Engine, TestDatabase, database};
    use crate::{clients, users};

    /// Tenant 1 with Ana (user 1) and Bo (user 2), and with the clients Pump (10) and Valve (11). Ana and Pump have role 100.
    async fn mill(engine: Engine) -> (TestDatabase, RoleId) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_tenant(database, 2, "Dam").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[RoleType::TenantMember])
            .await
            .unwrap();
        add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();
        add_user(database, 3, 2, "foreign@example.com", &[]).await.unwrap();
        let pump = client(database, tenant_id(1), 10, "Pump").await;
        client(database, tenant_id(1), 11, "Valve").await;
        client(database, tenant_id(2), 12, "Foreign").await;
        client_of_kind(database, tenant_id(1), domain::client::ClientKind::Hybrid, 13, "Portal").await;
        let custom = role(database, tenant_id(1), 100, "MyData.Role").await;
        give(database, pump, tenant_id(1), custom).await;
        let mut tx = database.begin().await.unwrap();
        assert!(users::give_role(&mut tx, user_id(1), custom).await.unwrap());
        tx.commit().await.unwrap();
        (test, custom)
    }

    async fn identities(test: &TestDatabase, role: RoleId, query: &IdentityQuery) -> Vec<(String, bool)> {
        let page = page(&test.database, tenant_id(1), role, query, now()).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| (row.detail, row.holds)).collect()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn those_of_the_tenant_are_listed(#[case] engine: Engine) {
        let (test, role) = mill(engine).await;
        let text = |text: &str| text.to_owned();
        let (pump, valve) = (Uuid::from_u128(10).to_string(), Uuid::from_u128(11).to_string());
        let query = |kind, filter: &str, holders_only| IdentityQuery {
            kind,
            filter: text(filter),
            holders_only,
            paging: Paging::default(),
        };
        for (query, expected) in [
            (
                query(IdentityKind::Users, "", false),
                vec![(text("ana@example.com"), true), (text("bo@example.com"), false)],
            ),
            (
                query(IdentityKind::Users, "BO@", false),
                vec![(text("bo@example.com"), false)],
            ),
            (
                query(IdentityKind::Users, "", true),
                vec![(text("ana@example.com"), true)],
            ),
            (
                query(IdentityKind::Clients, "", false),
                vec![(pump.clone(), true), (valve.clone(), false)],
            ),
            (query(IdentityKind::Clients, "valv", false), vec![(valve, false)]),
            (query(IdentityKind::Clients, "", true), vec![(pump, true)]),
            (query(IdentityKind::Clients, "valv", true), vec![]),
        ] {
            assert_eq!(identities(&test, role, &query).await, expected, "{query:?}");
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_role_is_taken_from_one_or_all(#[case] engine: Engine) {
        let (test, role) = mill(engine).await;
        let database = &test.database;
        let expected = Holders {
            user_count: 1,
            client_count: 1,
            users: vec!["Ana".to_owned()],
            clients: vec!["Pump".to_owned()],
        };
        assert_eq!(summary(database, role).await.unwrap(), expected);

        let mut tx = database.begin().await.unwrap();
        let client = |n| Identity::Client(ClientId(Uuid::from_u128(n)));
        for (identity, expected) in [
            (Identity::User(user_id(1)), Some(true)),
            (Identity::User(user_id(2)), Some(false)),
            (Identity::User(user_id(3)), None),
            (client(10), Some(true)),
            (client(11), Some(false)),
            // Of another tenant, of another kind, nobody's.
            (client(12), None),
            (client(13), None),
            (client(14), None),
        ] {
            let found = holds(&mut tx, tenant_id(1), identity, role).await.unwrap();
            assert_eq!(found, expected, "{identity:?}");
        }
        assert!(take_from_user(&mut tx, user_id(1), role).await.unwrap());
        assert!(!take_from_user(&mut tx, user_id(2), role).await.unwrap());
        assert!(
            take_from_client(&mut tx, ClientId(Uuid::from_u128(10)), role)
                .await
                .unwrap()
        );
        assert!(
            !take_from_client(&mut tx, ClientId(Uuid::from_u128(11)), role)
                .await
                .unwrap()
        );
        drop(tx);
        let mut tx = database.begin().await.unwrap();
        take_from_all(&mut tx, role, "Bo", now()).await.unwrap();
        crate::roles::delete(&mut tx, role).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(summary(database, role).await.unwrap(), Holders::default());
        // Others keep theirs, and whoever lost one has changed.
        let member = role_id(1, RoleType::TenantMember);
        assert_eq!(summary(database, member).await.unwrap().user_count, 1);
        let version = async |n| {
            users::find(database, tenant_id(1), user_id(n))
                .await
                .unwrap()
                .unwrap()
                .version
        };
        assert_eq!((version(1).await, version(2).await), (2, 1));
        let version = async |n| {
            let id = ClientId(Uuid::from_u128(n));
            clients::find(database, tenant_id(1), id)
                .await
                .unwrap()
                .unwrap()
                .version
        };
        assert_eq!((version(10).await, version(11).await), (2, 1));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_role_in_use_stays(#[case] engine: Engine) {
        let (test, role) = mill(engine).await;
        let mut tx = test.database.begin().await.unwrap();
        let refused = crate::roles::delete(&mut tx, role).await.unwrap_err();
        assert!(refused.is_foreign_key_violation());
    }
}
