//! Finding what was done, for programs.

use domain::audit::{AuditQuery, AuditRow};
use domain::search::Found;
use domain::tenant::TenantId;

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// What was done in the tenant, newest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] to whoever doesn't administer the tenant.
    pub async fn find_audit(
        &self,
        actor: &Actor,
        tenant: TenantId,
        query: &AuditQuery,
    ) -> Result<Found<AuditRow>, ServiceError> {
        actor.require_administrator(tenant)?;
        Ok(store::audit_list::find(&self.database, tenant, query).await?)
    }
}
