//! The two databases, and one way to ask either.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Postgres, Sqlite, Transaction};

use crate::StoreError;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How long a request waits for a connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// An open database. Cloning shares its connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file. Readers never wait for the one writer.
    Sqlite {
        /// Connections that can't change anything.
        read: SqlitePool,
        /// The one connection that can.
        write: SqlitePool,
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
        if let Some(path) = sqlite_path(url) {
            return Self::connect_sqlite(&path).await;
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Address(
                "it starts with neither sqlite:// nor postgres://".to_owned(),
            ));
        }
        // The parser's own message may quote the password.
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Address("it is not a URL such as postgres://user@host/database".to_owned()))?;
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn connect_sqlite(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            make_private_folder(folder).map_err(|error| {
                StoreError::Address(format!("its folder {} can't be made: {error}", folder.display()))
            })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(ACQUIRE_TIMEOUT);
        // The writer opens first: only it can make the file and its log.
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // 16 MiB a reader: a filter reads the whole list, which the default of 2 MB can't hold.
            .connect_with(options.read_only(true).pragma("cache_size", "-16384"))
            .await?;
        Ok(Self::Sqlite { read, write })
    }

    /// Brings the tables up to date. Does nothing when they are.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Whether the database answers and has every table that this program knows.
    pub async fn is_migrated(&self) -> Result<bool, StoreError> {
        let applied: Result<Option<i64>, sqlx::Error> = match self {
            Self::Sqlite { read, .. } => {
                sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE success")
                    .fetch_one(read)
                    .await
            }
            Self::Postgres(pool) => {
                sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE success")
                    .fetch_one(pool)
                    .await
            }
        };
        match applied {
            Ok(version) => Ok(version >= Some(newest_migration())),
            // The table of the migrations themselves is missing: the first one never ran.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Begins a change.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Closes every connection, once its statement has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
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

/// The number of the last migration, the same for both databases.
pub(crate) fn newest_migration() -> i64 {
    SQLITE_MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or_default()
}

/// The file that a `sqlite://` address names.
pub fn sqlite_path(url: &str) -> Option<PathBuf> {
    url.strip_prefix("sqlite://")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

/// Makes a folder that only its owner can enter; one that exists is left as it is.
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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

pub(crate) use {fetch, tx_execute, tx_fetch};
