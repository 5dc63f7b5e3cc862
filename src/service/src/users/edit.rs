//! Changing a person.

use domain::role::{RoleId, RoleType};
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::user_form::UserForm;
use store::{Tx, password_links, roles, user_roles, users};

use super::{keep_an_administrator, or_taken};
use crate::audit::Change;
use crate::roles::{own_administration, unknown_role};
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Changes a person's name, e-mail address and roles; Tenant Member stays. Another address ends their one-time link.
    /// `version` is the one that the change started from.
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
        if user.version != version {
            return Err(ServiceError::Conflict);
        }
        let administrator = roles::built_in(&mut tx, tenant, RoleType::TenantAdministrator).await?;
        if actor.is_user(id) && !settings.roles.contains(&administrator) {
            return Err(own_administration());
        }
        users::update(&mut tx, id, &settings.name, &settings.email)
            .await
            .map_err(|error| or_taken(error, &settings.email))?;
        if settings.email.as_str() != user.email {
            // Whoever has the old address must not open the account with its link.
            password_links::delete_of_user(&mut tx, id).await?;
        }
        user_roles::clear(&mut tx, id).await?;
        user_roles::give_built_in(&mut tx, id, RoleType::TenantMember).await?;
        give_roles(&mut tx, id, &settings.roles).await?;
        keep_an_administrator(&mut tx, tenant).await?;
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

/// Gives a person these roles of their tenant, which is locked.
pub(super) async fn give_roles(tx: &mut Tx, user: UserId, roles: &[RoleId]) -> Result<(), ServiceError> {
    for role in roles {
        if !user_roles::give(tx, user, *role).await? {
            return Err(unknown_role());
        }
    }
    Ok(())
}
