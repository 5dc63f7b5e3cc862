//! What can go wrong with the database.

// The codes of waiting in vain. PostgreSQL: serialization_failure, deadlock_detected, too_many_connections,
// lock_not_available. SQLite: BUSY, BUSY_RECOVERY, BUSY_SNAPSHOT, BUSY_TIMEOUT, LOCKED, LOCKED_SHAREDCACHE.
const CONTENTION: [&str; 10] = ["40001", "40P01", "53300", "55P03", "5", "261", "517", "773", "6", "262"];

/// Why a statement failed. None of it is for a caller's eyes: it may name tables and hosts.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or didn't answer.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds what the domain doesn't allow.
    #[error("the database holds a wrong value: {0}")]
    Inconsistent(String),
    /// The address of the database is of no use.
    #[error("{0}")]
    Address(String),
}

impl StoreError {
    /// Whether a row like this exists already.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// Whether a row that is pointed to isn't there, or one that goes is still pointed to.
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_foreign_key_violation())
    }

    /// Whether others stood in the way: changes waited for each other, or one of them or a connection came to no turn. It
    /// may work in a moment.
    pub fn is_contention(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut) => true,
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| CONTENTION.contains(&&*code))
            }
            _ => false,
        }
    }

    /// A row that breaks a rule of the domain: `what` was read, and `why` it can't be.
    pub(crate) fn inconsistent(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Inconsistent(format!("{what}: {why}"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rstest::rstest;
    use sqlx::ConnectOptions;
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;
    use crate::database::tx_execute;
    use crate::fixtures::{add_tenant, tenant_id};
    use crate::testing::{Engine, database};
    use crate::{sqlite_path, tenants};

    #[tokio::test]
    async fn a_sqlite_file_that_another_program_changes_is_busy() {
        let test = database(Engine::Sqlite).await;
        let _change = test.database.begin().await.unwrap();
        let options = SqliteConnectOptions::new().filename(sqlite_path(&test.url).unwrap());
        let mut other = options.busy_timeout(Duration::ZERO).connect().await.unwrap();
        let refused = sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap_err();
        let refused = StoreError::from(refused);
        assert!(refused.is_contention(), "{refused}");
    }

    #[tokio::test]
    async fn a_lock_of_postgres_that_is_not_to_be_had_is_contention() {
        let test = database(Engine::Postgres).await;
        add_tenant(&test.database, 1, "Mill").await.unwrap();
        let mut first = test.database.begin().await.unwrap();
        tx_execute!(&mut first, "UPDATE tenants SET name = name").unwrap();
        let mut second = test.database.begin().await.unwrap();
        tx_execute!(&mut second, "SET LOCAL lock_timeout = 1").unwrap();
        let refused = tenants::lock_for_change(&mut second, tenant_id(1)).await.unwrap_err();
        assert!(refused.is_contention(), "{refused}");
    }

    #[test]
    fn no_connection_in_time_is_contention() {
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).is_contention());
        assert!(!StoreError::from(sqlx::Error::PoolClosed).is_contention());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn another_error_is_none(#[case] engine: Engine) {
        let test = database(engine).await;
        add_tenant(&test.database, 1, "Mill").await.unwrap();
        let taken = add_tenant(&test.database, 1, "Mill").await.unwrap_err();
        assert!(!taken.is_contention(), "{taken}");
    }
}
