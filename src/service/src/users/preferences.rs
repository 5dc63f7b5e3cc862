//! What applications keep for a person, who alone sees and changes it.

use domain::number::grouped;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::Preferences;
use store::{preferences, users};

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// The most bytes that are kept for one person.
const MAX_PREFERENCES: usize = 16 * 1024;

impl Service {
    /// What is kept for the person who asks; an empty object when nothing is.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] to anybody else.
    pub async fn preferences(&self, actor: &Actor, tenant: TenantId, id: UserId) -> Result<Preferences, ServiceError> {
        actor.require_oneself(tenant, id)?;
        let kept = preferences::read(&self.database, id).await?;
        Ok(kept.unwrap_or_else(|| Preferences {
            value: "{}".to_owned(),
            version: 0,
        }))
    }

    /// Keeps other JSON for the person who asks. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] to anybody else, [`ServiceError::Refused`] for more than is kept,
    /// [`ServiceError::Conflict`] when it was changed meanwhile, [`ServiceError::NotFound`] when they are gone.
    pub async fn set_preferences(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: UserId,
        version: i64,
        value: &str,
    ) -> Result<(), ServiceError> {
        actor.require_oneself(tenant, id)?;
        if value.len() > MAX_PREFERENCES {
            return Err(too_long(value.len()));
        }
        let mut tx = self.database.begin().await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        if !preferences::replace(&mut tx, id, version, value).await? {
            return Err(ServiceError::Conflict);
        }
        let change = Change {
            tenant_id: Some(tenant),
            action: "user.set_preferences",
            target_id: Some(id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }
}

fn too_long(bytes: usize) -> ServiceError {
    let (most, bytes) = (grouped(MAX_PREFERENCES as u64), grouped(bytes as u64));
    ServiceError::refused(
        format!("Preferences are at most {most} bytes of JSON. These have {bytes}."),
        "Send less.",
    )
}
