//! The one-time link with which a person chooses a password: an invitation, or after a reset.

use std::net::IpAddr;

use chrono::Duration;
use domain::secret::ShownSecret;
use domain::tenant::TenantId;
use domain::user::{UserId, check_password};
use domain::view::PasswordLink;
use secrecy::{ExposeSecret, SecretString};
pub use store::password_links::LinkOwner;
use store::{Tx, password_links, user_credentials, users};

use super::{end_sign_ins, keep_an_administrator};
use crate::audit::Change;
use crate::bearer::bearer_hash;
use crate::sign_in::SessionCookies;
use crate::throttle::Throttle;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// How long a link opens.
const LINK_DAYS: i64 = 7;

impl Service {
    /// Takes a person's password and sessions away, and answers the link with which they choose another one. For whoever
    /// has none yet it makes a new invitation; the older link ends.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the tenant doesn't have them any more,
    /// [`ServiceError::Refused`] for oneself and for the last administrator.
    pub async fn reset_user(&self, actor: &Actor, tenant: TenantId, id: UserId) -> Result<PasswordLink, ServiceError> {
        actor.require_administrator(tenant)?;
        if actor.is_user(id) {
            return Err(ServiceError::refused(
                "You can't reset your own password here, because you would be signed out.",
                "Another administrator can do it, or whoever runs the server with `clientele user reset-password`.",
            ));
        }
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        let user = users::lock(&mut tx, tenant, id).await?.ok_or(ServiceError::NotFound)?;
        user_credentials::set_password(&mut tx, id, None).await?;
        end_sign_ins(&mut tx, id, self.clock.now()).await?;
        keep_an_administrator(&mut tx, tenant).await?;
        let link = self.new_password_link(&mut tx, id, &user.name).await?;
        let change = Change {
            tenant_id: Some(tenant),
            action: "user.reset_password",
            target_id: Some(id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// Makes a link for a person; an older one ends.
    pub(super) async fn new_password_link(
        &self,
        tx: &mut Tx,
        id: UserId,
        name: &str,
    ) -> Result<PasswordLink, ServiceError> {
        let token = self.new_bearer();
        let expires = self.clock.now() + Duration::days(LINK_DAYS);
        password_links::replace(tx, id, &bearer_hash(token.expose_secret()), expires).await?;
        let public_url = self.issuer.public_url();
        Ok(PasswordLink {
            id,
            name: name.to_owned(),
            url: ShownSecret(format!("{public_url}/password?token={}", token.expose_secret())),
            expires,
        })
    }

    /// Whose link this is; none when it was used, is over, or another one came after it.
    pub async fn password_link_owner(&self, token: &str) -> Result<Option<LinkOwner>, ServiceError> {
        Ok(password_links::owner(&self.database, &bearer_hash(token), self.clock.now()).await?)
    }

    /// Keeps the password that the owner of a link chose, ends their sessions and begins one; answers the session's token. It
    /// takes the place of `replaced`, as in a sign-in.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the link doesn't open, [`ServiceError::Invalid`] for a password that is too short or
    /// too long; the link opens again then.
    pub async fn choose_password(
        &self,
        token: &str,
        password: &SecretString,
        address: Option<IpAddr>,
        replaced: SessionCookies<'_>,
    ) -> Result<SecretString, ServiceError> {
        let owner = self.password_link_owner(token).await?.ok_or(ServiceError::NotFound)?;
        check_password(password.expose_secret())?;
        let password_hash = self.hash_password(password).await?;

        let now = self.clock.now();
        let mut tx = self.database.begin().await?;
        // The person first, as whoever changes them does.
        users::lock(&mut tx, owner.tenant_id, owner.id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if !password_links::consume(&mut tx, &bearer_hash(token), now).await? {
            return Err(ServiceError::NotFound);
        }
        user_credentials::set_password(&mut tx, owner.id, Some(&password_hash)).await?;
        end_sign_ins(&mut tx, owner.id, now).await?;
        let credentials = user_credentials::of_user(&mut tx, owner.id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        Throttle::new(&owner.email, None).clear(&mut tx).await?;
        self.record_own(&mut tx, "user.choose_password", &credentials, address, now)
            .await?;
        let session = self
            .begin_session(&mut tx, &credentials, &password_hash, (address, replaced), now)
            .await?
            .ok_or(ServiceError::NotFound)?;
        tx.commit().await?;
        Ok(session)
    }
}
