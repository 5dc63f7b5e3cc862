//! All that is shown of a client.

use domain::client::ClientId;
use domain::tenant::TenantId;
use domain::view::{ClientDetails, SignInDetails};

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A client with its roles, addresses and secrets.
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
        let sign_in = SignInDetails {
            allow_refresh_token: client.allow_offline_access,
            ..store::client_uris::of_client(&self.database, id).await?
        };
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
            roles: store::client_roles::of_client(&self.database, id).await?,
            sign_in,
            version: client.version,
            now: self.clock.now(),
        })
    }
}
