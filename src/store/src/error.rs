//! What can go wrong with the database.

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

    /// Whether two changes waited for each other, or one for too long: it may work in a moment.
    pub fn is_contention(&self) -> bool {
        const DEADLOCK_DETECTED: &str = "40P01";
        const LOCK_NOT_AVAILABLE: &str = "55P03";
        let Self::Database(sqlx::Error::Database(error)) = self else {
            return false;
        };
        matches!(error.code().as_deref(), Some(DEADLOCK_DETECTED | LOCK_NOT_AVAILABLE))
    }

    /// A row that breaks a rule of the domain: `what` was read, and `why` it can't be.
    pub(crate) fn inconsistent(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Inconsistent(format!("{what}: {why}"))
    }
}
