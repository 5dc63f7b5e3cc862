//! Clients, one at a time.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind, ClientName};
use domain::client_extras::PageUri;
use domain::client_form::ClientSettings;
use domain::tenant::TenantId;
use domain::text::fold;
use domain::token_lifetime::TokenLifetime;
use domain::view::Stamp;
use uuid::Uuid;

use crate::database::{fetch, tx_execute, tx_fetch};
use crate::search::search_key;
use crate::{Database, StoreError, Tx};

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

/// A client to be kept. It has no secrets, roles, addresses and tags yet.
#[derive(Clone, Debug)]
pub struct NewClient<'a> {
    /// Its id, which no user or client ever had.
    pub id: ClientId,
    /// Who owns it.
    pub tenant_id: TenantId,
    /// Its kind.
    pub kind: ClientKind,
    /// What was decided about it. Its roles, addresses and tags are kept by their own rooms.
    pub settings: &'a ClientSettings,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// The name of who added it.
    pub created_by: &'a str,
}

/// A client as it is kept, without its secrets, roles and addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredClient {
    /// Its id.
    pub id: ClientId,
    /// Its kind.
    pub kind: ClientKind,
    /// Its name.
    pub name: String,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Whether it may connect.
    pub enabled: bool,
    /// Who added it.
    pub created: Stamp,
    /// Who changed it last.
    pub changed: Stamp,
    /// When it last got a token.
    pub last_used: Option<DateTime<Utc>>,
    /// Whether it may ask for refresh tokens.
    pub allow_offline_access: bool,
    /// Counts its changes.
    pub version: i64,
}

/// A client that a change has locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedClient {
    /// Its kind.
    pub kind: ClientKind,
    /// Its name.
    pub name: String,
    /// Whether it may connect.
    pub enabled: bool,
    /// Counts its changes.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct ClientRow {
    id: Uuid,
    kind: String,
    name: String,
    enabled: bool,
    token_lifetime: i32,
    created_at: DateTime<Utc>,
    created_by: String,
    changed_at: DateTime<Utc>,
    changed_by: String,
    last_used_at: Option<DateTime<Utc>>,
    allow_offline_access: bool,
    version: i64,
}

impl TryFrom<ClientRow> for StoredClient {
    type Error = StoreError;

    fn try_from(row: ClientRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ClientId(row.id),
            kind: kind_from_text(&row.kind)?,
            name: row.name,
            token_lifetime: TokenLifetime::try_from(i64::from(row.token_lifetime))
                .map_err(|error| StoreError::inconsistent("the token lifetime of a client", error))?,
            enabled: row.enabled,
            created: Stamp {
                by: row.created_by,
                at: row.created_at,
            },
            changed: Stamp {
                by: row.changed_by,
                at: row.changed_at,
            },
            last_used: row.last_used_at,
            allow_offline_access: row.allow_offline_access,
            version: row.version,
        })
    }
}

/// How the kind of a client is written in the database.
pub(crate) const fn kind_text(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::ClientCredentials => "client_credentials",
        ClientKind::AuthorizationCode => "authorization_code",
        ClientKind::Hybrid => "hybrid",
    }
}

/// The kind that is written so.
pub(crate) fn kind_from_text(text: &str) -> Result<ClientKind, StoreError> {
    ClientKind::ALL
        .into_iter()
        .find(|kind| kind_text(*kind) == text)
        .ok_or_else(|| StoreError::inconsistent("the kind of a client", text))
}

/// Counts one client more of this kind and answers how many the tenant has now, of all kinds; `None` when there is no such
/// tenant. The tenant stays locked until the change ends, so of two changes that add the last allowed client the second one
/// sees the first: check the limit after this, and add the client in the same change.
pub async fn count_one_more(tx: &mut Tx, tenant: TenantId, kind: ClientKind) -> Result<Option<i64>, StoreError> {
    count(tx, tenant, kind, 1).await
}

/// Counts one client less of this kind.
pub async fn count_one_less(tx: &mut Tx, tenant: TenantId, kind: ClientKind) -> Result<(), StoreError> {
    count(tx, tenant, kind, -1).await?;
    Ok(())
}

/// Counts `more` clients of this kind, which may be fewer; answers how many the tenant has now, of all kinds.
async fn count(tx: &mut Tx, tenant: TenantId, kind: ClientKind, more: i64) -> Result<Option<i64>, StoreError> {
    let total: Option<(i64,)> = tx_fetch!(
        fetch_optional,
        tx,
        (i64,),
        "UPDATE tenants SET
            client_credentials_clients = client_credentials_clients + CASE WHEN $2 = 'client_credentials' THEN $3 ELSE 0 END,
            authorization_code_clients = authorization_code_clients + CASE WHEN $2 = 'authorization_code' THEN $3 ELSE 0 END,
            hybrid_clients = hybrid_clients + CASE WHEN $2 = 'hybrid' THEN $3 ELSE 0 END
         WHERE id = $1
         RETURNING client_credentials_clients + authorization_code_clients + hybrid_clients",
        tenant.0,
        kind_text(kind),
        more,
    )?;
    Ok(total.map(|(total,)| total))
}

