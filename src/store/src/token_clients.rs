//! What a token request reads of its client, and where it leaves that it did.

use chrono::{DateTime, Utc};
use domain::client::{ClientId, ClientKind};
use domain::role::Role;
use domain::secret::{SecretExpiry, SecretId};
use domain::tenant::TenantId;
use domain::token_lifetime::TokenLifetime;
use uuid::Uuid;

use crate::clients::kind_from_text;
use crate::database::{fetch, tx_execute};
use crate::roles::{RoleRow, in_order};
use crate::{Database, StoreError, Tx};

/// A client that asks for a token.
#[derive(Clone, Debug)]
pub struct TokenClient {
    /// Its tenant.
    pub tenant_id: TenantId,
    /// Its kind.
    pub kind: ClientKind,
    /// Whether it may connect.
    pub enabled: bool,
    /// How long its tokens live.
    pub token_lifetime: TokenLifetime,
    /// Whether it gets refresh tokens.
    pub allow_offline_access: bool,
    /// Its secrets, those that are over too.
    pub secrets: Vec<TokenSecret>,
    /// Its roles, built-in ones first, then by name.
    pub roles: Vec<Role>,
}

/// A secret to compare with.
#[derive(Clone, Debug)]
pub struct TokenSecret {
    /// Its number.
    pub id: SecretId,
    /// Its hash.
    pub hash: Vec<u8>,
    /// When it ends.
    pub expiry: SecretExpiry,
}

/// A secret and a role, if there are any, each with the client's own values.
#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: Uuid,
    kind: String,
    enabled: bool,
    token_lifetime: i32,
    allow_offline_access: bool,
    secret_id: Option<i32>,
    hash: Option<Vec<u8>>,
    expires_at: Option<DateTime<Utc>>,
    role_id: Option<Uuid>,
    type_id: Option<Uuid>,
    role_name: Option<String>,
}

/// Reads a client in one statement, so that all of it is of one moment. `None` when there is no such client.
pub async fn read(database: &Database, id: ClientId) -> Result<Option<TokenClient>, StoreError> {
    // Roles stand beside the first secret alone: one row for most clients, and for none more than secrets and roles together.
    let rows: Vec<Row> = fetch!(
        fetch_all,
        database,
        Row,
        "SELECT c.tenant_id, c.kind, c.enabled, c.token_lifetime, c.allow_offline_access, s.id AS secret_id, s.hash,
                s.expires_at, r.id AS role_id, r.type_id, r.name AS role_name
         FROM clients c
         LEFT JOIN client_secrets s ON s.client_id = c.id
         LEFT JOIN client_roles cr ON cr.client_id = c.id
             AND s.id IS NOT DISTINCT FROM (SELECT MIN(id) FROM client_secrets WHERE client_id = $1)
         LEFT JOIN roles r ON r.id = cr.role_id
         WHERE c.id = $1",
        id.0,
    )?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut client = TokenClient {
        tenant_id: TenantId(first.tenant_id),
        kind: kind_from_text(&first.kind)?,
        enabled: first.enabled,
        token_lifetime: TokenLifetime::try_from(i64::from(first.token_lifetime))
            .map_err(|why| StoreError::inconsistent("the token lifetime of a client", why))?,
        allow_offline_access: first.allow_offline_access,
        secrets: Vec::new(),
        roles: Vec::new(),
    };
    let mut roles = Vec::new();
    for row in rows {
        if let (Some(id), Some(hash)) = (row.secret_id.map(SecretId), row.hash)
            && client.secrets.iter().all(|known| known.id != id)
        {
            client.secrets.push(TokenSecret {
                id,
                hash,
                expiry: row.expires_at.into(),
            });
        }
        if let (Some(id), Some(name)) = (row.role_id, row.role_name) {
            roles.push(RoleRow {
                id,
                type_id: row.type_id,
                name,
            });
        }
    }
    client.roles = in_order(roles)?;
    Ok(Some(client))
}

