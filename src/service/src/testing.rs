//! A service for tests: a clock that they set, ids that they can foresee, a database of their own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use domain::clock::{Clock, Ids};
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use identity::issuer::Issuer;
use identity::seal::KeyEncryptionKey;
use store::testing::{Engine, TestDatabase};
use uuid::Uuid;

use crate::Service;

/// What opens the keys of every service here.
pub const KEY_ENCRYPTION_KEY: [u8; 32] = [9; 32];

/// A clock that stands still until a test moves it. It starts at 2026-11-21 10:30 UTC.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Moves the clock.
    ///
    /// # Panics
    /// When another test thread panicked while moving it.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().expect("the test clock") += by;
    }
}

impl Default for TestClock {
    fn default() -> Self {
        let start = DateTime::from_timestamp(1_795_257_000, 0).expect("a time");
        Self(Mutex::new(start))
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the test clock")
    }
}

/// Ids that count: every test sees the same ones, and no two are alike.
#[derive(Debug, Default)]
pub struct TestIds(AtomicU64);

impl Ids for TestIds {
    fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes()).into_uuid()
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes
    }
}

/// A service and what it runs on.
pub struct TestService {
    /// The service.
    pub service: Service,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Its database.
    pub database: TestDatabase,
}

impl TestService {
    /// Starts the service anew, with other lifetimes of refresh tokens, and keys.
    ///
    /// # Panics
    /// When it can't be started: a test can't go on then.
    pub async fn restart(&mut self, refresh_tokens: RefreshTokenLifetimes) {
        self.service = Service::new(
            self.database.database.clone(),
            self.clock.clone(),
            self.service.ids.clone(),
            self.service.issuer().clone(),
            key_encryption_key(),
            refresh_tokens,
        );
        self.service.ensure_keys().await.expect("keys");
    }

    /// A second service on the same database, as another instance is, without keys yet.
    pub fn beside(&self, key_encryption_key: [u8; 32]) -> Service {
        Service::new(
            self.database.database.clone(),
            self.clock.clone(),
            self.service.ids.clone(),
            self.service.issuer().clone(),
            KeyEncryptionKey::from_bytes(key_encryption_key),
            RefreshTokenLifetimes::default(),
        )
    }
}

fn key_encryption_key() -> KeyEncryptionKey {
    KeyEncryptionKey::from_bytes(KEY_ENCRYPTION_KEY)
}

/// A service on an empty, migrated database, at `https://id.example.com`.
///
/// # Panics
/// When it can't be made: a test can't go on then.
pub async fn service(engine: Engine) -> TestService {
    let database = store::testing::database(engine).await;
    let clock = Arc::new(TestClock::default());
    let service = Service::new(
        database.database.clone(),
        clock.clone(),
        Arc::new(TestIds::default()),
        Issuer::new("https://id.example.com").expect("an issuer"),
        key_encryption_key(),
        RefreshTokenLifetimes::default(),
    );
    TestService {
        service,
        clock,
        database,
    }
}