/// Keeps a client that [`count_one_more`] has counted; answers whether its id was free.
pub async fn insert(tx: &mut Tx, client: &NewClient<'_>) -> Result<bool, StoreError> {
    let free = tx_execute!(
        &mut *tx,
        "INSERT INTO subjects (id) VALUES ($1) ON CONFLICT (id) DO NOTHING",
        client.id.0,
    )?;
    if free == 0 {
        return Ok(false);
    }
    let extras = &client.settings.extras;
    tx_execute!(
        tx,
        "INSERT INTO clients
            (id, tenant_id, kind, name, search_key, token_lifetime, allow_offline_access, next_secret_id,
             created_at, created_by, changed_at, changed_by,
             enabled, client_uri, logo_uri, allow_access_tokens_via_browser)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $8, $9, $10, $11, $12, $13)",
        client.id.0,
        client.tenant_id.0,
        kind_text(client.kind),
        client.settings.name.as_str(),
        search_key(client.settings.name.as_str(), client.id),
        client.settings.token_lifetime.seconds(),
        client.settings.sign_in.allow_offline_access,
        client.created_at,
        client.created_by,
        extras.enabled.unwrap_or(true),
        extras.client_uri.as_ref().map_or("", PageUri::as_str),
        extras.logo_uri.as_ref().map_or("", PageUri::as_str),
        extras.allow_access_tokens_via_browser.unwrap_or(false),
    )?;
    Ok(true)
}

/// Marks a client as changed now and locks it until the change ends, so that what is read of it stays true. `None` when the
/// tenant has no such client.
pub async fn touch(
    tx: &mut Tx,
    tenant: TenantId,
    id: ClientId,
    by: &str,
    at: DateTime<Utc>,
) -> Result<Option<LockedClient>, StoreError> {
    let row: Option<(String, String, bool, i64)> = tx_fetch!(
        fetch_optional,
        tx,
        (String, String, bool, i64),
        "UPDATE clients SET changed_by = $3, changed_at = $4 WHERE id = $1 AND tenant_id = $2
         RETURNING kind, name, enabled, version",
        id.0,
        tenant.0,
        by,
        at,
    )?;
    row.map(|(kind, name, enabled, version)| {
        Ok(LockedClient {
            kind: kind_from_text(&kind)?,
            name,
            enabled,
            version,
        })
    })
    .transpose()
}

/// Keeps new settings of a locked client, its roles, addresses and tags excepted.
pub async fn update(tx: &mut Tx, id: ClientId, settings: &ClientSettings) -> Result<(), StoreError> {
    let extras = &settings.extras;
    tx_execute!(
        tx,
        "UPDATE clients SET name = $2, search_key = $3, token_lifetime = $4, allow_offline_access = $5,
            enabled = COALESCE($6, enabled), client_uri = COALESCE($7, client_uri), logo_uri = COALESCE($8, logo_uri),
            allow_access_tokens_via_browser = COALESCE($9, allow_access_tokens_via_browser), version = version + 1
         WHERE id = $1",
        id.0,
        settings.name.as_str(),
        search_key(settings.name.as_str(), id),
        settings.token_lifetime.seconds(),
        settings.sign_in.allow_offline_access,
        extras.enabled,
        extras.client_uri.as_ref().map(PageUri::as_str),
        extras.logo_uri.as_ref().map(PageUri::as_str),
        extras.allow_access_tokens_via_browser,
    )?;
    Ok(())
}

/// Lets a locked client connect, or not.
pub async fn set_enabled(tx: &mut Tx, id: ClientId, enabled: bool) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "UPDATE clients SET enabled = $2, version = version + 1 WHERE id = $1",
        id.0,
        enabled,
    )?;
    Ok(())
}

/// Counts a change of the roles of a client.
pub async fn next_version(tx: &mut Tx, id: ClientId) -> Result<(), StoreError> {
    tx_execute!(tx, "UPDATE clients SET version = version + 1 WHERE id = $1", id.0)?;
    Ok(())
}

/// Removes a locked client with all that belongs to it. Its id is never used again.
pub async fn delete(tx: &mut Tx, id: ClientId) -> Result<(), StoreError> {
    tx_execute!(tx, "DELETE FROM clients WHERE id = $1", id.0)?;
    Ok(())
}

/// The client with this id, if the tenant has it.
pub async fn find(database: &Database, tenant: TenantId, id: ClientId) -> Result<Option<StoredClient>, StoreError> {
    let row: Option<ClientRow> = fetch!(
        fetch_optional,
        database,
        ClientRow,
        "SELECT id, kind, name, enabled, token_lifetime, created_at, created_by, changed_at, changed_by, last_used_at,
            allow_offline_access, version
         FROM clients WHERE id = $1 AND tenant_id = $2",
        id.0,
        tenant.0,
    )?;
    row.map(StoredClient::try_from).transpose()
}

/// Whether the tenant has a client of any kind with this name, without regard to case.
pub async fn name_in_use(database: &Database, tenant: TenantId, name: &ClientName) -> Result<bool, StoreError> {
    // Search keys that begin with the folded name and a line break lie together. All the kinds are named so that the index
    // on tenant, kind and search key serves.
    let name_key = fold(name.as_str());
    let (used,): (bool,) = fetch!(
        fetch_one,
        database,
        (bool,),
        "SELECT EXISTS (
            SELECT 1 FROM clients
            WHERE tenant_id = $1 AND kind IN ('client_credentials', 'authorization_code', 'hybrid')
                AND search_key > $2 AND search_key < $3
         )",
        tenant.0,
        format!("{name_key}\n"),
        format!("{name_key}\u{b}"),
    )?;
    Ok(used)
}
