//! Totals of filtered lists. Counting looks at each client that matches, which takes longer than reading a page; so a total is
//! kept for as long as no client changes, and turning pages or two people looking for the same count once.

use domain::client::ClientKind;
use domain::tenant::TenantId;
use quick_cache::sync::Cache;

use crate::StoreError;

#[cfg(test)]
mod tests;

/// How many totals are kept, in about 200 bytes each.
const KEPT: usize = 1_000;

/// What was counted, at which state of the tenant. The state is read from the database each time, so a change that another
/// instance made counts here at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Filtered {
    pub tenant: TenantId,
    pub kind: ClientKind,
    /// The tenant's changes until then.
    pub changes: i64,
    pub pattern: Option<String>,
    pub enabled: Option<bool>,
}

/// How many clients some filters let through.
#[derive(Debug)]
pub struct Totals(Cache<Filtered, u64>);

impl Default for Totals {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Totals {
    /// The total that is known, or else what `count` finds. Who asks meanwhile for the same waits for it.
    pub(super) async fn of(
        &self,
        filtered: Filtered,
        count: impl Future<Output = Result<u64, StoreError>>,
    ) -> Result<u64, StoreError> {
        self.0.get_or_insert_async(&filtered, count).await
    }
}
