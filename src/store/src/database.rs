//! The two databases, and one way to ask either.

use std::num::NonZero;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Encode, Postgres, QueryBuilder, Sqlite, Transaction, Type};
use uuid::Uuid;

use crate::shared_commit::{Decision, SharedCommits};
use crate::{StoreError, sqlite_file};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How long a request waits for a connection before it fails.
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection to PostgreSQL may rest before it is asked whether it still lives.
const TRUSTED_IDLE: Duration = Duration::from_secs(30);

/// Settings of every PostgreSQL session. An instance that disappears in the middle of a change must not keep what it has
/// locked, least of all the installation; and who waits for a lock learns that it fails. The tables of an installation fit
/// into memory, where it costs nothing to read in another order than they lie in.
const POSTGRES_SETTINGS: [(&str, &str); 3] = [
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("random_page_cost", "1"),
];

/// What PostgreSQL answers when a table doesn't exist.
const UNDEFINED_TABLE: &str = "42P01";

/// An open database. Cloning shares its connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file. Readers never wait for the one writer.
    Sqlite {
        /// Connections that can't change anything.
        read: SqlitePool,
        /// The one connection that can.
        write: SqlitePool,
        /// Small changes that use it together.
        shared: SharedCommits,
    },
    /// A server.
    Postgres(PgPool),
}

/// A change under way. Dropped without [`commit`](Self::commit) it leaves nothing.
#[derive(Debug)]
pub enum Tx {
    /// On the one writing connection.
    Sqlite(Transaction<'static, Sqlite>),
    /// READ COMMITTED: what must hold across rows needs a lock on a parent row first.
    Postgres(Transaction<'static, Postgres>),
}

impl Database {
    /// Opens the database that `url` names (`sqlite://path` or `postgres://…`), and makes a missing SQLite file and its
    /// folder.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = sqlite_file::read_address(url) {
            return Self::connect_sqlite(&path?).await;
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Address(
                "it starts with neither sqlite:// nor postgres://".to_owned(),
            ));
        }
        // The parser's own message may quote the password.
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Address("it is not a URL such as postgres://user@host/database".to_owned()))?
            .options(POSTGRES_SETTINGS);
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // Asking each time would be a third of all that a page asks.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > TRUSTED_IDLE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn connect_sqlite(path: &Path) -> Result<Self, StoreError> {
        sqlite_file::make(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(ACQUIRE_TIMEOUT);
        // SQLite waits for no other connection that switches the file to WAL too: of two first starts one would fail.
        let lock_file = sqlite_file::lock_path(path);
        sqlite_file::make(&lock_file)?;
        let mut lock = SqliteConnectOptions::new()
            .filename(lock_file)
            .busy_timeout(ACQUIRE_TIMEOUT)
            .connect()
            .await?;
        let alone = lock.begin_with("BEGIN EXCLUSIVE").await?;
        // The writer opens first: only it can make the log.
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A file doesn't go away as a server does.
            .test_before_acquire(false)
            // SQLite ends a change by itself when the disk is full or fails. The connection then takes itself to be in one for
            // ever, and refuses each that is begun.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await?;
        alone.rollback().await?;
        lock.close().await?;
        // A query that reads a whole list keeps a core busy: more readers than cores would only take turns, and each make
        // all others wait longer. One more takes what another leaves while it waits.
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let readers = u32::try_from(cores + 1).unwrap_or(u32::MAX);
        let read = SqlitePoolOptions::new()
            .max_connections(readers)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            // 16 MiB a reader: a filter reads the whole list, which the default of 2 MB can't hold.
            .connect_with(options.read_only(true).pragma("cache_size", "-16384"))
            .await?;
        let shared = SharedCommits::start(write.clone());
        Ok(Self::Sqlite { read, write, shared })
    }

    /// Brings the tables up to date. Does nothing when they are.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        // Not `run`: it takes a connection only by a type that makes this future not `Send`.
        match self {
            Self::Sqlite { write, .. } => {
                // All in one change, because sqlx locks nothing here: of two first starts the second waits for the first.
                let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
                SQLITE_MIGRATIONS.run_direct(None, &mut *tx, false).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                // sqlx lets one instance migrate and the others wait, for as long as it takes.
                sqlx::query("SET lock_timeout = 0").execute(&mut *connection).await?;
                POSTGRES_MIGRATIONS.run_direct(None, &mut *connection, false).await?;
                // Its limits are not those of the others any more.
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Whether the database answers and has every table that this program knows.
    pub async fn is_migrated(&self) -> Result<bool, StoreError> {
        let newest = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";
        let applied: Option<i64> = match self {
            Self::Sqlite { read, .. } => {
                // SQLite has no error code of its own for a missing table.
                let begun = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations')";
                if !sqlx::query_scalar(begun).fetch_one(read).await? {
                    return Ok(false);
                }
                sqlx::query_scalar(newest).fetch_one(read).await?
            }
            Self::Postgres(pool) => match sqlx::query_scalar(newest).fetch_one(pool).await {
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(UNDEFINED_TABLE) => None,
                applied => applied?,
            },
        };
        Ok(applied >= Some(newest_migration()))
    }

    /// Begins a change.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => begin_sqlite(write).await?,
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Makes a small change that is whole by itself, and answers what `work` decides: whether it came to anything. On SQLite it
    /// shares its commit with others, and may be made twice when one of them fails.
    pub(crate) async fn share<D: Send + Sync + 'static>(
        &self,
        data: D,
        work: for<'a> fn(&'a D, &'a mut Tx) -> Decision<'a>,
    ) -> Result<bool, StoreError> {
        if let Self::Sqlite { shared, .. } = self {
            let data = Arc::new(data);
            return shared
                .make(Box::new(move |tx| {
                    let data = Arc::clone(&data);
                    Box::pin(async move { work(&data, tx).await })
                }))
                .await;
        }
        let mut tx = self.begin().await?;
        let decision = work(&data, &mut tx).await?;
        tx.commit().await?;
        Ok(decision)
    }

    /// Closes every connection, once its statement has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Stores the change for good.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Begins a change on the one writing connection.
pub(crate) async fn begin_sqlite(writer: &SqlitePool) -> Result<Tx, StoreError> {
    Ok(Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?))
}

