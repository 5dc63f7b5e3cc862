//! What holds for the whole installation.

use crate::database::tx_execute;
use crate::{StoreError, Tx};

/// Waits until this change is the only one that holds the installation: two first starts then make one key and one
/// administrator.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    tx_execute!(tx, "UPDATE installation SET revision = revision + 1 WHERE id = 1")?;
    Ok(())
}
