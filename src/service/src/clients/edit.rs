//! Changing a client.

use domain::client::ClientId;
use domain::client_form::ClientForm;
use domain::tenant::TenantId;

use super::roles::replace_roles;
use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Changes the settings of a client. `version` is the one that the change started from.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::NotFound`] when the tenant
    /// has no such client any more, [`ServiceError::Conflict`] when somebody else changed it meanwhile.
    pub async fn edit_client(
        &self,
        actor: &Actor,
        tenant: TenantId,
        id: ClientId,
        version: i64,
        form: &ClientForm,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(tenant)?;
        let found = store::clients::find(&self.database, tenant, id).await?;
        let kind = found.ok_or(ServiceError::NotFound)?.kind;
        let settings = form.check(kind)?;
        let roles = self.roles_of_client(tenant, kind, &settings).await?;

        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let client = store::clients::touch(&mut tx, tenant, id, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)?;
        require_version(client.version, Some(version))?;
        store::clients::update(&mut tx, id, &settings).await?;
        replace_roles(&mut tx, tenant, id, &roles).await?;
        store::client_uris::replace(&mut tx, id, &settings.sign_in).await?;
        if let Some(tags) = &settings.extras.tags {
            store::client_tags::replace(&mut tx, tenant, id, tags).await?;
        }
        let change = Change {
            tenant_id: Some(tenant),
            action: "client.edit",
            target_id: Some(id.to_string()),
            target_name: Some(settings.name.as_str()),
        };
        self.record(&mut tx, actor, change).await?;
        if let Some(enabled) = settings.extras.enabled
            && enabled != client.enabled
        {
            self.record_enabled(&mut tx, actor, tenant, id, settings.name.as_str(), enabled)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}
