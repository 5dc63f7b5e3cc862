//! A database for each test: a SQLite file, or a PostgreSQL database copied from a migrated template.

mod contents;

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tokio::runtime;
use uuid::Uuid;

use crate::database::{fetch, tx_execute};
use crate::{Database, Tx};

pub use contents::{contents, holds_text};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server, whose address stands in `CLIENTELE_TEST_POSTGRES_URL`.
    Postgres,
}

/// A migrated, empty database that is this test's own.
#[derive(Debug)]
pub struct TestDatabase {
    /// The database.
    pub database: Database,
    /// Its address, for programs that open it themselves.
    pub url: String,
    _place: Place,
}

/// Where a test's database lies: it goes with the test. A thousand of eight megabytes each would fill a small disk.
#[derive(Debug)]
enum Place {
    Folder { _folder: TempDir },
    Server { url: String, name: String },
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self::Server { url, name } = self else { return };
        let drop = async {
            let mut connection = PgConnection::connect(url).await.expect("the PostgreSQL server");
            // By force: the pool, and a server that the test started, may still be connected.
            execute(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        };
        // On a thread of its own: the test's may be one of a runtime, which can't wait for another.
        let dropped = thread::scope(|scope| {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            scope.spawn(move || runtime.expect("a runtime").block_on(drop)).join()
        });
        // A second panic would end the process, and the other tests with it.
        assert!(dropped.is_ok() || thread::panicking(), "{name} could not be dropped");
    }
}

/// Makes a database.
///
/// # Panics
/// When it can't be made: a test can't go on then.
pub async fn database(engine: Engine) -> TestDatabase {
    match engine {
        Engine::Sqlite => {
            let test = sqlite().await;
            test.database.migrate().await.expect("migrated tables");
            test
        }
        Engine::Postgres => postgres(&template(&server_url()).await).await,
    }
}

/// Makes a database without tables.
#[cfg(test)]
pub(crate) async fn empty(engine: Engine) -> TestDatabase {
    match engine {
        Engine::Sqlite => sqlite().await,
        Engine::Postgres => postgres("template0").await,
    }
}

/// What the audit events say, oldest first: the action, who did it, and to what.
///
/// # Panics
/// When they can't be read.
pub async fn audit_trail(database: &Database) -> Vec<(String, String, Option<String>)> {
    fetch!(
        fetch_all,
        database,
        (String, String, Option<String>),
        "SELECT action, actor_name, target_name FROM audit_events ORDER BY occurred_at, id",
    )
    .expect("the audit events")
}

/// Takes the table of audit events away, so that every change fails at its end.
///
/// # Panics
/// When the database fails.
pub async fn break_audit(database: &Database) {
    let mut tx = database.begin().await.expect("a change");
    tx_execute!(&mut tx, "ALTER TABLE audit_events RENAME TO audit_events_elsewhere").expect("the table");
    tx.commit().await.expect("the change");
}

/// Disables the person or client with this id: the two share one namespace.
///
/// # Panics
/// When it can't be done.
pub async fn disable(database: &Database, id: Uuid) {
    let mut tx = database.begin().await.expect("a change");
    let users = tx_execute!(&mut tx, "UPDATE users SET enabled = FALSE WHERE id = $1", id).expect("the users");
    let clients = tx_execute!(&mut tx, "UPDATE clients SET enabled = FALSE WHERE id = $1", id).expect("the clients");
    assert_eq!(users + clients, 1, "{id} is nobody");
    tx.commit().await.expect("the change");
}

/// A change that keeps every grant as it is: whoever uses or removes one waits until it ends.
///
/// # Panics
/// When the database fails.
pub async fn hold_grants(database: &Database) -> Tx {
    let mut tx = database.begin().await.expect("a change");
    // On SQLite every change keeps out all others.
    if let Tx::Postgres(tx) = &mut tx {
        let hold = sqlx::query("SELECT id FROM grants FOR UPDATE");
        hold.execute(&mut **tx).await.expect("the grants");
    }
    tx
}

/// Goes on when so many changes wait for others, or it is `over` without. On SQLite at once: there a change doesn't even begin
/// while there is another.
///
/// # Panics
/// When the database can't say.
pub async fn until_waiting(database: &Database, changes: i64, over: impl Fn() -> bool) {
    let Database::Postgres(pool) = database else {
        return;
    };
    let waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while !over() {
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(pool).await.expect("the sessions");
        if waiting >= changes {
            return;
        }
    }
}

async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("clientele.db").display());
    let database = Database::connect(&url).await.expect("a SQLite file");
    TestDatabase {
        database,
        url,
        _place: Place::Folder { _folder: folder },
    }
}

/// A copy of the database `template`.
async fn postgres(template: &str) -> TestDatabase {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = server_url();
    let name = format!(
        "clientele_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let mut connection = PgConnection::connect(&server).await.expect("the PostgreSQL server");
    execute(&mut connection, format!("DROP DATABASE IF EXISTS {name}")).await;
    execute(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let url = with_database(&server, &name);
    TestDatabase {
        database: Database::connect(&url).await.expect("the test's database"),
        url,
        _place: Place::Server { url: server, name },
    }
}

/// The name of a migrated database, made by the first test that asks.
async fn template(server: &str) -> String {
    let mut connection = PgConnection::connect(server).await.expect("the PostgreSQL server");
    // Tests run in many processes: one makes the template, the others wait. The lock ends with the connection.
    execute(&mut connection, "SELECT pg_advisory_lock(7001)".to_owned()).await;
    let name = format!("clientele_template_{:016x}", crate::database::migrations_checksum());
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut connection)
        .await
        .expect("the list of databases");
    if !exists {
        let draft = format!("{name}_draft");
        execute(&mut connection, format!("DROP DATABASE IF EXISTS {draft}")).await;
        execute(&mut connection, format!("CREATE DATABASE {draft}")).await;
        let database = Database::connect(&with_database(server, &draft))
            .await
            .expect("the draft");
        database.migrate().await.expect("migrated tables");
        database.close().await;
        execute(&mut connection, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    name
}

async fn execute(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await
        .expect("a statement of the test setup");
}

fn server_url() -> String {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
    std::env::var("CLIENTELE_TEST_POSTGRES_URL")
        .expect("CLIENTELE_TEST_POSTGRES_URL names no PostgreSQL server: run `make test-db` and export what it prints")
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (start, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{start}/{name}")
}
