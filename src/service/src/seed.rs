//! A tenant with many clients, to see how the portal does with them.

use chrono::{Duration, SubsecRound};
use domain::client::{ClientId, ClientKind, MAX_CLIENTS};
use domain::number::grouped;
use domain::role::RoleType;
use domain::tenant::TenantId;
use store::seed::{self, SeedClient};
use store::tenants;

use crate::audit::Change;
use crate::{Actor, Service, ServiceError};

/// What the clients are named after.
const PLACES: [&str; 8] = [
    "Boiler house",
    "Control room",
    "Dosing pump",
    "Flow meter",
    "Pump station",
    "Reservoir",
    "Turbidity alarm",
    "Weather feed",
];

impl Service {
    /// Adds `count` clients to a tenant: names, states, roles and expiries vary, nearly all of them are client-credentials
    /// clients. Nobody learns their secrets. For the command line only.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] without such a tenant, [`ServiceError::Refused`] when it
    /// would have more clients than it may.
    pub async fn seed_clients(&self, actor: &Actor, tenant: TenantId, count: u32) -> Result<(), ServiceError> {
        actor.require_operator()?;
        // They are made before they are counted, and so many would fill the memory.
        if i64::from(count) > MAX_CLIENTS {
            return Err(too_many(count));
        }
        let known = store::roles::list(&self.database, tenant).await?;
        let role = |role_type| {
            known
                .iter()
                .find(|role| role.role_type == Some(role_type))
                .map(|role| role.id)
        };
        let (member, viewer) = (role(RoleType::TenantMember), role(RoleType::TenantViewer));
        let now = self.clock.now();
        let client = |n: u32| {
            let kind = match n % 50 {
                17 => ClientKind::AuthorizationCode,
                34 => ClientKind::Hybrid,
                _ => ClientKind::ClientCredentials,
            };
            let roles = [member, viewer.filter(|_| n.is_multiple_of(3))];
            // From a hundred days ago to five years ahead, some never.
            let days = i64::from(n % 1_900) - 100;
            SeedClient {
                id: ClientId(self.ids.uuid()),
                kind,
                name: format!("{} {n:05}", PLACES[n as usize % PLACES.len()]),
                enabled: !n.is_multiple_of(20),
                secret: kind.has_secrets().then(|| self.ids.random()),
                expires_at: (!n.is_multiple_of(7)).then(|| (now + Duration::days(days)).trunc_subsecs(0)),
                roles: if kind.has_roles() {
                    roles.into_iter().flatten().collect()
                } else {
                    Vec::new()
                },
            }
        };
        let clients: Vec<SeedClient> = (1..=count).map(client).collect();

        let mut tx = self.database.begin().await?;
        if !tenants::lock_for_change(&mut tx, tenant).await? {
            return Err(ServiceError::NotFound);
        }
        let total = seed::count_many_more(&mut tx, tenant, &clients).await?;
        if total > MAX_CLIENTS {
            return Err(too_many(count));
        }
        seed::insert(&mut tx, tenant, &clients, actor.name(), now).await?;
        let name = format!("{} clients", grouped(count.into()));
        let change = Change {
            tenant_id: Some(tenant),
            action: "tenant.seed",
            target_id: Some(tenant.to_string()),
            target_name: Some(&name),
        };
        self.record(&mut tx, actor, change).await?;
        tx.commit().await?;
        Ok(seed::analyse(&self.database).await?)
    }
}

fn too_many(count: u32) -> ServiceError {
    let (most, count) = (grouped(MAX_CLIENTS.unsigned_abs()), grouped(count.into()));
    ServiceError::refused(
        format!("A tenant may have {most} clients, and with {count} more this one would have too many."),
        "Seed fewer.",
    )
}

#[cfg(test)]
mod tests {
    use domain::list::{ClientQuery, StatusFilter};
    use rstest::rstest;
    use store::testing::Engine;

    use super::*;
    use crate::clients::fixtures::{administrator, mill};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_tenant_has_many_clients_of_every_kind_and_state(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        test.service
            .seed_clients(&Actor::CommandLine, tenant, 2_000)
            .await
            .unwrap();
        let total = async |kind, status| {
            let query = ClientQuery {
                kind,
                status,
                ..ClientQuery::default()
            };
            let page = test.service.list_clients(&Actor::CommandLine, tenant, &query).await;
            page.unwrap().total
        };
        let credentials = ClientKind::ClientCredentials;
        assert_eq!(total(credentials, StatusFilter::All).await, 1_920);
        assert_eq!(total(ClientKind::AuthorizationCode, StatusFilter::All).await, 40);
        assert_eq!(total(ClientKind::Hybrid, StatusFilter::All).await, 40);
        for status in StatusFilter::ALL {
            assert!(total(credentials, status).await > 0, "{status:?}");
        }
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn only_so_many_and_only_by_the_operator(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        let seed = async |count| test.service.seed_clients(&Actor::CommandLine, tenant, count).await;
        seed(1).await.unwrap();
        for count in [50_000, 50_001, u32::MAX] {
            let refused = seed(count).await.unwrap_err().to_string();
            assert!(refused.starts_with("A tenant may have 50,000 clients"), "{refused}");
        }
        let forbidden = test.service.seed_clients(&administrator(tenant), tenant, 1).await;
        assert!(matches!(forbidden, Err(ServiceError::Forbidden)));
        let nowhere = TenantId(uuid::Uuid::from_u128(9));
        let missing = test.service.seed_clients(&Actor::CommandLine, nowhere, 1).await;
        assert!(matches!(missing, Err(ServiceError::NotFound)));
    }
}
