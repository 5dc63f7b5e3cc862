//! What tests of clients start from.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind, ClientName};
use domain::client_extras::ExtraSettings;
use domain::client_form::{ClientSettings, SignInSettings};
use domain::role::{RoleDescription, RoleId, RoleName, RoleType};
use domain::role_form::RoleSettings;
use domain::secret::{NewSecret, SecretDescription, SecretExpiry, SecretId};
use domain::tenant::{TenantId, TenantName};
use domain::token_lifetime::TokenLifetime;
use uuid::Uuid;

use super::NewClient;
use crate::tenants::{self, NewTenant};
use crate::{Database, client_roles, client_secrets, roles};

/// A foreseeable id.
pub(crate) fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// An instant.
pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The time at which everything here happens.
pub(crate) fn now() -> DateTime<Utc> {
    instant("2026-11-21T10:30:00.000001Z")
}

/// A tenant with its built-in roles; its id is `n`.
pub(crate) async fn tenant(database: &Database, n: u128) -> TenantId {
    let roles: Vec<_> = (n * 1_000_000..)
        .map(|id| RoleId(uuid(id)))
        .zip(RoleType::ALL)
        .collect();
    let new = NewTenant {
        id: TenantId(uuid(n)),
        name: &TenantName::parse("Pumps").unwrap(),
        created_at: now(),
        roles: &roles,
    };
    let mut tx = database.begin().await.unwrap();
    tenants::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

/// A custom role; its id is `n`.
pub(crate) async fn role(database: &Database, tenant: TenantId, n: u128, name: &str) -> RoleId {
    let id = RoleId(uuid(n));
    let settings = RoleSettings {
        name: RoleName::parse(name).unwrap(),
        description: RoleDescription::default(),
    };
    let mut tx = database.begin().await.unwrap();
    assert!(roles::insert(&mut tx, tenant, id, &settings).await.unwrap());
    tx.commit().await.unwrap();
    id
}

/// The settings of a client that has only a name.
pub(crate) fn settings(name: &str) -> ClientSettings {
    ClientSettings {
        name: ClientName::parse(name).unwrap(),
        token_lifetime: TokenLifetime::default(),
        roles: Vec::new(),
        sign_in: SignInSettings::default(),
        extras: ExtraSettings::default(),
    }
}

/// A client-credentials client without secrets and roles; its id is `n`.
pub(crate) async fn client(database: &Database, tenant: TenantId, n: u128, name: &str) -> ClientId {
    client_of_kind(database, tenant, ClientKind::ClientCredentials, n, name).await
}

/// A client of any kind; its id is `n`.
pub(crate) async fn client_of_kind(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
    n: u128,
    name: &str,
) -> ClientId {
    let id = ClientId(uuid(n));
    let mut tx = database.begin().await.unwrap();
    super::count_one_more(&mut tx, tenant, kind).await.unwrap().unwrap();
    let new = NewClient {
        id,
        tenant_id: tenant,
        kind,
        settings: &settings(name),
        created_at: now(),
        created_by: "Ada",
    };
    assert!(super::insert(&mut tx, &new).await.unwrap());
    tx.commit().await.unwrap();
    id
}

/// A secret that ends at `expires`, or never.
pub(crate) async fn secret(database: &Database, client: ClientId, expires: Option<DateTime<Utc>>) -> SecretId {
    let new = NewSecret {
        description: SecretDescription::parse("for tests").unwrap(),
        expiry: SecretExpiry::from(expires),
    };
    let mut tx = database.begin().await.unwrap();
    let id = client_secrets::insert(&mut tx, client, &new, &[7; 32], now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// Gives the client a role of its tenant.
pub(crate) async fn give(database: &Database, client: ClientId, tenant: TenantId, role: RoleId) {
    let mut tx = database.begin().await.unwrap();
    assert!(client_roles::give(&mut tx, client, tenant, role).await.unwrap());
    tx.commit().await.unwrap();
}
