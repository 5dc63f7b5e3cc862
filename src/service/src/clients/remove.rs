//! Removing a client.

use domain::client::ClientId;
use domain::tenant::TenantId;

use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Removes a client with its secrets. It gets no token any more, and its id is never used again. `version` is the one
    /// that must still be there, if that matters.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client any more,
    /// [`ServiceError::Conflict`] when somebody else changed it meanwhile.
    pub async fn remove_client(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        version: Option<i64>,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        let found = store::clients::find(&self.database, tenant, id).await?;
        let kind = found.ok_or(ServiceError::NotFound)?.kind;
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        store::clients::count_one_less(&mut tx, tenant, kind).await?;
        let client = store::clients::touch(&mut tx, tenant, id, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)?;
        require_version(client.version, version)?;
        store::clients::delete(&mut tx, id).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "client.remove",
            target_id: Some(id.to_string()),
            target_name: Some(&client.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}
