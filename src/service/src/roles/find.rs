//! Finding roles, for programs.

use domain::role::RoleType;
use domain::search::{Found, Search};
use domain::tenant::TenantId;
use domain::view::RoleRow;
use uuid::Uuid;

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// The tenant's roles that a program asks for, built-in ones first, then by name; only those of one type, if it is named.
    pub async fn find_roles(
        &self,
        actor: &Actor,
        tenant: TenantId,
        search: &Search,
        role_type: Option<Uuid>,
    ) -> Result<Found<RoleRow>, ServiceError> {
        actor.require_member(tenant)?;
        let mut roles = store::roles::list_whole(&self.database, tenant).await?;
        if role_type.is_some() {
            roles.retain(|row| row.role.role_type.map(RoleType::id) == role_type);
        }
        Ok(search.among(roles, |row| row.role.id.0, |row| row.role.name.as_str()))
    }
}
