//! The secrets of a client.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::secret::{MAX_SECRETS, NewSecret, SecretId, ShownSecret};
use domain::secret_form::SecretForm;
use domain::tenant::TenantId;
use domain::view::{Created, SecretRow};
use identity::client_secret::ClientSecret;
use secrecy::ExposeSecret;
use store::Tx;
use store::clients::LockedClient;

use crate::audit::Change;
use crate::change::require_version;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod itself;
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
    /// The secrets of a client of this kind, by number: for itself and for administrators.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant has no such client of this kind.
    pub async fn client_secrets(
        &self,
        actor: &Actor,
        of: SecretsOf,
        kind: ClientKind,
    ) -> Result<Vec<SecretRow>, ServiceError> {
        actor.require_own_client(of.tenant, of.client)?;
        let client = store::clients::find(&self.database, of.tenant, of.client).await?;
        if client.is_none_or(|client| client.kind != kind) {
            return Err(ServiceError::NotFound);
        }
        Ok(store::client_secrets::of_client(&self.database, of.client).await?)
    }

    /// Adds a secret to a client and answers its text: nobody can ask for it again. The client may do so itself.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::NotFound`] when the tenant
    /// has no such client any more, [`ServiceError::Refused`] when it has as many secrets as it may have, or its kind has
    /// none.
    pub async fn add_secret(&self, actor: &Actor, of: SecretsOf, form: &SecretForm) -> Result<Created, ServiceError> {
        actor.require_own_client(of.tenant, of.client)?;
        let now = self.clock.now();
        let new = form.check()?;
        new.expiry.still_ahead(now)?;
        let (mut tx, client) = self.begin_own_change(actor, of).await?;
        if !client.kind.has_secrets() {
            return Err(ServiceError::refused(
                "An authorization code client has no secrets.",
                "Add a hybrid client for an application that can keep one.",
            ));
        }
        let created = self.insert_secret(&mut tx, actor, of, &client, &new, now).await?;
        tx.commit().await?;
        Ok(created)
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
        require_version(secret.version, Some(version))?;
        if new.expiry != secret.expiry {
            new.expiry.still_ahead(self.clock.now())?;
        }
        store::client_secrets::update(&mut tx, of.client, id, &new).await?;
        self.record_secret(&mut tx, actor, of, "client_secret.edit", &client, id)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Removes a secret: it opens the client no more, from the next request on. The client may do so itself. `version` is the
    /// one that must still be there, if that matters.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the client or the secret isn't there any more,
    /// [`ServiceError::Conflict`] when somebody else changed the secret meanwhile.
    pub async fn remove_secret(
        &self,
        actor: &Actor,
        of: SecretsOf,
        id: SecretId,
        version: Option<i64>,
    ) -> Result<(), ServiceError> {
        let (mut tx, client) = self.begin_own_change(actor, of).await?;
        let secret = store::client_secrets::find(&mut tx, of.client, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        require_version(secret.version, version)?;
        store::client_secrets::delete(&mut tx, of.client, id).await?;
        self.record_secret(&mut tx, actor, of, "client_secret.remove", &client, id)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Begins a change that the client may make itself, too, and locks the client. Whoever asks may have lost the right to
    /// it since they were let in: it is read again.
    pub(super) async fn begin_own_change(
        &self,
        actor: &Actor,
        of: SecretsOf,
    ) -> Result<(Tx, LockedClient), ServiceError> {
        actor.require_own_client(of.tenant, of.client)?;
        let itself = actor.is_client(of.client);
        let mut tx = if itself {
            self.database.begin().await?
        } else {
            self.begin_change(actor, of.tenant).await?
        };
        let client = self.touch(&mut tx, actor, of).await?;
        if itself && !client.enabled {
            return Err(ServiceError::Forbidden);
        }
        Ok((tx, client))
    }

    /// Keeps a new secret of a locked client, unless it has as many as it may have.
    pub(super) async fn insert_secret(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        of: SecretsOf,
        client: &LockedClient,
        new: &NewSecret,
        now: DateTime<Utc>,
    ) -> Result<Created, ServiceError> {
        if store::client_secrets::count(tx, of.client).await? >= MAX_SECRETS {
            return Err(ServiceError::refused(
                format!("This client has {MAX_SECRETS} secrets, and may not have more."),
                "Remove one first.",
            ));
        }
        let secret = ClientSecret::from_random(self.ids.random());
        let id = store::client_secrets::insert(tx, of.client, new, secret.hash().as_bytes(), now).await?;
        self.record_secret(tx, actor, of, "client_secret.add", client, id)
            .await?;
        Ok(Created {
            id: of.client,
            name: client.name.clone(),
            kind: client.kind,
            secret: Some(ShownSecret(secret.text().expose_secret().to_owned())),
            secret_row: Some(SecretRow::new(id, new, now)),
        })
    }

    async fn touch(&self, tx: &mut Tx, actor: &Actor, of: SecretsOf) -> Result<LockedClient, ServiceError> {
        store::clients::touch(tx, of.tenant, of.client, actor.name(), self.clock.now())
            .await?
            .ok_or(ServiceError::NotFound)
    }

    pub(super) async fn record_secret(
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
