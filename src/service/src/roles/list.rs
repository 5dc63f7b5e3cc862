//! Listing roles.

use domain::list::NameQuery;
use domain::tenant::TenantId;
use domain::view::{Page, RoleRow};

use crate::{Actor, Service, ServiceError};

impl Service {
    /// A page of the tenant's roles.
    pub async fn list_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        query: &NameQuery,
    ) -> Result<Page<RoleRow>, ServiceError> {
        actor.require_member(tenant)?;
        Ok(store::role_list::page(&self.database, tenant, query, self.clock.now()).await?)
    }
}
