//! The keys that sign tokens: made at the first start, kept sealed, rotated from the command line.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use identity::algorithm::Algorithm;
use identity::jwk::JwkSet;
use identity::key_ring::{KeyPurpose, KeyRing, KeyState, KeyTimes, RingKey};
use identity::seal::SealError;
use identity::signing_key::{SigningKey, SigningKeyError};
use store::signing_keys::{self, SigningKeyRow};
use store::{Tx, installation};
use tokio::sync::Mutex;

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

#[cfg(test)]
mod tests;

/// For how long nobody's token of an unknown key makes us look for new keys again.
const LOOK_AGAIN: Duration = Duration::seconds(5);

/// The opened keys, as last read from the database.
#[derive(Default)]
pub(crate) struct Keys {
    ring: RwLock<Arc<KeyRing>>,
    /// When a token of an unknown key made us look for new ones last. Whoever comes meanwhile waits for what is found.
    looked: Mutex<Option<DateTime<Utc>>>,
}

impl Keys {
    /// The keys of this moment.
    pub(crate) fn ring(&self) -> Arc<KeyRing> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, ring: KeyRing) {
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
    }

    /// The key that signs for this purpose at `now`.
    pub(crate) fn signing(&self, purpose: KeyPurpose, now: DateTime<Utc>) -> Result<Arc<SigningKey>, ServiceError> {
        let key = self.ring().signing(purpose, now).cloned();
        key.ok_or_else(|| ServiceError::Internal(format!("no key signs {}", purpose.name())))
    }
}

/// What the next key is to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rotation {
    /// What it signs.
    pub purpose: KeyPurpose,
    /// The algorithm of its signatures; none means that of the key before it.
    pub algorithm: Option<Algorithm>,
    /// Whether it signs from now on. Those who keep the list of public keys for a while refuse its tokens until they read
    /// it again: warn of that.
    pub at_once: bool,
}

/// A key as the command line lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// Its name.
    pub kid: String,
    /// The algorithm of its signatures.
    pub algorithm: String,
    /// What it signs.
    pub purpose: String,
    /// Its times.
    pub times: KeyTimes,
    /// What it does now.
    pub state: KeyState,
}

impl KeyView {
    fn of(row: SigningKeyRow, now: DateTime<Utc>) -> Self {
        let times = times(&row);
        Self {
            kid: row.id,
            algorithm: row.algorithm,
            purpose: row.purpose,
            times,
            state: times.state(now),
        }
    }
}

/// One line of the command line's list.
impl fmt::Display for KeyView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            KeyState::Planned => "planned",
            KeyState::Next => "next",
            KeyState::Signing => "signing",
            KeyState::Retired => "retired",
            KeyState::Gone => "gone",
        };
        let KeyTimes {
            publish_at,
            sign_at,
            retire_at,
        } = self.times;
        write!(f, "{}  {:5}  {:13}  {state:7}", self.kid, self.algorithm, self.purpose)?;
        write!(f, "  published {}  signs {}", seconds(publish_at), seconds(sign_at))?;
        retire_at.map_or(Ok(()), |at| write!(f, "  retires {}", seconds(at)))
    }
}

impl Service {
    /// Opens the keys, and makes the first one of each purpose that has none. Of two first starts one makes them.
    ///
    /// # Errors
    /// [`ServiceError::Keys`] when the key-encryption key is not the one that sealed them: then a server must not start.
    pub async fn ensure_keys(&self) -> Result<(), ServiceError> {
        // Before one is made: sealed under another key-encryption key than the rest it would be of no use.
        self.reload_keys().await?;
        if !without_key(&signing_keys::list(&self.database).await?).is_empty() {
            let mut tx = self.database.begin().await?;
            installation::lock(&mut tx).await?;
            for purpose in without_key(&signing_keys::list_in(&mut tx).await?) {
                let row = self.add_key(&mut tx, purpose, Algorithm::default(), true).await?;
                self.record_key(&mut tx, &Actor::Server, "signing_key.add", &row.id)
                    .await?;
            }
            tx.commit().await?;
            self.reload_keys().await?;
        }
        Ok(())
    }

