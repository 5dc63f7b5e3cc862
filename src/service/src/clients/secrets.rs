//! The secrets of a client.

use domain::client::ClientId;
use domain::secret::{MAX_SECRETS, SecretId, ShownSecret};
use domain::secret_form::SecretForm;
use domain::tenant::TenantId;
use domain::view::{Created, SecretRow};
use identity::client_secret::ClientSecret;
use secrecy::ExposeSecret;
use store::Tx;
use store::clients::LockedClient;

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// The client to which secrets belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretsOf {
    /// Its tenant.
    pub tenant: TenantId,
    /// Its id.
    pub client: ClientId,
}

impl Service {
    /// Adds a secret to a client and answers its text: nobody can ask for it again.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::NotFound`] when the tenant
    /// has no such client any more, [`ServiceError::Refused`] when it has as many secrets as it may have, or its kind has
    /// none.
    pub async fn add_secret(&self, actor: &Actor, of: SecretsOf, form: &SecretForm) -> Result<Created, ServiceError> {
        actor.require_administrator(of.tenant)?;
        let now = self.clock.now();
        let new = form.check()?;
        new.expiry.still_ahead(now)?;
        let secret = ClientSecret::from_random(self.ids.random());
        let mut tx = self.begin_change(actor, of.tenant).await?;
        let client = self.touch(&mut tx, actor, of).await?;
        if !client.kind.has_secrets() {
            return Err(ServiceError::Refused(
                "An authorization code client has no secrets. Add a hybrid client for an application that can keep one."
                    .to_owned(),
            ));
        }
        if store::client_secrets::count(&mut tx, of.client).await? >= MAX_SECRETS {
            return Err(ServiceError::Refused(format!(
                "A client has at most {MAX_SECRETS} secrets, and this one has them. Remove one first."
            )));
        }
        let id = store::client_secrets::insert(&mut tx, of.client, &new, secret.hash().as_bytes(), now).await?;
        self.record_secret(&mut tx, actor, of, "client_secret.add", &client, id)
            .await?;
        tx.commit().await?;
        Ok(Created {
            id: of.client,
            name: client.name,
            kind: client.kind,
            secret: Some(ShownSecret(secret.text().expose_secret().to_owned())),
            secret_row: Some(SecretRow::new(id, &new, now)),
        })
    }

    /// Changes the description and expiry of a secret. `version` is the one that the change started from. An expiry that
    /// stays as it is may lie in the past.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::NotFound`] when the client
    /// or the secret isn't there any more, [`ServiceError::Conflict`] when somebody else changed the secret meanwhile.
    pub async fn edit_secret(
        &self,
        actor: &Actor,
        of: SecretsOf,
        id: SecretId,
        version: i64,
        form: &SecretForm,
    ) -> Result<(), ServiceError> {
        actor.require_administrator(of.tenant)?;
        let new = form.check()?;
        let mut tx = self.begin_change(actor, of.tenant).await?;
        let client = self.touch(&mut tx, actor, of).await?;
        let secret = store::client_secrets::find(&mut tx, of.client, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if secret.version != version {
            return Err(ServiceError::Conflict);
        }
        if new.expiry != secret.expiry {
            new.expiry.still_ahead(self.clock.now())?;
        }
        store::client_secrets::update(&mut tx, of.client, id, &new).await?;
        self.record_secret(&mut tx, actor, of, "client_secret.edit", &client, id)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Removes a secret: it opens the client no more, from the next request on.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the client or the secret isn't there any more.
    pub async fn remove_secret(&self, actor: &Actor, of: SecretsOf, id: SecretId) -> Result<(), ServiceError> {
        let mut tx = self.begin_change(actor, of.tenant).await?;
        let client = self.touch(&mut tx, actor, of).await?;
        if !store::client_secrets::delete(&mut tx, of.client, id).await? {
            return Err(ServiceError::NotFound);
        }
        self.record_secret(&mut tx, actor, of, "client_secret.remove", &client, id)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn touch(&self, tx: &mut Tx, actor: &Actor, of: SecretsOf) -> Result<LockedClient, ServiceError> {
        store::clients::touch(tx, of.tenant, of.client, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)
    }

    async fn record_secret(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        of: SecretsOf,
        action: &'static str,
        client: &LockedClient,
        id: SecretId,
    ) -> Result<(), ServiceError> {
        let name = format!("{}, secret {id}", client.name);
        let change = Change {
            tenant_id: Some(of.tenant),
            action,
            target_id: Some(of.client.to_string()),
            target_name: Some(&name),
        };
        self.record(tx, actor, change).await
    }
}
