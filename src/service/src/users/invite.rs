//! Adding a person, who chooses a password with a one-time link.

use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::user_form::UserForm;
use domain::view::PasswordLink;
use store::users::NewUser;

use super::edit::give_roles;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Adds a person with their roles, and answers the link that opens their account once.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant, [`ServiceError::Invalid`] for wrong
    /// fields, an unknown role or a taken e-mail address.
    pub async fn invite_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        form: &UserForm,
    ) -> Result<PasswordLink, ServiceError> {
        actor.require_administrator(tenant)?;
        let settings = form.check()?;
        let user = NewUser {
            id: UserId(self.ids.uuid()),
            tenant_id: tenant,
            email: &settings.email,
            name: &settings.name,
            password_hash: None,
            created_at: self.clock.now(),
        };
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        self.insert_user(&mut tx, actor, &user, &[RoleType::TenantMember])
            .await?;
        give_roles(&mut tx, user.id, &settings.roles).await?;
        let link = self.new_password_link(&mut tx, user.id, settings.name.as_str()).await?;
        tx.commit().await?;
        Ok(link)
    }
}
