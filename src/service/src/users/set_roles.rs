//! The roles of a person, for programs, which change them by themselves.

use domain::role::{RoleId, RoleType};
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::RoleRow;
use store::{Tx, roles, user_roles, users};

use super::keep_an_administrator;
use crate::audit::Change;
use crate::change::require_version;
use crate::roles::{own_administration, unknown_role};
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// The roles of a person, built-in ones first, then by name; and the person's version.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has nobody with this id.
    pub async fn user_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
    ) -> Result<(Vec<RoleRow>, i64), ServiceError> {
        let user = self.user_view(actor, tenant, id).await?;
        let mut roles = roles::list_whole(&self.database, tenant).await?;
        roles.retain(|row| user.roles.contains(&row.role.id));
        Ok((roles, user.version))
    }

    /// Gives a person these roles and no others; Tenant Member stays. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant doesn't have them any more,
    /// [`ServiceError::Invalid`] for an unknown role, [`ServiceError::Conflict`] when somebody else changed them meanwhile,
    /// [`ServiceError::Refused`] when the change would leave the tenant without an administrator or take that right from the
    /// person who asks.
    pub async fn set_user_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
        version: i64,
        roles: &[RoleId],
    ) -> Result<(), ServiceError> {
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        require_version(user.version, Some(version))?;
        replace_roles(&mut tx, actor, tenant, id, roles).await?;
        users::next_version(&mut tx, id).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "user.edit",
            target_id: Some(id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}

/// Gives a locked person of a locked tenant these roles, Tenant Member, and no others.
pub(super) async fn replace_roles(
    tx: &mut Tx,
    actor: &Actor,
    tenant: TenantId,
    user: UserId,
    roles: &[RoleId],
) -> Result<(), ServiceError> {
    let administrator = roles::built_in(tx, tenant, RoleType::TenantAdministrator).await?;
    if actor.is_user(user) && !roles.contains(&administrator) {
        return Err(own_administration());
    }
    user_roles::clear(tx, user).await?;
    user_roles::give_built_in(tx, user, RoleType::TenantMember).await?;
    give_roles(tx, user, roles).await?;
    keep_an_administrator(tx, tenant).await
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
