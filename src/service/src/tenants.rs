//! Tenants. They concern the whole installation, so only the command line makes and lists them.

use domain::role::{RoleId, RoleType};
use domain::tenant::{TenantId, TenantName};
use domain::view::TenantDetails;
use store::Tx;
pub use store::tenants::TenantView;
use store::tenants::{self, NewTenant};

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

impl Service {
    /// Makes a tenant with its built-in roles, with this id or a new one.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when the id is taken.
    pub async fn create_tenant(
        &self,
        actor: &Actor,
        id: Option<TenantId>,
        name: &TenantName,
    ) -> Result<TenantId, ServiceError> {
        actor.require_operator()?;
        let mut tx = self.database.begin().await?;
        let id = self.insert_tenant(&mut tx, actor, id, name).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Stores a tenant with its built-in roles and the event.
    pub(crate) async fn insert_tenant(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        id: Option<TenantId>,
        name: &TenantName,
    ) -> Result<TenantId, ServiceError> {
        let id = id.unwrap_or_else(|| TenantId(self.ids.uuid()));
        let tenant = NewTenant {
            id,
            name,
            created_at: self.clock.now(),
            roles: &RoleType::ALL.map(|role| (RoleId(self.ids.uuid()), role)),
        };
        tenants::insert(tx, &tenant).await.map_err(|error| {
            if error.is_unique_violation() {
                ServiceError::refused(format!("The tenant {id} exists already."), "Choose another id.")
            } else {
                error.into()
            }
        })?;
        let change = Change {
            tenant_id: Some(id),
            action: "tenant.add",
            target_id: Some(id.to_string()),
            target_name: Some(name.as_str()),
        };
        self.record(tx, actor, change).await?;
        Ok(id)
    }

    /// Every tenant, oldest first.
    pub async fn list_tenants(&self, actor: &Actor) -> Result<Vec<TenantView>, ServiceError> {
        actor.require_operator()?;
        Ok(tenants::list(&self.database).await?)
    }

    /// A tenant, to whoever belongs to it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant.
    pub async fn tenant(&self, actor: &Actor, tenant: TenantId) -> Result<TenantDetails, ServiceError> {
        actor.require_member(tenant)?;
        tenants::read(&self.database, tenant)
            .await?
            .ok_or(ServiceError::NotFound)
    }

    /// The tenant with this id, when there is one.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with a sentence for the command line when there is none.
    pub async fn require_tenant(&self, actor: &Actor, tenant: TenantId) -> Result<TenantId, ServiceError> {
        actor.require_operator()?;
        match tenants::read(&self.database, tenant).await? {
            Some(_) => Ok(tenant),
            None => Err(ServiceError::refused(
                format!("There is no tenant with the id {tenant}."),
                "`clientele tenant list` shows all of them.",
            )),
        }
    }

    /// The tenant that is meant when none is named.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] without tenants or with several.
    pub async fn only_tenant(&self, actor: &Actor) -> Result<TenantId, ServiceError> {
        match self.list_tenants(actor).await?.as_slice() {
            [] => Err(ServiceError::refused(
                "There is no tenant yet.",
                "Start the server once, or run `clientele tenant create`.",
            )),
            [tenant] => Ok(tenant.id),
            [_, _, ..] => Err(ServiceError::refused(
                "There are several tenants.",
                "Name one with --tenant; `clientele tenant list` shows them.",
            )),
        }
    }
}

#[cfg(test)]
mod tests;
