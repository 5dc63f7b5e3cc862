//! Whether the service can do its work.

use crate::{Service, ServiceError};

impl Service {
    /// Whether the database answers and is up to date.
    pub async fn is_ready(&self) -> Result<bool, ServiceError> {
        Ok(self.database.is_migrated().await?)
    }
}
