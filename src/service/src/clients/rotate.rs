//! Putting a new secret in the place of an old one, while programs that still have the old one go on.

use domain::secret::{NewSecret, RotationOverlap, SecretDescription, SecretId};
use domain::view::Created;

use super::SecretsOf;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

impl Service {
    /// Makes a secret that is described as this one and lives as long as this one was to, and answers its text: nobody can
    /// ask for it again. The old one ends after the overlap, if it doesn't end before. Rotated again, as by a program that
    /// lost the answer, it gets one more successor like the first. The client may do so itself.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] when the client or the secret isn't there any more,
    /// [`ServiceError::Refused`] when the client has as many secrets as it may have.
    pub async fn rotate_secret(
        &self,
        actor: &Actor,
        of: SecretsOf,
        id: SecretId,
        overlap: RotationOverlap,
    ) -> Result<Created, ServiceError> {
        let (mut tx, client) = self.begin_own_change(actor, of).await?;
        let old = store::client_secrets::find(&mut tx, of.client, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let now = self.clock.now();
        let given = store::client_secrets::given_expiry(&mut tx, of.client, id).await?;
        let new = NewSecret {
            description: SecretDescription::parse(&old.description)?,
            expiry: given.renewed(old.created, now),
        };
        let created = self.insert_secret(&mut tx, actor, of, &client, &new, now).await?;
        let ending = old.expiry.no_later_than(overlap.end(now));
        store::client_secrets::end_by(&mut tx, of.client, id, ending).await?;
        self.record_secret(&mut tx, actor, of, "client_secret.rotate", &client, id)
            .await?;
        tx.commit().await?;
        Ok(created)
    }
}
