//! All that is shown of a client.

use domain::client::ClientId;
use domain::tenant::TenantId;
use domain::view::ClientDetails;

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A client with its roles and secrets.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client.
    pub async fn client_details(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
    ) -> Result<ClientDetails, ServiceError> {
        actor.require_member(tenant)?;
        let client = store::clients::find(&self.database, tenant, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Ok(ClientDetails {
            id: client.id,
            kind: client.kind,
            name: client.name,
            token_lifetime: client.token_lifetime,
            enabled: client.enabled,
            created: client.created,
            changed: client.changed,
            last_used: client.last_used,
            secrets: store::client_secrets::of_client(&self.database, id).await?,
            roles: store::roles::of_client(&self.database, id).await?,
            now: self.clock.now(),
        })
    }
}
