//! Whose pages may call the server.

use store::client_uris;

use crate::{Service, ServiceError};

impl Service {
    /// Whether an enabled authorization-code client lists this origin.
    pub async fn allows_origin(&self, origin: &str) -> Result<bool, ServiceError> {
        Ok(client_uris::lists_origin(&self.database, origin).await?)
    }
}
