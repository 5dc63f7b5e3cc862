//! Finding clients, for programs.

use domain::client::{ClientId, ClientKind};
use domain::role::RoleId;
use domain::search::{Found, MAX_COUNT, Search};
use domain::tenant::TenantId;
use domain::view::ClientView;
use store::client_search;

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A client of this kind, as programs see it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client of this kind.
    pub async fn client_view(
        &self,
        actor: &Actor,
        tenant: TenantId,
        kind: ClientKind,
        id: ClientId,
    ) -> Result<ClientView, ServiceError> {
        actor.require_member(tenant)?;
        client_search::view(&self.database, tenant, kind, id)
            .await?
            .ok_or(ServiceError::NotFound)
    }

    /// All of the tenant's clients of a kind, by name, for administrators.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub async fn all_clients(
        &self,
        actor: &Actor,
        tenant: TenantId,
        kind: ClientKind,
    ) -> Result<Vec<ClientView>, ServiceError> {
        actor.require_administrator(tenant)?;
        let (mut all, mut behind) = (Vec::new(), Some(String::new()));
        while let Some(key) = behind {
            let (clients, last) = client_search::behind(&self.database, tenant, kind, &key, MAX_COUNT).await?;
            all.extend(clients);
            behind = last;
        }
        Ok(all)
    }

    /// The tenant's clients of a kind that a program asks for, by name; only those with a role, if one is named.
    pub async fn find_clients(
        &self,
        actor: &Actor,
        tenant: TenantId,
        kind: ClientKind,
        search: &Search,
        role: Option<RoleId>,
    ) -> Result<Found<ClientView>, ServiceError> {
        actor.require_member(tenant)?;
        Ok(client_search::find(&self.database, tenant, kind, search, role).await?)
    }
}
