//! Who calls the REST API: the person or client behind an access token, with what they may do now.

use domain::client::ClientId;
use domain::grant::GrantId;
use domain::role::RoleType;
use domain::tenant::TenantId;
use uuid::Uuid;

use crate::database::fetch;
use crate::sessions::{SessionRow, SessionUser, user_columns};
use crate::{Database, StoreError};

/// A client that calls for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallingClient {
    /// Its name.
    pub name: String,
    /// Its tenant.
    pub tenant_id: TenantId,
    /// Whether it holds Tenant Administrator.
    pub administrator: bool,
}

/// Who allowed an application to call for them, as long as that hasn't ended and both are enabled.
pub async fn person(database: &Database, grant: GrantId) -> Result<Option<SessionUser>, StoreError> {
    let row = fetch!(
        fetch_optional,
        database,
        SessionRow,
        concat!(
            "SELECT ",
            user_columns!(),
            " FROM grants g JOIN clients c ON c.id = g.client_id JOIN users u ON u.id = g.user_id
                JOIN tenants t ON t.id = u.tenant_id
             WHERE g.id = $2 AND g.ended_at IS NULL AND c.enabled AND u.enabled"
        ),
        RoleType::TenantAdministrator.id(),
        grant.0,
    )?;
    Ok(row.map(SessionUser::from))
}

/// The client-credentials client with this id, if it is enabled.
pub async fn client(database: &Database, id: ClientId) -> Result<Option<CallingClient>, StoreError> {
    let row: Option<(String, Uuid, bool)> = fetch!(
        fetch_optional,
        database,
        (String, Uuid, bool),
        "SELECT c.name, c.tenant_id,
            EXISTS (
                SELECT 1 FROM client_roles cr JOIN roles r ON r.id = cr.role_id
                WHERE cr.client_id = c.id AND r.tenant_id = c.tenant_id AND r.type_id = $1
            )
         FROM clients c WHERE c.id = $2 AND c.kind = 'client_credentials' AND c.enabled",
        RoleType::TenantAdministrator.id(),
        id.0,
    )?;
    Ok(row.map(|(name, tenant, administrator)| CallingClient {
        name,
        tenant_id: TenantId(tenant),
        administrator,
    }))
}

#[cfg(test)]
mod tests {
    use domain::client::ClientKind;
    use rstest::rstest;

    use super::*;
    use crate::clients::fixtures;
    use crate::testing::{Engine, database, disable};
    use crate::{administrators, roles};

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_client_calls_with_the_roles_it_has_now(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        let tenant = fixtures::tenant(database, 1).await;
        let other = fixtures::tenant(database, 2).await;
        let pump = fixtures::client(database, tenant, 10, "Pump").await;
        let shop = fixtures::client_of_kind(database, tenant, ClientKind::Hybrid, 11, "Shop").await;
        let administers = async |tenant| {
            let mut tx = database.begin().await.unwrap();
            administrators::lock_client(&mut tx, tenant, pump).await.unwrap()
        };
        let found = client(database, pump).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.tenant_id), ("Pump", tenant));
        assert!(!found.administrator && !administers(tenant).await);
        assert_eq!(client(database, shop).await.unwrap(), None, "it calls for people alone");

        let built_in = roles::list(database, tenant).await.unwrap();
        fixtures::give(database, pump, tenant, built_in[1].id).await;
        assert!(client(database, pump).await.unwrap().unwrap().administrator);
        assert!(administers(tenant).await && !administers(other).await);

        disable(database, pump.0).await;
        assert_eq!(client(database, pump).await.unwrap(), None);
        assert!(!administers(tenant).await);
    }
}
