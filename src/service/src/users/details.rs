//! All that is shown of a person.

use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::UserDetails;

use crate::{Actor, Service, ServiceError};

impl Service {
    /// A person with their roles.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has nobody with this id.
    pub async fn user_details(&self, actor: &Actor, tenant: TenantId, id: UserId) -> Result<UserDetails, ServiceError> {
        actor.require_member(tenant)?;
        let user = store::users::find(&self.database, tenant, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let now = self.clock.now();
        let link_expires = store::password_links::expiry(&self.database, id).await?;
        Ok(UserDetails {
            id: user.id,
            name: user.name,
            email: user.email,
            roles: store::user_roles::of_user(&self.database, id).await?,
            status: user.status,
            created: user.created,
            last_sign_in: user.last_sign_in,
            link_expires: link_expires.filter(|expires| *expires > now),
            version: user.version,
            now,
        })
    }
}
