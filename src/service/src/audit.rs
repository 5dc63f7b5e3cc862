//! The audit event that each change leaves, in its own transaction.

use domain::tenant::TenantId;
use store::Tx;
use store::audit::AuditEvent;

use crate::{Actor, Service, ServiceError};

/// What was done, and to what.
pub(crate) struct Change<'a> {
    /// The tenant in which it was done; none for the whole installation.
    pub tenant_id: Option<TenantId>,
    /// What was done: the kind of thing, a dot, a verb, such as `client.add`.
    pub action: &'static str,
    /// The id of what it was done to.
    pub target_id: Option<String>,
    /// Its name.
    pub target_name: Option<&'a str>,
}

impl Service {
    /// Keeps the event of a change, to be stored with it.
    pub(crate) async fn record(&self, tx: &mut Tx, actor: &Actor, change: Change<'_>) -> Result<(), ServiceError> {
        let (actor_id, address) = match actor {
            Actor::User(user) => (Some(user.id.0), user.address),
            Actor::CommandLine | Actor::Server => (None, None),
        };
        let event = AuditEvent {
            id: self.ids.uuid(),
            tenant_id: change.tenant_id,
            occurred_at: self.clock.now(),
            actor_id,
            actor_name: actor.name().to_owned(),
            address,
            action: change.action,
            target_id: change.target_id,
            target_name: change.target_name.map(str::to_owned),
        };
        Ok(store::audit::insert(tx, &event).await?)
    }
}
