//! Removing a person.

use domain::tenant::TenantId;
use domain::user::UserId;
use store::users;

use super::keep_an_administrator;
use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Removes a person, who is signed out at once. Their id is never used again. `version` is the one that must still be
    /// there, if that matters.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant doesn't have them any more,
    /// [`ServiceError::Conflict`] when somebody else changed them meanwhile, [`ServiceError::Refused`] for oneself and for
    /// the last administrator.
    pub async fn remove_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
        version: Option<i64>,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        if actor.is_user(id) {
            return Err(ServiceError::refused(
                "You can't remove yourself.",
                "Another administrator can do it.",
            ));
        }
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        require_version(user.version, version)?;
        users::delete(&mut tx, id).await?;
        keep_an_administrator(&mut tx, tenant).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "user.remove",
            target_id: Some(id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}
