//! Sign-in, sign-out, and who is behind a session.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::grant::SessionId;
use domain::user::Email;
use secrecy::{ExposeSecret, SecretString};
use store::audit::AuditEvent;
use store::sessions::{self, NewSession};
use store::user_credentials::{self, Credentials};
use store::{StoreError, Tx, installation};

use crate::actor::UserActor;
use crate::audit::Change;
use crate::bearer::bearer_hash;
use crate::password::is_outdated;
use crate::throttle::Throttle;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// How long a session lasts, whatever is done in it.
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;

/// The cookies of sessions that a browser has: both of one, unless it lost one of them or kept it from another.
#[derive(Clone, Copy, Default)]
pub struct SessionCookies<'a> {
    /// With what somebody is signed in to the portal.
    pub portal: Option<&'a str>,
    /// With what somebody is signed in to applications.
    pub authorize: Option<&'a str>,
}

impl SessionCookies<'_> {
    /// Ends every session that they open; answers whether there was one.
    async fn end(self, tx: &mut Tx) -> Result<bool, StoreError> {
        let (portal, authorize) = (self.portal.map(bearer_hash), self.authorize.map(bearer_hash));
        sessions::delete(tx, (portal.as_deref(), authorize.as_deref())).await
    }
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, another password, or the account is disabled: nobody learns which.
    #[error("the e-mail address or the password is wrong")]
    Wrong,
    /// Too many sign-ins failed. Even the right password is refused.
    #[error("too many sign-ins failed: try again in {retry_after_seconds} seconds")]
    Throttled {
        /// How long to wait.
        retry_after_seconds: i64,
    },
    /// The server failed.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Service {
    /// Checks a password and begins a session; answers the session's token, for the cookie. It takes the place of
    /// those that the browser had before, by the cookies `replaced`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        address: Option<IpAddr>,
        replaced: SessionCookies<'_>,
    ) -> Result<SecretString, SignInError> {
        let throttle = Throttle::new(email, address);
        // Who waits in line is counted by what those before them did.
        let turn = self.passwords.turn().await?;
        throttled(throttle.wait(&self.database, self.clock.now()).await?)?;

        let mut user = self.credentials_of(email).await?;
        // Once more when the account changed meanwhile: another sign-in may have renewed an outdated hash.
        for _ in 0..2 {
            let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
            let right = turn.verify(password, hash).await?;
            let (Some(known), Some(hash)) = (user.as_ref().filter(|user| right && user.enabled), hash) else {
                break;
            };
            let new_hash = if is_outdated(hash) {
                turn.hash(password, self.ids.random()).await?
            } else {
                hash.to_owned()
            };
            if let Some(token) = self.let_in(known, &new_hash, &throttle, address, replaced).await? {
                return Ok(token);
            }
            user = self.credentials_of(email).await?;
        }
        self.refuse_sign_in(user.as_ref(), &throttle, address).await
    }

    /// The account of an address as typed. What is no address belongs to nobody; PostgreSQL would even fail to look some
    /// of it up.
    async fn credentials_of(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        match Email::parse(email) {
            Ok(email) => user_credentials::of_address(&self.database, &email.key()).await,
            Err(_) => Ok(None),
        }
    }

    /// Begins the session, unless the account was closed or got another password since it was read.
    async fn let_in(
        &self,
        user: &Credentials,
        new_hash: &str,
        throttle: &Throttle,
        address: Option<IpAddr>,
        replaced: SessionCookies<'_>,
    ) -> Result<Option<SecretString>, SignInError> {
        let now = self.clock.now();
        let mut tx = self.database.begin().await?;
        // Alone, so that many guesses at once get no more of them than one after the other.
        installation::lock(&mut tx).await?;
        throttled(throttle.wait_in(&mut tx, now).await?)?;
        let token = self
            .begin_session(&mut tx, user, new_hash, (address, replaced), now)
            .await?;
        if token.is_some() {
            throttle.clear(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(token)
    }

    /// Stores a session and its event; none when the account was closed or got another password since it was read. What the
    /// browser had before ends: nobody could sign out of it any more.
    pub(crate) async fn begin_session(
        &self,
        tx: &mut Tx,
        user: &Credentials,
        new_hash: &str,
        (address, replaced): (Option<IpAddr>, SessionCookies<'_>),
        now: DateTime<Utc>,
    ) -> Result<Option<SecretString>, ServiceError> {
        let Some(checked) = &user.password_hash else {
            return Ok(None);
        };
        if !user_credentials::note_sign_in(tx, user.id, checked, new_hash, now).await? {
            return Ok(None);
        }
        let token = self.new_bearer();
        let session = NewSession {
            token_hash: &bearer_hash(token.expose_secret()),
            authorize_hash: &bearer_hash(authorize_token(&token).expose_secret()),
            id: SessionId(self.ids.uuid()),
            user_id: user.id,
            created_at: now,
            expires_at: now + Duration::seconds(SESSION_SECONDS),
        };
        sessions::delete_over(tx, now).await?;
        replaced.end(tx).await?;
        sessions::insert(tx, &session).await?;
        self.record_own(tx, "user.sign_in", user, address, now).await?;
        Ok(Some(token))
    }

    /// Counts the failure.
    async fn refuse_sign_in(
        &self,
        user: Option<&Credentials>,
        throttle: &Throttle,
        address: Option<IpAddr>,
    ) -> Result<SecretString, SignInError> {
        let now = self.clock.now();
        let mut tx = self.database.begin().await?;
        installation::lock(&mut tx).await?;
        let wait = throttle.count(&mut tx, now).await?;
        let event = self.sign_in_event("user.sign_in_failed", user, address, now);
        store::audit::insert(&mut tx, &event).await?;
        tx.commit().await?;
        throttled(wait)?;
        Err(SignInError::Wrong)
    }

    /// Keeps the event of what a person did with their own account before there was a session.
    pub(crate) async fn record_own(
        &self,
        tx: &mut Tx,
        action: &'static str,
        user: &Credentials,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let event = AuditEvent {
            actor_id: Some(user.id.0),
            actor_name: user.name.clone(),
            ..self.sign_in_event(action, Some(user), address, now)
        };
        store::audit::insert(tx, &event).await
    }

    /// The event of a sign-in to the account of `user`, by nobody that is known yet.
    fn sign_in_event(
        &self,
        action: &'static str,
        user: Option<&Credentials>,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> AuditEvent {
        AuditEvent {
            id: self.ids.uuid(),
            tenant_id: user.map(|user| user.tenant_id),
            occurred_at: now,
            actor_id: None,
            actor_name: "unknown".to_owned(),
            address,
            action,
            target_id: user.map(|user| user.id.to_string()),
            target_name: user.map(|user| user.name.clone()),
        }
    }

    /// Ends every session that a browser has. One that is over or never was is no error.
    pub async fn sign_out(&self, cookies: SessionCookies<'_>, address: Option<IpAddr>) -> Result<(), ServiceError> {
        if cookies.portal.is_none() && cookies.authorize.is_none() {
            return Ok(());
        }
        let mut live: Vec<Vec<u8>> = cookies.portal.map(bearer_hash).into_iter().collect();
        if let Some(token) = cookies.authorize {
            let session = sessions::signed_in(&self.database, &bearer_hash(token), self.clock.now()).await?;
            live.extend(session.map(|session| session.token_hash));
            live.dedup();
        }
        let mut users = Vec::new();
        for token_hash in &live {
            users.extend(self.user_of(token_hash, address).await?);
        }
        let mut tx = self.database.begin().await?;
        // The session of somebody who is disabled ends too. It opened nothing any more, so that is no event.
        if !cookies.end(&mut tx).await? {
            return Ok(());
        }
        for user in users {
            let actor = Actor::User(user.clone());
            let change = Change {
                tenant_id: Some(user.tenant_id),
                action: "user.sign_out",
                target_id: Some(user.id.to_string()),
                target_name: Some(&user.name),
            };
            self.record(&mut tx, &actor, change).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Who is behind a session, if it isn't over and they are enabled.
    pub async fn actor_of(&self, token: &str, address: Option<IpAddr>) -> Result<Option<Actor>, ServiceError> {
        Ok(self.user_of(&bearer_hash(token), address).await?.map(Actor::User))
    }

    async fn user_of(&self, token_hash: &[u8], address: Option<IpAddr>) -> Result<Option<UserActor>, ServiceError> {
        let user = sessions::user(&self.database, token_hash, self.clock.now()).await?;
        Ok(user.map(|user| UserActor::new(user, address)))
    }
}

/// What the second cookie of a session holds, with which its person is signed in to applications. Other sites make browsers
/// send that one, so it must not lead back to the first, which opens the portal.
pub fn authorize_token(session: &SecretString) -> SecretString {
    let text = format!("authorize {}", session.expose_secret());
    URL_SAFE_NO_PAD.encode(bearer_hash(&text)).into()
}

/// What the third cookie holds, by which pages of applications see that somebody else is signed in, or nobody. Every script of
/// the server's origin reads it, so it must not lead back to the second.
pub fn browser_state(authorize_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(bearer_hash(&format!("browser state {authorize_token}")))
}

/// Refuses when there is a wait.
fn throttled(wait: Option<i64>) -> Result<(), SignInError> {
    match wait {
        Some(retry_after_seconds) => Err(SignInError::Throttled { retry_after_seconds }),
        None => Ok(()),
    }
}
