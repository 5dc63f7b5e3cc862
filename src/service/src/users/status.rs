//! Whether a person may sign in.

use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::UserStatus;
use store::users;

use super::{end_sign_ins, keep_an_administrator};
use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Lets a person sign in, or not; who may not is signed out at once. What is so already changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant doesn't have them any more,
    /// [`ServiceError::Refused`] for oneself and for the last administrator.
    pub async fn set_user_enabled(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
        enabled: bool,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        if actor.is_user(id) && !enabled {
            return Err(ServiceError::refused(
                "You can't disable yourself.",
                "Another administrator can do it.",
            ));
        }
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        if (user.status != UserStatus::Disabled) == enabled {
            return Ok(());
        }
        users::set_enabled(&mut tx, id, enabled).await?;
        if !enabled {
            end_sign_ins(&mut tx, id, self.clock.now()).await?;
            keep_an_administrator(&mut tx, tenant).await?;
        }
        let change = Change {
            tenant_id: Some(tenant),
            action: if enabled { "user.enable" } else { "user.disable" },
            target_id: Some(id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}
