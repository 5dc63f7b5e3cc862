//! The roles that a client holds.

use domain::client::ClientId;
use domain::role::{RoleId, RoleType};
use domain::tenant::TenantId;
use store::{Tx, client_roles};

use crate::roles::unknown_role;
use crate::{Service, ServiceError};

impl Service {
    /// The chosen roles and Tenant Member, which every client-credentials client has.
    pub(super) async fn roles_of_client(
        &self,
        tenant: TenantId,
        chosen: &[RoleId],
    ) -> Result<Vec<RoleId>, ServiceError> {
        let known = store::roles::list(&self.database, tenant).await?;
        if !chosen.iter().all(|id| known.iter().any(|role| role.id == *id)) {
            return Err(unknown_role());
        }
        Ok(known
            .into_iter()
            .filter(|role| role.role_type == Some(RoleType::TenantMember) || chosen.contains(&role.id))
            .map(|role| role.id)
            .collect())
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
