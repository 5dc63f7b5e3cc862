//! Adding a client-credentials client.

use domain::add_client::AddClientForm;
use domain::client::{ClientId, ClientKind, ClientName, MAX_CLIENTS};
use domain::role::{RoleId, RoleType};
use domain::secret::ShownSecret;
use domain::tenant::TenantId;
use domain::view::CreatedClient;
use identity::client_secret::ClientSecret;
use secrecy::ExposeSecret;
use store::clients::NewClient;

use crate::audit::Change;
use crate::roles::unknown_role;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Adds a client-credentials client with its roles and its first secret, and answers the secret's text: nobody can ask
    /// for it again.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::Limit`] when the tenant has
    /// as many clients as it may have, [`ServiceError::NotFound`] without such a tenant.
    pub async fn add_client(
        &self,
        actor: &Actor,
        tenant: TenantId,
        form: &AddClientForm,
    ) -> Result<CreatedClient, ServiceError> {
        actor.require_administrator(tenant)?;
        let now = self.clock.now();
        let command = form.check()?;
        command.secret.expiry.still_ahead(now)?;
        let roles = self.roles_of_new_client(tenant, &command.roles).await?;
        let secret = ClientSecret::from_random(self.ids.random());
        let client = NewClient {
            id: ClientId(self.ids.uuid()),
            tenant_id: tenant,
            kind: ClientKind::ClientCredentials,
            name: &command.name,
            token_lifetime: command.token_lifetime,
            created_at: now,
            created_by: actor.name(),
        };

        let mut tx = self.database.begin().await?;
        let count = store::clients::count_one_more(&mut tx, tenant, client.kind)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if count > MAX_CLIENTS {
            return Err(too_many());
        }
        store::clients::insert(&mut tx, &client).await?;
        for role in roles {
            // A role may be removed while this runs.
            if !store::roles::give_to_client(&mut tx, client.id, tenant, role).await? {
                return Err(unknown_role());
            }
        }
        store::client_secrets::insert(&mut tx, client.id, &command.secret, secret.hash().as_bytes(), now).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "client.add",
            target_id: Some(client.id.to_string()),
            target_name: Some(client.name.as_str()),
        };
        self.record(&mut tx, actor, change).await?;
        tx.commit().await?;

        Ok(CreatedClient {
            id: client.id,
            name: client.name.as_str().to_owned(),
            secret: ShownSecret(secret.text().expose_secret().to_owned()),
        })
    }

    /// Whether the tenant has a client of this name, of any kind and without regard to case. Such a name is allowed; the
    /// page warns of it.
    pub async fn client_name_in_use(
        &self,
        actor: &Actor,
        tenant: TenantId,
        name: &ClientName,
    ) -> Result<bool, ServiceError> {
        actor.require_member(tenant)?;
        Ok(store::clients::name_in_use(&self.database, tenant, name).await?)
    }

    /// The chosen roles and Tenant Member, which every client has.
    async fn roles_of_new_client(&self, tenant: TenantId, chosen: &[RoleId]) -> Result<Vec<RoleId>, ServiceError> {
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

fn too_many() -> ServiceError {
    ServiceError::Limit("This tenant has 50,000 clients, and may not have more. Remove one first.".to_owned())
}
