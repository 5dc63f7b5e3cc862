//! What is kept with the tenant about its clients, because counting takes long.

use domain::client::ClientKind;
use domain::tenant::TenantId;

use crate::database::fetch;
use crate::{Database, StoreError};

pub(crate) const COUNTER: &str =
    "SELECT client_credentials_clients, authorization_code_clients, hybrid_clients, changes FROM tenants WHERE id = $1";

/// The clients of one kind.
pub(crate) struct Counter {
    /// How many there are.
    pub all: i64,
    /// How often clients of any kind may have changed.
    pub changes: i64,
}

/// `None` when there is no such tenant.
pub(crate) async fn counter(
    database: &Database,
    tenant: TenantId,
    kind: ClientKind,
) -> Result<Option<Counter>, StoreError> {
    let row: Option<(i64, i64, i64, i64)> = fetch!(fetch_optional, database, (i64, i64, i64, i64), COUNTER, tenant.0,)?;
    Ok(
        row.map(|(client_credentials, authorization_code, hybrid, changes)| Counter {
            all: match kind {
                ClientKind::ClientCredentials => client_credentials,
                ClientKind::AuthorizationCode => authorization_code,
                ClientKind::Hybrid => hybrid,
            },
            changes,
        }),
    )
}