/// Notes that a client got a token at `at`, and which secret opened it, unless something later is known. Callers go through
/// clients and secrets in the order of their ids, so that no two wait for each other.
pub async fn set_last_used(
    tx: &mut Tx,
    client: ClientId,
    secret: Option<SecretId>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx_execute!(
        &mut *tx,
        "UPDATE clients SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
        client.0,
        at,
    )?;
    if let Some(secret) = secret {
        tx_execute!(
            tx,
            "UPDATE client_secrets SET last_used_at = $3
             WHERE client_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)",
            client.0,
            secret.0,
            at,
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_secrets;
    use crate::clients::fixtures::{self, instant, now};
    use crate::testing::{Engine, database};
    use chrono::Duration;
    use domain::role::{RoleId, RoleType};
    use rstest::rstest;

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn reads_all_of_a_client(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let client = fixtures::client(database, tenant, 10, "Pump").await;
        fixtures::client(database, tenant, 11, "Another").await;
        let end = instant("2027-11-21T10:30:00Z");
        fixtures::secret(database, client, Some(end)).await;
        fixtures::secret(database, client, None).await;
        let custom = fixtures::role(database, tenant, 20, "MyData.Role").await;
        fixtures::give(database, client, tenant, custom).await;
        let member = crate::roles::list(database, tenant).await.unwrap().swap_remove(0);
        fixtures::give(database, client, tenant, member.id).await;

        let mut read = super::read(database, client).await.unwrap().unwrap();
        assert_eq!(read.tenant_id, tenant);
        assert_eq!(read.kind, ClientKind::ClientCredentials);
        assert!(read.enabled);
        assert_eq!(read.token_lifetime, TokenLifetime::default());
        read.secrets.sort_by_key(|secret| secret.id);
        assert_eq!(read.secrets.len(), 2);
        assert_eq!(
            (read.secrets[0].id, read.secrets[0].expiry),
            (SecretId(1), SecretExpiry::At(end))
        );
        assert_eq!(
            (read.secrets[1].id, read.secrets[1].expiry),
            (SecretId(2), SecretExpiry::Never)
        );
        assert_eq!(read.secrets[0].hash, [7; 32]);
        let names: Vec<&str> = read.roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["Tenant Member", "MyData.Role"]);
        assert_eq!(read.roles[0].role_type, Some(RoleType::TenantMember));
        assert_eq!(read.roles[1].role_type, None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn reads_each_secret_and_each_role_once(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let mut roles = Vec::new();
        for (id, name) in (20..).zip(["Role A", "Role B", "Role C"]) {
            roles.push(fixtures::role(database, tenant, id, name).await);
        }
        let counts = [(0, 3), (1, 0), (1, 1), (1, 3), (3, 0), (3, 1), (3, 3)];
        for (n, (secrets, role_count)) in (10..).zip(counts) {
            let client = fixtures::client(database, tenant, n, &format!("Pump {n}")).await;
            // So that the first one left isn't the first one made.
            let removed = fixtures::secret(database, client, None).await;
            let mut tx = database.begin().await.unwrap();
            client_secrets::delete(&mut tx, client, removed).await.unwrap();
            tx.commit().await.unwrap();
            let mut ids = Vec::new();
            for _ in 0..secrets {
                ids.push(fixtures::secret(database, client, None).await);
            }
            for role in &roles[..role_count] {
                fixtures::give(database, client, tenant, *role).await;
            }

            let mut read = super::read(database, client).await.unwrap().unwrap();
            read.secrets.sort_by_key(|secret| secret.id);
            let read_ids: Vec<SecretId> = read.secrets.iter().map(|secret| secret.id).collect();
            let read_roles: Vec<RoleId> = read.roles.iter().map(|role| role.id).collect();
            assert_eq!(
                (read_ids, &read_roles[..]),
                (ids, &roles[..role_count]),
                "{secrets}, {role_count}"
            );
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_client_may_have_nothing_or_not_exist(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let kind = ClientKind::Hybrid;
        let client = fixtures::client_of_kind(database, tenant, kind, 10, "Bare").await;
        let bare = super::read(database, client).await.unwrap().unwrap();
        assert_eq!(bare.kind, kind);
        assert!(bare.secrets.is_empty() && bare.roles.is_empty());
        let unknown = ClientId(fixtures::uuid(11));
        assert!(super::read(database, unknown).await.unwrap().is_none());
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn last_used_only_moves_forward(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let client = fixtures::client(database, tenant, 10, "Pump").await;
        let secret = fixtures::secret(database, client, None).await;
        let unused = fixtures::secret(database, client, None).await;
        // Whole seconds and fractions must compare as times do, on the database that keeps them as text too.
        let times = [
            now() - Duration::seconds(1),
            now() - Duration::microseconds(1),
            now(),
            now() + Duration::milliseconds(500),
        ];
        for (at, expected) in [(1, 1), (0, 1), (3, 3), (2, 3)] {
            let mut tx = database.begin().await.unwrap();
            set_last_used(&mut tx, client, Some(secret), times[at]).await.unwrap();
            tx.commit().await.unwrap();
            let expected = Some(times[expected]);
            let stored = crate::clients::find(database, tenant, client).await.unwrap().unwrap();
            assert_eq!(stored.last_used, expected);
            let secrets = client_secrets::of_client(database, client).await.unwrap();
            assert_eq!(secrets.iter().find(|row| row.id == secret).unwrap().last_used, expected);
            assert_eq!(secrets.iter().find(|row| row.id == unused).unwrap().last_used, None);
        }
    }
}
