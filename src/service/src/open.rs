//! Opening the database, before there is a service on it.

pub use store::{Database, StoreError, sqlite_path};

/// Opens the database that `url` names and brings it up to date.
pub async fn open(url: &str) -> Result<Database, StoreError> {
    let database = Database::connect(url).await?;
    database.migrate().await?;
    Ok(database)
}

/// Whether signing keys were sealed for this database before: then the key-encryption key must be the same.
pub async fn holds_sealed_keys(database: &Database) -> Result<bool, StoreError> {
    Ok(!store::signing_keys::list(database).await?.is_empty())
}