/// The number of the last migration, the same for both databases.
pub(crate) fn newest_migration() -> i64 {
    SQLITE_MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or_default()
}

/// Changes with any change of PostgreSQL's migrations.
#[cfg(feature = "testing")]
pub(crate) fn migrations_checksum() -> u64 {
    POSTGRES_MIGRATIONS.iter().fold(0, |sum: u64, migration| {
        let start = migration.checksum.first_chunk().copied().unwrap_or_default();
        sum.rotate_left(1) ^ u64::from_be_bytes(start)
    })
}

/// Runs `$call` of a query that returns rows of type `$row` on either database.
macro_rules! fetch {
    ($call:ident, $database:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $database {
            $crate::Database::Sqlite { read, .. } => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.$call(read).await
            }
            $crate::Database::Postgres(pool) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.$call(pool).await
            }
        }
    };
}

/// The same for a list with filters, whose best plan depends on what is looked for: PostgreSQL plans it for these values,
/// and keeps no plan. SQLite has one plan for all.
macro_rules! fetch_filtered {
    ($call:ident, $database:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $database {
            $crate::Database::Sqlite { read, .. } => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.$call(read).await
            }
            $crate::Database::Postgres(pool) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.persistent(false).$call(pool).await
            }
        }
    };
}

/// The same for what a function puts together for either database. Its text is another one for each number of ids: none is
/// worth keeping.
macro_rules! fetch_built {
    ($database:expr, $row:ty, $build:ident($($value:expr),* $(,)?)) => {
        match $database {
            $crate::Database::Sqlite { read, .. } => {
                $build::<sqlx::Sqlite>($($value),*)
                    .build_query_as::<$row>()
                    .persistent(false)
                    .fetch_all(read)
                    .await
            }
            $crate::Database::Postgres(pool) => {
                $build::<sqlx::Postgres>($($value),*)
                    .build_query_as::<$row>()
                    .persistent(false)
                    .fetch_all(pool)
                    .await
            }
        }
    };
}

/// The same within a change.
macro_rules! tx_fetch {
    ($call:ident, $tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.$call(&mut **tx).await
            }
            $crate::Tx::Postgres(tx) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.$call(&mut **tx).await
            }
        }
    };
}

/// Runs a statement within a change and answers how many rows it changed.
macro_rules! tx_execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query::<sqlx::Sqlite>($sql)$(.bind($bind))*
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            $crate::Tx::Postgres(tx) => sqlx::query::<sqlx::Postgres>($sql)$(.bind($bind))*
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {fetch, fetch_built, fetch_filtered, tx_execute, tx_fetch};

/// A statement that goes on with these ids, of which there is at least one, and then with `rest`.
pub(crate) fn with_ids<DB>(mut query: QueryBuilder<DB>, ids: &[Uuid], rest: &str) -> QueryBuilder<DB>
where
    DB: sqlx::Database,
    Uuid: for<'q> Encode<'q, DB> + Type<DB>,
{
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    list.push_unseparated(rest);
    query
}

#[cfg(test)]
mod tests;
