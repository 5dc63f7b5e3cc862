//! A change in a tenant, begun by whoever may make it.

use domain::tenant::TenantId;
use store::{Tx, administrators, tenants};

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Begins a change in a tenant. The right to make it came with the session and may be gone by now: it is read again,
    /// and stays as it is until the change ends.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] to whoever lost that right.
    pub(crate) async fn begin_change(&self, actor: &Actor, tenant: TenantId) -> Result<Tx, ServiceError> {
        actor.require_administrator(tenant)?;
        let mut tx = self.database.begin().await?;
        require_administrator_still(&mut tx, actor, tenant).await?;
        Ok(tx)
    }

    /// The same, alone in the tenant: for what must hold across its people and roles, and for what the list of its clients
    /// is filtered by.
    /// The tenant is locked first, then who asks, then what changes: in one order, so that no two wait for each other.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] without such a tenant, [`ServiceError::Forbidden`] to whoever lost that right.
    pub(crate) async fn begin_change_alone(&self, actor: &Actor, tenant: TenantId) -> Result<Tx, ServiceError> {
        actor.require_administrator(tenant)?;
        let mut tx = self.database.begin().await?;
        if !tenants::lock_for_change(&mut tx, tenant).await? {
            return Err(ServiceError::NotFound);
        }
        require_administrator_still(&mut tx, actor, tenant).await?;
        Ok(tx)
    }
}

async fn require_administrator_still(tx: &mut Tx, actor: &Actor, tenant: TenantId) -> Result<(), ServiceError> {
    let still = match actor {
        Actor::User(user) => administrators::lock(tx, tenant, user.id).await?,
        Actor::Client(client) => administrators::lock_client(tx, tenant, client.id).await?,
        Actor::CommandLine | Actor::Server => true,
    };
    if still { Ok(()) } else { Err(ServiceError::Forbidden) }
}

/// Refuses a change of what somebody else changed since it was read; `expected` is the version it had then, if that matters.
pub(crate) fn require_version(stored: i64, expected: Option<i64>) -> Result<(), ServiceError> {
    if expected.is_none_or(|expected| expected == stored) {
        Ok(())
    } else {
        Err(ServiceError::Conflict)
    }
}
