//! Ending what a person allowed a client: none of its tokens is good from then on.

use domain::grant::GrantId;
use store::grants;

use crate::{Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Ends a grant; the log says why, unless it had ended.
    pub(crate) async fn end_grant(&self, grant: GrantId, reason: &'static str) -> Result<(), ServiceError> {
        let mut tx = self.database.begin().await?;
        let ended = grants::end(&mut tx, grant, self.clock.now()).await?;
        tx.commit().await?;
        if ended {
            tracing::info!(%grant, reason, "a grant was ended");
        }
        Ok(())
    }
}
