//! The real server, started as `clientele serve` starts it: on port 0, with a database and a clock of the test.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::clock::Clock;
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use domain::tenant::{TenantId, TenantName};
use identity::algorithm::Algorithm;
use identity::issuer::Issuer;
use identity::key_ring::KeyPurpose;
use identity::seal::KeyEncryptionKey;
use identity::signing_key::SigningKey;
use ipnet::IpNet;
use secrecy::SecretSlice;
use server::listen::{Gate, listen};
use server::router::router;
use service::setup::FirstTenant;
use service::testing::{TestClock, TestIds};
use service::{Actor, Service};
use store::Database;
use store::signing_keys::SigningKeyRow;
use store::testing::{Engine, TestDatabase};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Private keys that sign nothing but what tests ask for: making one takes 0.3 s.
const SIGNING_KEYS: [(KeyPurpose, &str); 2] = [
    (KeyPurpose::AccessTokens, include_str!("access_token_key.base64")),
    (KeyPurpose::IdTokens, include_str!("id_token_key.base64")),
];

/// A running server. It ends when it is dropped.
pub struct TestServer {
    /// Where it listens.
    pub address: String,
    /// The service behind it.
    pub service: Service,
    /// The service's clock.
    pub clock: Arc<TestClock>,
    /// The first tenant.
    pub tenant: TenantId,
    /// Its database.
    pub database: TestDatabase,
    /// Follows no redirect and keeps no cookie.
    pub http: reqwest::Client,
    _stop: watch::Sender<bool>,
}

/// How a server is started.
pub struct Builder {
    engine: Engine,
    public_url: Option<String>,
    trusted_proxies: Vec<IpNet>,
}

impl TestServer {
    /// A server on SQLite whose public URL is the address it listens on.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Another one.
    pub fn builder() -> Builder {
        Builder {
            engine: Engine::Sqlite,
            public_url: None,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Builder {
    /// Runs it on this database.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// What the outside calls it.
    pub fn public_url(mut self, url: &str) -> Self {
        self.public_url = Some(url.to_owned());
        self
    }

    /// A network whose forwarded addresses it believes.
    pub fn trusted_proxy(mut self, network: &str) -> Self {
        self.trusted_proxies.push(network.parse().unwrap());
        self
    }

    /// Starts it, with a first tenant and signing keys.
    pub async fn start(self) -> TestServer {
        let database = store::testing::database(self.engine).await;
        let listener = listener().await;
        let address = address(&listener);
        let clock = Arc::new(TestClock::default());
        let public_url = self.public_url.as_deref().unwrap_or(&address);
        let service = service(database.database.clone(), clock.clone(), public_url);
        let name = TenantName::parse("Default Tenant").unwrap();
        let first = FirstTenant { id: None, name };
        service.first_start(first, None).await.unwrap();
        insert_signing_keys(&database.database, &clock).await;
        service.ensure_keys().await.unwrap();
        let tenant = service.only_tenant(&Actor::CommandLine).await.unwrap();
        let gate = Gate::default();
        let _ = gate.set(router(service.clone(), self.trusted_proxies));
        TestServer {
            address,
            service,
            clock,
            tenant,
            database,
            http: client(),
            _stop: run(listener, gate),
        }
    }
}

/// A service on any database, even one without tables.
pub fn service(database: Database, clock: Arc<TestClock>, public_url: &str) -> Service {
    let issuer = Issuer::new(public_url).unwrap();
    Service::new(
        database,
        clock,
        Arc::new(TestIds::default()),
        issuer,
        key_encryption_key(),
        RefreshTokenLifetimes::default(),
    )
}

/// A port that is free.
pub async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

/// The URL of what listens there.
pub fn address(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}

/// Answers there with what is behind the gate, for as long as the sender lives.
pub fn run(listener: TcpListener, gate: Gate) -> watch::Sender<bool> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(listen(listener, gate, stopped));
    stop
}

/// A client that shows answers as they are.
pub fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy();
    client.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn key_encryption_key() -> KeyEncryptionKey {
    KeyEncryptionKey::from_bytes([9; 32])
}

/// The keys that sign access tokens and ID tokens.
pub fn signing_keys() -> [SigningKey; 2] {
    SIGNING_KEYS.map(|(_, base64)| SigningKey::from_pkcs8(Algorithm::Rs256, &private_key(base64)).unwrap())
}

fn private_key(base64: &str) -> SecretSlice<u8> {
    STANDARD.decode(base64.replace('\n', "")).unwrap().into()
}

async fn insert_signing_keys(database: &Database, clock: &TestClock) {
    let now = clock.now();
    let mut tx = database.begin().await.unwrap();
    for (nonce, (purpose, base64)) in (1..).zip(SIGNING_KEYS) {
        let der = private_key(base64);
        let key = SigningKey::from_pkcs8(Algorithm::Rs256, &der).unwrap();
        let row = SigningKeyRow {
            id: key.kid().to_owned(),
            algorithm: Algorithm::Rs256.name().to_owned(),
            purpose: purpose.name().to_owned(),
            private_key: key_encryption_key().seal(key.kid(), &der, [nonce; 12]).unwrap(),
            publish_at: now,
            sign_at: now,
            retire_at: None,
        };
        store::signing_keys::insert(&mut tx, &row, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}
