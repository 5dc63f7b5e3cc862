//! Whether a client may connect.

use domain::client::ClientId;
use domain::tenant::TenantId;
use store::Tx;

use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Lets a client connect, or not, from its next request on. What is so already changes nothing. `version` is the one that
    /// the change started from, if that matters.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client any more,
    /// [`ServiceError::Conflict`] when somebody else changed it meanwhile.
    pub async fn set_client_enabled(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        enabled: bool,
        version: Option<i64>,
    ) -> Result<(), ServiceError> {
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let client = store::clients::touch(&mut tx, tenant, id, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)?;
        require_version(client.version, version)?;
        if client.enabled == enabled {
            return Ok(());
        }
        store::clients::set_enabled(&mut tx, id, enabled).await?;
        self.record_enabled(&mut tx, actor, tenant, id, &client.name, enabled)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Records that a client was enabled or disabled.
    pub(super) async fn record_enabled(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        name: &str,
        enabled: bool,
    ) -> Result<(), ServiceError> {
        let change = Change {
            tenant_id: Some(tenant),
            action: if enabled { "client.enable" } else { "client.disable" },
            target_id: Some(id.to_string()),
            target_name: Some(name),
        };
        self.record(tx, actor, change).await
    }
}