    /// Reads the keys again, as another instance or the command line may have changed them. A server calls this every
    /// minute. On failure the keys stay as they were.
    pub async fn reload_keys(&self) -> Result<(), ServiceError> {
        let rows = signing_keys::list(&self.database).await?;
        let now = self.clock.now();
        let open = self.keys.ring();
        let mut keys = Vec::new();
        for row in rows.iter().filter(|row| times(row).state(now) != KeyState::Gone) {
            let key = match open.get(&row.id) {
                Some(key) => key.clone(),
                None => Arc::new(self.open_key(row)?),
            };
            keys.push(RingKey {
                key,
                purpose: known(row, &row.purpose)?,
                times: times(row),
            });
        }
        self.keys.set(KeyRing::new(keys));
        Ok(())
    }

    /// Looks for the key of a token that is of none we know: another instance may sign with a new one since a moment. Anybody
    /// invents such tokens, so it does nothing when that was done a moment ago.
    pub(crate) async fn look_for_new_keys(&self) {
        let mut looked = self.keys.looked.lock().await;
        let now = self.clock.now();
        if looked.is_some_and(|at| (now - at).abs() < LOOK_AGAIN) {
            return;
        }
        *looked = Some(now);
        if let Err(error) = self.reload_keys().await {
            tracing::error!(%error, "the signing keys could not be read again");
        }
    }

    /// The public keys that clients need to know now.
    pub fn jwks(&self) -> JwkSet {
        self.keys.ring().jwks(self.clock.now())
    }

    /// The algorithms of the ID tokens that clients may meet now.
    pub fn id_token_algorithms(&self) -> Vec<Algorithm> {
        self.keys.ring().id_token_algorithms(self.clock.now())
    }

    /// All keys by their purpose, oldest first. For the command line only.
    pub async fn list_keys(&self, actor: &Actor) -> Result<Vec<KeyView>, ServiceError> {
        actor.require_operator()?;
        let rows = signing_keys::list(&self.database).await?;
        let now = self.clock.now();
        Ok(rows.into_iter().map(|row| KeyView::of(row, now)).collect())
    }

    /// Makes the next key of a purpose, or with `at_once` lets the one that waits sign from now on; answers it. For the
    /// command line only.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when a next key waits already, and must wait or has another algorithm,
    /// [`ServiceError::Keys`] when the key-encryption key is not the one that sealed the others.
    pub async fn rotate_keys(&self, actor: &Actor, rotation: Rotation) -> Result<KeyView, ServiceError> {
        actor.require_operator()?;
        let Rotation {
            purpose,
            algorithm,
            at_once,
        } = rotation;
        // A key sealed under another key-encryption key would be of no use to the servers.
        self.reload_keys().await?;
        let mut tx = self.database.begin().await?;
        installation::lock(&mut tx).await?;
        let mut rows = signing_keys::list_in(&mut tx).await?;
        rows.retain(|row| row.purpose == purpose.name());
        let now = self.clock.now();
        let in_state = |state| rows.iter().rfind(|row| times(row).state(now) == state);
        let signing = in_state(KeyState::Signing);
        let key = match in_state(KeyState::Next) {
            Some(row) if !at_once => {
                let from = seconds(row.sign_at);
                let (purpose, id) = (&row.purpose, &row.id);
                return Err(ServiceError::refused(
                    format!("The next key for {purpose}, {id}, waits already: it signs from {from} on."),
                    "Wait until then, or let it sign at once with --now.",
                ));
            }
            Some(row) if algorithm.is_some_and(|algorithm| algorithm.name() != row.algorithm) => {
                let (purpose, id, algorithm) = (&row.purpose, &row.id, &row.algorithm);
                return Err(ServiceError::refused(
                    format!("The next key for {purpose}, {id}, waits already and is one of {algorithm}."),
                    "Let it sign first: with --now, and without --algorithm.",
                ));
            }
            Some(row) => {
                signing_keys::set_sign_at(&mut tx, &row.id, now).await?;
                SigningKeyRow {
                    sign_at: now,
                    ..row.clone()
                }
            }
            None => {
                let algorithm = match (algorithm, signing) {
                    (Some(algorithm), _) => algorithm,
                    (None, Some(row)) => known(row, &row.algorithm)?,
                    (None, None) => Algorithm::default(),
                };
                self.add_key(&mut tx, purpose, algorithm, at_once || signing.is_none())
                    .await?
            }
        };
        signing_keys::retire_others(&mut tx, &key).await?;
        self.record_key(&mut tx, actor, "signing_key.rotate", &key.id).await?;
        tx.commit().await?;
        self.reload_keys().await?;
        // A key made just now began after `now`.
        Ok(KeyView::of(key, self.clock.now()))
    }

