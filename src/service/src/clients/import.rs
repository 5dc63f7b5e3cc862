//! Adding many clients at once.

use domain::add_client::AddClientForm;
use domain::client::ClientId;
use domain::tenant::TenantId;
use domain::view::{ClientView, Created};

use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Adds clients, each by itself: one that is refused keeps no other away. One that comes without an id gets one here, so
    /// that what became of it can be told by it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; what is wrong with a client stands in its place.
    pub async fn import_clients(
        &self,
        actor: &Actor,
        tenant: TenantId,
        forms: Vec<AddClientForm>,
    ) -> Result<Vec<(ClientId, Result<(Created, ClientView), ServiceError>)>, ServiceError> {
        actor.require_administrator(tenant)?;
        let mut ends = Vec::with_capacity(forms.len());
        for mut form in forms {
            let id = *form.id.get_or_insert_with(|| ClientId(self.ids.uuid()));
            ends.push((id, self.add_and_view_client(actor, tenant, &form).await));
        }
        Ok(ends)
    }
}
