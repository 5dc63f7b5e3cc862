//! Making, changing and removing custom roles.

use domain::role::RoleId;
use domain::role_form::RoleForm;
use domain::tenant::TenantId;
use domain::view::{Holders, RoleRow};
use store::{StoreError, Tx, role_holders, roles};

use super::{built_in, name_taken};
use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Makes a custom role, with this id or a new one, and answers its id.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant, [`ServiceError::Invalid`] for wrong
    /// fields or a name that the tenant has, [`ServiceError::Taken`] for an id that a role has.
    pub async fn add_role(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: Option<RoleId>,
        form: &RoleForm,
    ) -> Result<RoleId, ServiceError> {
        actor.require_administrator(tenant)?;
        let settings = form.check()?;
        let id = id.unwrap_or_else(|| RoleId(self.ids.uuid()));
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        if !roles::insert(&mut tx, tenant, id, &settings).await.map_err(or_taken)? {
            return Err(ServiceError::Taken(id.0));
        }
        self.record_role(&mut tx, actor, tenant, "role.add", id, settings.name.as_str())
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes the name and description of a custom role. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields or a name that the tenant has,
    /// [`ServiceError::NotFound`] when the tenant has no such role any more, [`ServiceError::Refused`] for a built-in one,
    /// [`ServiceError::Conflict`] when somebody else changed it meanwhile.
    pub async fn edit_role(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: RoleId,
        version: i64,
        form: &RoleForm,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        let settings = form.check()?;
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let stored = custom_role(&mut tx, tenant, id).await?;
        require_version(stored.version, Some(version))?;
        roles::update(&mut tx, id, &settings).await.map_err(or_taken)?;
        self.record_role(&mut tx, actor, tenant, "role.edit", id, settings.name.as_str())
            .await?;
        Ok(tx.commit().await?)
    }

    /// Removes a custom role; whoever has it loses it, from their next request on. `confirmed` says who that is, as the
    /// person who removes it was told, if they were; `version` is the one that must still be there, if that matters.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such role any more,
    /// [`ServiceError::Refused`] for a built-in one, [`ServiceError::Conflict`] when others have it by now or somebody else
    /// changed it meanwhile, [`ServiceError::Busy`] when somebody gets it at this very moment.
    pub async fn remove_role(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: RoleId,
        confirmed: Option<&Holders>,
        version: Option<i64>,
    ) -> Result<(), ServiceError> {
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let stored = custom_role(&mut tx, tenant, id).await?;
        require_version(stored.version, version)?;
        let holders = role_holders::summary_in(&mut tx, id).await?;
        let taken = role_holders::take_from_all(&mut tx, id, actor.name(), self.clock.now()).await?;
        // Nobody loses it of whom the person wasn't told, not even who got it between these two.
        if confirmed.is_some_and(|told| holders != *told || taken != (holders.user_count, holders.client_count)) {
            return Err(ServiceError::Conflict);
        }
        roles::delete(&mut tx, id).await.map_err(|error| {
            if error.is_foreign_key_violation() {
                ServiceError::Busy
            } else {
                error.into()
            }
        })?;
        self.record_role(&mut tx, actor, tenant, "role.remove", id, &stored.role.name)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn record_role(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        tenant: TenantId,
        action: &'static str,
        id: RoleId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let change = Change {
            tenant_id: Some(tenant),
            action,
            target_id: Some(id.to_string()),
            target_name: Some(name),
        };
        self.record(tx, actor, change).await
    }
}

/// One of the tenant's custom roles, within a change that is alone in it.
async fn custom_role(tx: &mut Tx, tenant: TenantId, id: RoleId) -> Result<RoleRow, ServiceError> {
    let stored = roles::find_in(tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
    if stored.role.role_type.is_some() {
        return Err(built_in());
    }
    Ok(stored)
}

/// What a violated rule of the table means.
fn or_taken(error: StoreError) -> ServiceError {
    if error.is_unique_violation() {
        name_taken()
    } else {
        error.into()
    }
}
