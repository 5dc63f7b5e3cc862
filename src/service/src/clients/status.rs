//! Whether a client may connect.

use domain::client::ClientId;
use domain::tenant::TenantId;

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Lets a client connect, or not, from its next request on. What is so already changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client any more.
    pub async fn set_client_enabled(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        enabled: bool,
    ) -> Result<(), ServiceError> {
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let client = store::clients::touch(&mut tx, tenant, id, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)?;
        if client.enabled == enabled {
            return Ok(());
        }
        store::clients::set_enabled(&mut tx, id, enabled).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: if enabled { "client.enable" } else { "client.disable" },
            target_id: Some(id.to_string()),
            target_name: Some(&client.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}
