//! All that is shown of a role.

use domain::role::RoleId;
use domain::tenant::TenantId;
use domain::view::RoleDetails;

use crate::{Actor, Service, ServiceError};

impl Service {
    /// A role and who has it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such role.
    pub async fn role_details(&self, actor: &Actor, tenant: TenantId, id: RoleId) -> Result<RoleDetails, ServiceError> {
        actor.require_member(tenant)?;
        let stored = store::roles::find(&self.database, tenant, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Ok(RoleDetails {
            role: stored.role,
            description: stored.description,
            holders: store::role_holders::summary(&self.database, id).await?,
            version: stored.version,
        })
    }
}
