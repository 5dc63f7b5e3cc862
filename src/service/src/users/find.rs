//! Finding people, for programs.

use domain::role::RoleId;
use domain::search::{Found, Search};
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::UserView;
use store::user_search;

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// A person with all that programs see of them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has nobody with this id.
    pub async fn user_view(&self, actor: &Actor, tenant: TenantId, id: UserId) -> Result<UserView, ServiceError> {
        actor.require_member(tenant)?;
        let found = user_search::by_ids(&self.database, tenant, &[id.0]).await?;
        found.into_iter().next().ok_or(ServiceError::NotFound)
    }

    /// The tenant's people that a program asks for, by name; only those who have a role, if it is named.
    pub async fn find_users(
        &self,
        actor: &Actor,
        tenant: TenantId,
        search: &Search,
        role: Option<RoleId>,
    ) -> Result<Found<UserView>, ServiceError> {
        actor.require_member(tenant)?;
        if search.ids.is_empty() {
            let (rows, total) = user_search::matching(&self.database, tenant, search, role).await?;
            return Ok(Found {
                rows,
                total,
                missing: Vec::new(),
            });
        }
        let mut users = user_search::by_ids(&self.database, tenant, &search.ids).await?;
        users.retain(|user| role.is_none_or(|role| user.roles.contains(&role)));
        Ok(search.among(users, |user| user.id.0, |user| user.name.as_str()))
    }
}
