//! The first start: a tenant, and somebody who can administer it.

use std::net::IpAddr;

use chrono::Duration;
use domain::role::RoleType;
use domain::tenant::{TenantId, TenantName};
use domain::user::{Email, UserId, UserName, check_password};
use secrecy::{ExposeSecret, SecretString};
use store::user_credentials::Credentials;
use store::users::NewUser;
use store::{administrators, installation, setup_links, tenants};

use crate::actor::UserActor;
use crate::audit::Change;
use crate::bearer::bearer_hash;
use crate::sign_in::SessionCookies;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// How long a setup link opens.
const LINK_HOURS: i64 = 24;

const FIRST_ROLES: [RoleType; 2] = [RoleType::TenantMember, RoleType::TenantAdministrator];

/// The tenant that the first start makes.
#[derive(Clone, Debug)]
pub struct FirstTenant {
    /// Its id; a new one when nobody chose.
    pub id: Option<TenantId>,
    /// Its name.
    pub name: TenantName,
}

impl Service {
    /// Whether nobody in any tenant is an administrator.
    pub async fn needs_setup(&self) -> Result<bool, ServiceError> {
        Ok(!administrators::any(&self.database).await?)
    }

    /// Makes the first tenant if there is none, and the first administrator if one is given and there is none. Of two
    /// first starts one makes them.
    pub async fn first_start(
        &self,
        tenant: FirstTenant,
        administrator: Option<(Email, SecretString)>,
    ) -> Result<(), ServiceError> {
        let administrator = match administrator {
            Some((email, password)) if self.needs_setup().await? => {
                check_password(password.expose_secret())?;
                let local = email.as_str().split('@').next().unwrap_or_default();
                let name = UserName::parse(local)?;
                Some((email, name, self.hash_password(&password).await?))
            }
            _ => None,
        };
        let actor = Actor::Server;
        let mut tx = self.database.begin().await?;
        installation::lock(&mut tx).await?;
        let tenant_id = match tenants::first(&mut tx).await? {
            Some((id, _)) => id,
            None => self.insert_tenant(&mut tx, &actor, tenant.id, &tenant.name).await?,
        };
        if let Some((email, name, password_hash)) = administrator
            && !administrators::any_in(&mut tx).await?
        {
            let user = NewUser {
                id: UserId(self.ids.uuid()),
                tenant_id,
                email: &email,
                name: &name,
                password_hash: Some(&password_hash),
                created_at: self.clock.now(),
            };
            self.insert_user(&mut tx, &actor, &user, &FIRST_ROLES).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Makes a link with which the first administrator is created, once, within 24 hours; older ones end. Answers its
    /// token.
    pub async fn make_setup_link(&self) -> Result<SecretString, ServiceError> {
        let token = self.new_bearer();
        let end = self.clock.now() + Duration::hours(LINK_HOURS);
        let mut tx = self.database.begin().await?;
        installation::lock(&mut tx).await?;
        setup_links::replace(&mut tx, &bearer_hash(token.expose_secret()), end).await?;
        let change = Change {
            tenant_id: None,
            action: "setup_link.add",
            target_id: None,
            target_name: None,
        };
        self.record(&mut tx, &Actor::Server, change).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Whether a link still opens: it is the newest, wasn't used, isn't over, and there is no administrator yet.
    pub async fn setup_link_is_live(&self, token: &str) -> Result<bool, ServiceError> {
        let now = self.clock.now();
        Ok(self.needs_setup().await? && setup_links::is_live(&self.database, &bearer_hash(token), now).await?)
    }

    /// Creates the first administrator, in the oldest tenant, and signs them in; answers the session's token. It takes the
    /// place of `replaced`, as in a sign-in.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the link doesn't open, [`ServiceError::Invalid`] with every wrong field.
    pub async fn set_up(
        &self,
        token: &str,
        name: &str,
        email: &str,
        password: &SecretString,
        address: Option<IpAddr>,
        replaced: SessionCookies<'_>,
    ) -> Result<SecretString, ServiceError> {
        if !self.setup_link_is_live(token).await? {
            return Err(ServiceError::NotFound);
        }
        let (name, email) = check_fields(name, email, password)?;
        let password_hash = self.hash_password(password).await?;

        let now = self.clock.now();
        let mut tx = self.database.begin().await?;
        installation::lock(&mut tx).await?;
        if administrators::any_in(&mut tx).await? || !setup_links::consume(&mut tx, &bearer_hash(token), now).await? {
            return Err(ServiceError::NotFound);
        }
        let (tenant_id, tenant_name) = tenants::first(&mut tx)
            .await?
            .ok_or_else(|| ServiceError::Internal("there is no tenant: the first start makes one".to_owned()))?;
        let user = NewUser {
            id: UserId(self.ids.uuid()),
            tenant_id,
            email: &email,
            name: &name,
            password_hash: Some(&password_hash),
            created_at: now,
        };
        // Nobody else could have: whoever has the link creates themselves.
        let actor = Actor::User(UserActor {
            id: user.id,
            name: name.as_str().to_owned(),
            email: email.as_str().to_owned(),
            tenant_id,
            tenant_name: tenant_name.clone(),
            administrator: true,
            address,
        });
        self.insert_user(&mut tx, &actor, &user, &FIRST_ROLES).await?;
        let credentials = Credentials {
            id: user.id,
            tenant_id,
            name: name.as_str().to_owned(),
            password_hash: Some(password_hash.clone()),
            enabled: true,
        };
        let session = self
            .begin_session(&mut tx, &credentials, &password_hash, (address, replaced), now)
            .await?
            .ok_or_else(|| ServiceError::Internal("a user who was just stored is missing".to_owned()))?;
        tx.commit().await?;
        Ok(session)
    }
}

/// Reads the fields of the setup page; every wrong one has its message.
fn check_fields(name: &str, email: &str, password: &SecretString) -> Result<(UserName, Email), ServiceError> {
    let password = check_password(password.expose_secret());
    match (UserName::parse(name), Email::parse(email), password) {
        (Ok(name), Ok(email), Ok(())) => Ok((name, email)),
        (name, email, password) => {
            let errors = [name.err(), email.err(), password.err()];
            Err(ServiceError::Invalid(errors.into_iter().flatten().collect()))
        }
    }
}
