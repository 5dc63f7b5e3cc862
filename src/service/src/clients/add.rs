//! Adding a client.

use domain::add_client::{AddClient, AddClientForm};
use domain::client::{ClientId, ClientKind, ClientName, MAX_CLIENTS};
use domain::client_extras::PageUri;
use domain::client_form::ClientSettings;
use domain::number::grouped;
use domain::redirect_uri::RedirectUri;
use domain::role::RoleId;
use domain::secret::ShownSecret;
use domain::tenant::TenantId;
use domain::view::{ClientView, Created, SecretRow, SignInDetails};
use identity::client_secret::ClientSecret;
use secrecy::ExposeSecret;
use store::clients::NewClient;

use super::roles::replace_roles;
use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Adds a client, with its first secret if its kind has secrets, and answers the secret's text: nobody can ask for it
    /// again.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for wrong fields, [`ServiceError::Refused`] when the tenant
    /// has as many clients as it may have, [`ServiceError::Taken`] for an id that any client or person has or had,
    /// [`ServiceError::NotFound`] without such a tenant.
    pub async fn add_client(
        &self,
        actor: &Actor,
        tenant: TenantId,
        form: &AddClientForm,
    ) -> Result<Created, ServiceError> {
        Ok(self.add_and_view_client(actor, tenant, form).await?.0)
    }

    /// The same, with the client as programs see it: a second look could fail, and the secret would be lost with it.
    ///
    /// # Errors
    /// Those of [`add_client`](Self::add_client).
    pub async fn add_and_view_client(
        &self,
        actor: &Actor,
        tenant: TenantId,
        form: &AddClientForm,
    ) -> Result<(Created, ClientView), ServiceError> {
        actor.require_administrator(tenant)?;
        let now = self.clock.now();
        let AddClient {
            id,
            kind,
            settings,
            secret,
        } = form.check()?;
        if let Some(secret) = &secret {
            secret.expiry.still_ahead(now)?;
        }
        let roles = self.roles_of_client(tenant, kind, &settings).await?;
        let client = NewClient {
            id: id.unwrap_or_else(|| ClientId(self.ids.uuid())),
            tenant_id: tenant,
            kind,
            settings: &settings,
            created_at: now,
            created_by: actor.name(),
        };

        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let count = store::clients::count_one_more(&mut tx, tenant, kind)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if count > MAX_CLIENTS {
            return Err(too_many());
        }
        if !store::clients::insert(&mut tx, &client).await? {
            return Err(ServiceError::Taken(client.id.0));
        }
        replace_roles(&mut tx, tenant, client.id, &roles).await?;
        store::client_uris::replace(&mut tx, client.id, &settings.sign_in).await?;
        if let Some(tags) = &settings.extras.tags {
            store::client_tags::replace(&mut tx, tenant, client.id, tags).await?;
        }
        let (mut shown, mut secret_row) = (None, None);
        if let Some(new) = secret {
            let secret = ClientSecret::from_random(self.ids.random());
            let id = store::client_secrets::insert(&mut tx, client.id, &new, secret.hash().as_bytes(), now).await?;
            secret_row = Some(SecretRow::new(id, &new, now));
            shown = Some(ShownSecret(secret.text().expose_secret().to_owned()));
        }
        let change = Change {
            tenant_id: Some(tenant),
            action: "client.add",
            target_id: Some(client.id.to_string()),
            target_name: Some(settings.name.as_str()),
        };
        self.record(&mut tx, actor, change).await?;
        tx.commit().await?;

        let created = Created {
            id: client.id,
            name: settings.name.as_str().to_owned(),
            kind,
            secret: shown,
            secret_row,
        };
        Ok((created, view(client.id, kind, &settings, roles)))
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
}

/// A client that was just added.
fn view(id: ClientId, kind: ClientKind, settings: &ClientSettings, mut roles: Vec<RoleId>) -> ClientView {
    roles.sort_unstable();
    let (sign_in, extras) = (&settings.sign_in, &settings.extras);
    let uri = |uri: Option<&PageUri>| uri.map_or("", PageUri::as_str).to_owned();
    let uris = |uris: &[RedirectUri]| uris.iter().map(|uri| uri.as_str().to_owned()).collect();
    let origins = sign_in.allowed_cors_origins.iter();
    ClientView {
        id,
        kind,
        name: settings.name.as_str().to_owned(),
        enabled: extras.enabled.unwrap_or(true),
        token_lifetime: settings.token_lifetime,
        tags: extras
            .tags
            .iter()
            .flatten()
            .map(|tag| tag.as_str().to_owned())
            .collect(),
        roles,
        sign_in: SignInDetails {
            allow_refresh_token: sign_in.allow_offline_access,
            redirect_urls: uris(&sign_in.redirect_uris),
            logout_redirect_urls: uris(&sign_in.post_logout_redirect_uris),
            cors_origins: origins.map(|origin| origin.as_str().to_owned()).collect(),
        },
        client_uri: uri(extras.client_uri.as_ref()),
        logo_uri: uri(extras.logo_uri.as_ref()),
        allow_access_tokens_via_browser: extras.allow_access_tokens_via_browser.unwrap_or(false),
        version: 1,
    }
}

fn too_many() -> ServiceError {
    let most = grouped(MAX_CLIENTS.unsigned_abs());
    ServiceError::refused(
        format!("This tenant has {most} clients, and may not have more."),
        "Remove one first.",
    )
}
