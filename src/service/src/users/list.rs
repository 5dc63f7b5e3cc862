//! Listing people.

use domain::list::NameQuery;
use domain::tenant::TenantId;
use domain::view::{Page, UserRow};

use crate::{Actor, Service, ServiceError};

impl Service {
    /// A page of the people of the tenant.
    pub async fn list_users(
        &self,
        actor: &Actor,
        tenant: TenantId,
        query: &NameQuery,
    ) -> Result<Page<UserRow>, ServiceError> {
        actor.require_member(tenant)?;
        Ok(store::user_list::page(&self.database, tenant, query, self.clock.now()).await?)
    }
}
