//! The roles that a client holds.

use domain::client::{ClientId, ClientKind};
use domain::client_form::ClientSettings;
use domain::field::Field;
use domain::role::{Role, RoleId, RoleType};
use domain::tenant::TenantId;
use domain::view::RoleRow;
use store::{Tx, client_roles};

use crate::audit::Change;
use crate::change::require_version;
use crate::roles::unknown_role;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// The roles that the settings of a client of this kind ask for. Every client-credentials client has Tenant Member:
    /// it comes by itself, unless the settings name all of them.
    pub(super) async fn roles_of_client(
        &self,
        tenant: TenantId,
        kind: ClientKind,
        settings: &ClientSettings,
    ) -> Result<Vec<RoleId>, ServiceError> {
        if !kind.has_roles() {
            return Ok(Vec::new());
        }
        let mut known = self.known_roles(tenant, &settings.roles).await?;
        if settings.extras.names_all_roles {
            require_member_role(&known, &settings.roles)?;
        }
        known.retain(|role| is_member_role(role) || settings.roles.contains(&role.id));
        Ok(known.into_iter().map(|role| role.id).collect())
    }

    /// The roles of a client-credentials client, built-in ones first, then by name; and the client's version.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client.
    pub async fn client_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
    ) -> Result<(Vec<RoleRow>, i64), ServiceError> {
        let client = self
            .client_view(actor, tenant, ClientKind::ClientCredentials, id)
            .await?;
        let mut roles = store::roles::list_whole(&self.database, tenant).await?;
        roles.retain(|row| client.roles.contains(&row.role.id));
        Ok((roles, client.version))
    }

    /// Gives a client-credentials client these roles and no others. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for roles that the tenant doesn't have, and without Tenant
    /// Member, [`ServiceError::NotFound`] when the tenant has no such client any more, [`ServiceError::Conflict`] when
    /// somebody else changed it meanwhile.
    pub async fn set_client_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        version: i64,
        roles: &[RoleId],
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        let mut known = self.known_roles(tenant, roles).await?;
        require_member_role(&known, roles)?;
        known.retain(|role| roles.contains(&role.id));
        let roles: Vec<RoleId> = known.into_iter().map(|role| role.id).collect();

        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let client = store::clients::touch(&mut tx, tenant, id, actor.name(), self.clock.now())
            .await?
            .filter(|client| client.kind.has_roles())
            .ok_or(ServiceError::NotFound)?;
        require_version(client.version, Some(version))?;
        replace_roles(&mut tx, tenant, id, &roles).await?;
        store::clients::next_version(&mut tx, id).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "client.edit",
            target_id: Some(id.to_string()),
            target_name: Some(&client.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }

    /// The tenant's roles, all of the chosen ones among them.
    async fn known_roles(&self, tenant: TenantId, chosen: &[RoleId]) -> Result<Vec<Role>, ServiceError> {
        let known = store::roles::list(&self.database, tenant).await?;
        if chosen.iter().all(|id| known.iter().any(|role| role.id == *id)) {
            Ok(known)
        } else {
            Err(unknown_role())
        }
    }
}

fn is_member_role(role: &Role) -> bool {
    role.role_type == Some(RoleType::TenantMember)
}

/// Refuses roles without Tenant Member, which no client-credentials client loses.
fn require_member_role(known: &[Role], chosen: &[RoleId]) -> Result<(), ServiceError> {
    match known.iter().find(|role| is_member_role(role)) {
        Some(member) if !chosen.contains(&member.id) => Err(ServiceError::invalid(
            Field::Roles,
            format!(
                "Tenant Member is missing, which every client has. Add its id {}.",
                member.id
            ),
        )),
        _ => Ok(()),
    }
}

/// Gives a client these roles and no others.
pub(super) async fn replace_roles(
    tx: &mut Tx,
    tenant: TenantId,
    client: ClientId,
    roles: &[RoleId],
) -> Result<(), ServiceError> {
    client_roles::clear(tx, client).await?;
    for role in roles {
        // A role may be removed while this runs.
        match client_roles::give(tx, client, tenant, *role).await {
            Ok(true) => {}
            Ok(false) => return Err(unknown_role()),
            Err(error) if error.is_foreign_key_violation() => return Err(unknown_role()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
