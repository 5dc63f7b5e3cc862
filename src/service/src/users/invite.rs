//! Adding a person, who chooses a password with a one-time link.

use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::user_form::UserForm;
use domain::view::{PasswordLink, UserView};
use store::user_roles;
use store::users::{self, NewUser};

use super::set_roles::give_roles;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Adds a person with this id or a new one and with their roles, and answers the link that opens their account once.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant, [`ServiceError::Invalid`] for wrong
    /// fields, an unknown role or a taken e-mail address, [`ServiceError::Taken`] for an id that any user or client has or
    /// had.
    pub async fn invite_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: Option<UserId>,
        form: &UserForm,
    ) -> Result<PasswordLink, ServiceError> {
        Ok(self.invite_and_view_user(actor, tenant, id, form).await?.0)
    }

    /// The same, with the person as programs see them: a second look could fail, and the link would be lost with it.
    ///
    /// # Errors
    /// Those of [`invite_user`](Self::invite_user).
    pub async fn invite_and_view_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: Option<UserId>,
        form: &UserForm,
    ) -> Result<(PasswordLink, UserView), ServiceError> {
        actor.require_administrator(tenant)?;
        let settings = form.check()?;
        let user = NewUser {
            id: id.unwrap_or_else(|| UserId(self.ids.uuid())),
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
        if let Some(extras) = &settings.extras {
            users::set_extras(&mut tx, user.id, extras).await?;
        }
        let link = self.new_password_link(&mut tx, user.id, settings.name.as_str()).await?;
        let roles = user_roles::of_user_in(&mut tx, user.id).await?;
        let view = UserView {
            id: user.id,
            name: settings.name.as_str().to_owned(),
            email: settings.email.as_str().to_owned(),
            extras: settings.extras.unwrap_or_default(),
            roles: roles.into_iter().map(|role| role.id).collect(),
            version: 1,
        };
        tx.commit().await?;
        Ok((link, view))
    }
}
