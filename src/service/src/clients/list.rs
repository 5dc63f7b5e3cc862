//! Listing clients.

use domain::list::ClientQuery;
use domain::tenant::TenantId;
use domain::view::{ClientRow, Page};

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A page of the tenant's clients.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant.
    pub async fn list_clients(
        &self,
        actor: &Actor,
        tenant: TenantId,
        query: &ClientQuery,
    ) -> Result<Page<ClientRow>, ServiceError> {
        actor.require_member(tenant)?;
        store::client_list::page(&self.database, &self.client_totals, tenant, query, self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)
    }
}
