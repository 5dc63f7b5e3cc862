//! The tags of clients.

use domain::client::ClientId;
use domain::client_extras::Tag;
use domain::tenant::TenantId;

use crate::database::tx_execute;
use crate::{StoreError, Tx};

/// Gives a client of the tenant these tags, each of them once, and no others.
pub async fn replace(tx: &mut Tx, tenant: TenantId, client: ClientId, tags: &[Tag]) -> Result<(), StoreError> {
    tx_execute!(&mut *tx, "DELETE FROM client_tags WHERE client_id = $1", client.0)?;
    for tag in tags {
        tx_execute!(
            &mut *tx,
            "INSERT INTO client_tags (client_id, tenant_id, tag) VALUES ($1, $2, $3)",
            client.0,
            tenant.0,
            tag.as_str(),
        )?;
    }
    Ok(())
}
