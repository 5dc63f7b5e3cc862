//! Passwords, hashed with Argon2id: slow on purpose, a few at a time, off the async threads.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::Error;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ServiceError;

/// The first of the settings that OWASP's Password Storage Cheat Sheet names for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many passwords are hashed at the same time: each one fills a core and its memory.
const AT_ONCE: usize = 2;

/// How long one waits for a turn: a server that is so far behind had better refuse than let the line grow.
const WAIT: Duration = Duration::from_secs(10);

/// Lets a few at a time hash passwords; the others wait in line.
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// Waits until it is one's turn, but not for ever.
    pub(crate) async fn turn(&self) -> Result<Turn, ServiceError> {
        self.turn_within(WAIT).await
    }

    async fn turn_within(&self, wait: Duration) -> Result<Turn, ServiceError> {
        let permit = tokio::time::timeout(wait, self.0.clone().acquire_owned())
            .await
            .map_err(|_| ServiceError::Busy)?
            .map_err(internal)?;
        Ok(Turn(Arc::new(permit)))
    }
}

/// The right to hash passwords, one after the other.
pub(crate) struct Turn(Arc<OwnedSemaphorePermit>);

impl Turn {
    /// The hash to store, as a PHC string. The salt is the first half of `random`.
    pub(crate) async fn hash(&self, password: &SecretString, random: [u8; 32]) -> Result<String, ServiceError> {
        let password = password.clone();
        self.work(move |argon2| {
            let hash: PasswordHash =
                argon2.hash_password_with_salt(password.expose_secret().as_bytes(), &random[..16])?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether this is the password of which `hash` was stored. Without a hash it is not, after the same work.
    pub(crate) async fn verify(&self, password: &SecretString, hash: Option<&str>) -> Result<bool, ServiceError> {
        let Some(hash) = hash else {
            self.hash(password, [0; 32]).await?;
            return Ok(false);
        };
        let hash = PasswordHash::new(hash).map_err(internal)?;
        let password = password.clone();
        self.work(
            move |argon2| match argon2.verify_password(password.expose_secret().as_bytes(), &hash) {
                Ok(()) => Ok(true),
                Err(Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            },
        )
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(Argon2<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(internal)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // The work goes on when the request that waits for it ends, and keeps its place until it is done.
        let permit = self.0.clone();
        tokio::task::spawn_blocking(move || {
            let result = work(argon2);
            drop(permit);
            result
        })
        .await
        .map_err(internal)?
        .map_err(internal)
    }
}

/// Whether a stored hash was made with other parameters than today's.
pub(crate) fn is_outdated(hash: &str) -> bool {
    !hash.starts_with(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))
}

fn internal(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Internal(format!("the work on a password failed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_matches() {
        let turn = Passwords::default().turn().await.unwrap();
        let password = SecretString::from("twelve chars");
        let hash = turn.hash(&password, [1; 32]).await.unwrap();

        assert!(turn.verify(&password, Some(&hash)).await.unwrap());
        assert!(!turn.verify(&"twelve chars ".into(), Some(&hash)).await.unwrap());
        assert!(!turn.verify(&password, None).await.unwrap());
        assert_ne!(hash, turn.hash(&password, [2; 32]).await.unwrap());
        assert!(!hash.contains("twelve"));
    }

    #[tokio::test]
    async fn other_parameters_are_outdated_and_still_match() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(1024, 1, 1, None).unwrap(),
        );
        let weak: PasswordHash = weak.hash_password_with_salt(b"twelve chars", &[1; 16]).unwrap();
        let turn = Passwords::default().turn().await.unwrap();
        let password = SecretString::from("twelve chars");

        assert!(is_outdated(&weak.to_string()));
        assert!(turn.verify(&password, Some(&weak.to_string())).await.unwrap());
        assert!(!is_outdated(&turn.hash(&password, [1; 32]).await.unwrap()));
    }

    #[tokio::test]
    async fn a_broken_hash_is_an_error_that_does_not_quote_it() {
        let turn = Passwords::default().turn().await.unwrap();
        let error = turn.verify(&"twelve chars".into(), Some("no hash")).await.unwrap_err();
        assert!(!error.to_string().contains("no hash"));
    }

    #[tokio::test]
    async fn a_few_at_a_time() {
        let passwords = Passwords::default();
        let first = passwords.turn().await.unwrap();
        let _second = passwords.turn().await.unwrap();
        let third = passwords.turn_within(Duration::from_millis(20)).await;
        assert!(matches!(third, Err(ServiceError::Busy)));
        drop(first);
        assert!(passwords.turn().await.is_ok());
    }
}
