//! People who sign in: who may see, add, change and remove them.

mod details;
mod edit;
mod find;
mod invite;
mod list;
mod password_link;
mod preferences;
mod remove;
mod set_roles;
mod status;

pub use password_link::LinkOwner;
use set_roles::give_roles;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::field::Field;
use domain::role::RoleType;
use domain::tenant::TenantId;
use domain::user::{Email, UserId, UserName, check_password};
use secrecy::{ExposeSecret, SecretString};
use store::users::{self, NewUser};
use store::{StoreError, Tx, administrators, grants, password_links, sessions, user_credentials, user_roles};

use crate::audit::Change;
use crate::throttle::Throttle;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
pub(crate) mod tests;

impl Service {
    /// Adds a person to a tenant with the roles of these names; they are a Tenant Member in any case.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] for an unknown tenant, [`ServiceError::Invalid`] for an
    /// unknown role, a taken e-mail address or a password that is too short or too long.
    pub async fn create_user(
        &self,
        actor: &Actor,
        tenant: TenantId,
        name: &UserName,
        email: &Email,
        roles: &[String],
        password: &SecretString,
    ) -> Result<UserId, ServiceError> {
        actor.require_administrator(tenant)?;
        check_password(password.expose_secret())?;
        let roles = self.role_names_to_ids(actor, tenant, roles).await?;
        let password_hash = self.hash_password(password).await?;
        let user = NewUser {
            id: UserId(self.ids.uuid()),
            tenant_id: tenant,
            email,
            name,
            password_hash: Some(&password_hash),
            created_at: self.clock.now(),
        };
        let mut tx = self.begin_change_alone(actor, tenant).await?;
        self.insert_user(&mut tx, actor, &user, &[RoleType::TenantMember])
            .await?;
        give_roles(&mut tx, user.id, &roles).await?;
        tx.commit().await?;
        Ok(user.id)
    }

    /// Stores a person with these built-in roles and the event.
    pub(crate) async fn insert_user(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        user: &NewUser<'_>,
        roles: &[RoleType],
    ) -> Result<(), ServiceError> {
        let inserted = users::insert(tx, user).await;
        if !inserted.map_err(|error| or_taken(error, user.email))? {
            return Err(ServiceError::Taken(user.id.0));
        }
        for role in roles {
            user_roles::give_built_in(tx, user.id, *role).await?;
        }
        let change = Change {
            tenant_id: Some(user.tenant_id),
            action: "user.add",
            target_id: Some(user.id.to_string()),
            target_name: Some(user.name.as_str()),
        };
        self.record(tx, actor, change).await
    }

    /// Replaces a person's password, ends their sign-ins and their one-time link, and forgets their failed ones. For the
    /// command line only.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for an unknown address or a password that is too short or
    /// too long.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        email: &Email,
        password: &SecretString,
    ) -> Result<(), ServiceError> {
        actor.require_operator()?;
        check_password(password.expose_secret())?;
        let nobody = || {
            let email = email.as_str();
            ServiceError::invalid(Field::Email, format!("E-mail {email} belongs to nobody here."))
        };
        let user = user_credentials::of_address(&self.database, &email.key())
            .await?
            .ok_or_else(nobody)?;
        let password_hash = self.hash_password(password).await?;
        let mut tx = self.database.begin().await?;
        users::lock(&mut tx, user.tenant_id, user.id)
            .await?
            .ok_or_else(nobody)?;
        user_credentials::set_password(&mut tx, user.id, Some(&password_hash)).await?;
        end_sign_ins(&mut tx, user.id, self.clock.now()).await?;
        password_links::delete_of_user(&mut tx, user.id).await?;
        Throttle::new(email.as_str(), None).clear(&mut tx).await?;
        let change = Change {
            tenant_id: Some(user.tenant_id),
            action: "user.reset_password",
            target_id: Some(user.id.to_string()),
            target_name: Some(&user.name),
        };
        self.record(&mut tx, actor, change).await?;
        Ok(tx.commit().await?)
    }

    /// A password that nobody guesses: 24 characters, 144 random bits.
    pub fn generate_password(&self) -> SecretString {
        URL_SAFE_NO_PAD.encode(&self.ids.random()[..18]).into()
    }

    pub(crate) async fn hash_password(&self, password: &SecretString) -> Result<String, ServiceError> {
        self.passwords.turn().await?.hash(password, self.ids.random()).await
    }
}

/// What a violated rule of the table means.
fn or_taken(error: StoreError, email: &Email) -> ServiceError {
    if error.is_unique_violation() {
        let email = email.as_str();
        ServiceError::invalid(Field::Email, format!("E-mail {email} is taken. Choose another one."))
    } else {
        error.into()
    }
}

/// Ends all that came of a person's sign-ins: their sessions, and what they allowed applications.
async fn end_sign_ins(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sessions::delete_of_user(tx, user).await?;
    grants::end_of_user(tx, user, now).await
}

/// Refuses a change after which nobody could administer the tenant. The tenant is locked.
pub(crate) async fn keep_an_administrator(tx: &mut Tx, tenant: TenantId) -> Result<(), ServiceError> {
    if administrators::count(tx, tenant).await? > 0 {
        return Ok(());
    }
    Err(ServiceError::refused(
        "Nobody could administer the tenant any more: this is the last Tenant Administrator who can sign in.",
        "Give the role to somebody else first.",
    ))
}
