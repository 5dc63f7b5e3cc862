//! Who has a role: people and client-credentials clients.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::identity_list::{Identity, IdentityChanges, IdentityQuery};
use domain::role::{Role, RoleId, RoleType};
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::{IdentityRow, Page};
use store::{Tx, client_roles, clients, identity_list, role_holders, roles, user_roles, users};

use crate::audit::Change;
use crate::users::keep_an_administrator;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A page of those that a role can be given to, and whether they have it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such role.
    pub async fn role_identities(
        &self,
        actor: &Actor,
        tenant: TenantId,
        role: RoleId,
        query: &IdentityQuery,
    ) -> Result<Page<IdentityRow>, ServiceError> {
        actor.require_member(tenant)?;
        if roles::find(&self.database, tenant, role).await?.is_none() {
            return Err(ServiceError::NotFound);
        }
        Ok(identity_list::page(&self.database, tenant, role, query, self.clock.now()).await?)
    }

    /// Gives a role to some and takes it from others, all together or not at all. Who has it already, or hasn't, stays as
    /// they are.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the role isn't there any more, [`ServiceError::Gone`]
    /// with all of those who aren't, [`ServiceError::Refused`] for more changes than one **Save** holds, for Tenant Member,
    /// which everybody has, and when the change would leave the tenant without an administrator or take that right from the
    /// person who asks.
    pub async fn change_identities(
        &self,
        actor: &Actor,
        tenant: TenantId,
        role: RoleId,
        changes: &IdentityChanges,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        changes.check().map_err(|error| {
            ServiceError::refused(
                error.to_string(),
                "Take some back, select Save, and make the others after that.",
            )
        })?;
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let role = roles::find_in(&mut tx, tenant, role)
            .await?
            .ok_or(ServiceError::NotFound)?
            .role;
        if role.role_type == Some(RoleType::TenantMember) {
            return Err(ServiceError::refused(
                "Everybody in the tenant has Tenant Member; it can't be given or taken.",
                "Choose another role.",
            ));
        }
        // Always in the same order, so that no two changes wait for each other.
        let mut wanted: Vec<(Identity, bool)> = changes.give.iter().map(|identity| (*identity, true)).collect();
        wanted.extend(changes.take.iter().map(|identity| (*identity, false)));
        wanted.sort_unstable();
        let mut gone = Vec::new();
        for (identity, holds) in wanted {
            let there = self.change_identity(&mut tx, actor, tenant, &role, identity, holds);
            if !there.await? {
                gone.push(identity);
            }
        }
        if !gone.is_empty() {
            return Err(ServiceError::Gone(gone));
        }
        keep_an_administrator(&mut tx, tenant).await?;
        Ok(tx.commit().await?)
    }

    /// Gives a role to somebody or takes it; answers whether they are there.
    async fn change_identity(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        tenant: TenantId,
        role: &Role,
        identity: Identity,
        holds: bool,
    ) -> Result<bool, ServiceError> {
        match role_holders::holds(tx, tenant, identity, role.id).await? {
            None => return Ok(false),
            Some(held) if held == holds => return Ok(true),
            Some(_) => {}
        }
        let name = match identity {
            Identity::User(id) => change_user(tx, actor, tenant, role, id, holds).await?,
            Identity::Client(id) => {
                let by = (actor.name(), self.clock.now());
                change_client(tx, by, tenant, role.id, id, holds).await?
            }
        };
        let Some(name) = name else {
            return Ok(false);
        };
        let name = format!("{name}, role {}", role.name);
        let change = Change {
            tenant_id: Some(tenant),
            action: action(identity, holds),
            target_id: Some(identity.id().to_string()),
            target_name: Some(&name),
        };
        self.record(tx, actor, change).await?;
        Ok(true)
    }
}

const fn action(identity: Identity, holds: bool) -> &'static str {
    match (identity, holds) {
        (Identity::User(_), true) => "user.give_role",
        (Identity::User(_), false) => "user.take_role",
        (Identity::Client(_), true) => "client.give_role",
        (Identity::Client(_), false) => "client.take_role",
    }
}

/// Gives a role to a person or takes it; answers their name, if they are there.
async fn change_user(
    tx: &mut Tx,
    actor: &Actor,
    tenant: TenantId,
    role: &Role,
    id: UserId,
    holds: bool,
) -> Result<Option<String>, ServiceError> {
    if !holds && actor.is_user(id) && role.role_type == Some(RoleType::TenantAdministrator) {
        return Err(own_administration());
    }
    let Some(user) = users::lock(tx, tenant, id).await? else {
        return Ok(None);
    };
    if holds {
        user_roles::give(tx, id, role.id).await?;
    } else {
        user_roles::take(tx, id, role.id).await?;
    }
    users::next_version(tx, id).await?;
    Ok(Some(user.name))
}

/// Gives a role to a client or takes it; answers its name, if it is there.
async fn change_client(
    tx: &mut Tx,
    (by, at): (&str, DateTime<Utc>),
    tenant: TenantId,
    role: RoleId,
    id: ClientId,
    holds: bool,
) -> Result<Option<String>, ServiceError> {
    // Somebody may have removed it, or given it the role, before it was locked.
    let Some(client) = clients::touch(tx, tenant, id, by, at).await? else {
        return Ok(None);
    };
    client_roles::take(tx, id, role).await?;
    if holds && !client_roles::give(tx, id, tenant, role).await? {
        return Err(ServiceError::NotFound);
    }
    clients::next_version(tx, id).await?;
    Ok(Some(client.name))
}

/// The answer to somebody who takes their own right to administer.
pub(crate) fn own_administration() -> ServiceError {
    ServiceError::refused(
        "You can't take Tenant Administrator from yourself.",
        "Another administrator can do it.",
    )
}