    /// Makes and keeps a key.
    async fn add_key(
        &self,
        tx: &mut Tx,
        purpose: KeyPurpose,
        algorithm: Algorithm,
        at_once: bool,
    ) -> Result<SigningKeyRow, ServiceError> {
        let key = tokio::task::spawn_blocking(move || SigningKey::generate(algorithm))
            .await
            .map_err(|error| ServiceError::Internal(error.to_string()))?
            .map_err(key_error)?;
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&self.ids.random()[..12]);
        let private_key = self
            .key_encryption_key
            .seal(key.kid(), &key.to_pkcs8().map_err(key_error)?, nonce)
            .map_err(|error| seal_error(&error))?;
        let now = self.clock.now();
        let times = KeyTimes::of_new_key(now, at_once);
        let row = SigningKeyRow {
            id: key.kid().to_owned(),
            algorithm: algorithm.name().to_owned(),
            purpose: purpose.name().to_owned(),
            private_key,
            publish_at: times.publish_at,
            sign_at: times.sign_at,
            retire_at: times.retire_at,
        };
        signing_keys::insert(tx, &row, now).await?;
        Ok(row)
    }

    fn open_key(&self, row: &SigningKeyRow) -> Result<SigningKey, ServiceError> {
        let der = self
            .key_encryption_key
            .open(&row.id, &row.private_key)
            .map_err(|error| seal_error(&error))?;
        SigningKey::from_pkcs8(known(row, &row.algorithm)?, &der).map_err(key_error)
    }

    async fn record_key(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &'static str,
        kid: &str,
    ) -> Result<(), ServiceError> {
        let change = Change {
            tenant_id: None,
            action,
            target_id: Some(kid.to_owned()),
            target_name: None,
        };
        self.record(tx, actor, change).await
    }
}

/// The purposes for which there was never a key.
fn without_key(rows: &[SigningKeyRow]) -> Vec<KeyPurpose> {
    let mut purposes = KeyPurpose::ALL.to_vec();
    purposes.retain(|purpose| rows.iter().all(|row| row.purpose != purpose.name()));
    purposes
}

/// Reads a name in a row, which a newer version may have written.
fn known<T: FromStr>(row: &SigningKeyRow, name: &str) -> Result<T, ServiceError> {
    name.parse().map_err(|_| {
        ServiceError::Internal(format!(
            "the signing key {} is one of {name}, which this version doesn't know",
            row.id
        ))
    })
}

fn times(row: &SigningKeyRow) -> KeyTimes {
    KeyTimes {
        publish_at: row.publish_at,
        sign_at: row.sign_at,
        retire_at: row.retire_at,
    }
}

fn seconds(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn seal_error(error: &SealError) -> ServiceError {
    match error {
        SealError::WrongKey { .. } => ServiceError::Keys(error.to_string()),
        SealError::Failed => ServiceError::Internal(error.to_string()),
    }
}

fn key_error(error: SigningKeyError) -> ServiceError {
    ServiceError::Internal(error.to_string())
}
