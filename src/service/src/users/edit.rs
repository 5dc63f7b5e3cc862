//! Changing a person.

use domain::tenant::TenantId;
use domain::user::UserId;
use domain::user_form::UserForm;
use store::{password_links, users};

use super::or_taken;
use super::set_roles::replace_roles;
use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Changes a person's name, e-mail address and roles, and what only programs set if they do; Tenant Member stays. Another
    /// address ends their one-time link. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, an unknown role or a taken e-mail address,
    /// [`ServiceError::NotFound`] when the tenant doesn't have them any more, [`ServiceError::Conflict`] when somebody else
    /// changed them meanwhile, [`ServiceError::Refused`] when the change would leave the tenant without an administrator or
    /// take that right from the person who asks.
    pub async fn edit_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
        version: i64,
        form: &UserForm,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        let settings = form.check()?;
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        require_version(user.version, Some(version))?;
        replace_roles(&mut tx, actor, tenant, id, &settings.roles).await?;
        users::update(&mut tx, id, &settings.name, &settings.email)
            .await
            .map_err(|error| or_taken(error, &settings.email))?;
        if settings.email.as_str() != user.email {
            // Whoever has the old address must not open the account with its link.
            password_links::delete_of_user(&mut tx, id).await?;
        }
        if let Some(extras) = &settings.extras {
            users::set_extras(&mut tx, id, extras).await?;
        }
        let change = Change {
            tenant_id: Some(tenant),
            action: "user.edit",
            target_id: Some(id.to_string()),
            target_name: Some(settings.name.as_str()),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}
