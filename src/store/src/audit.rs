//! What was done: one row for each change, written with it.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::tenant::TenantId;
use uuid::Uuid;

use crate::database::tx_execute;
use crate::{StoreError, Tx};

/// An event to be kept.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    /// Its id.
    pub id: Uuid,
    /// The tenant it belongs to; none for what concerns the whole installation.
    pub tenant_id: Option<TenantId>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The user or client who did it; none for the command line, the server, or somebody who isn't known.
    pub actor_id: Option<Uuid>,
    /// Their name then.
    pub actor_name: String,
    /// Where they were.
    pub address: Option<IpAddr>,
    /// What was done, such as `client.add`.
    pub action: &'static str,
    /// The id of what it was done to.
    pub target_id: Option<String>,
    /// Its name then.
    pub target_name: Option<String>,
}

/// Keeps an event.
pub async fn insert(tx: &mut Tx, event: &AuditEvent) -> Result<(), StoreError> {
    tx_execute!(
        tx,
        "INSERT INTO audit_events
            (id, tenant_id, occurred_at, actor_id, actor_name, address, action, target_id, target_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        event.id,
        event.tenant_id.map(|tenant| tenant.0),
        event.occurred_at,
        event.actor_id,
        &event.actor_name,
        event.address.map(|address| address.to_string()),
        event.action,
        event.target_id.as_deref(),
        event.target_name.as_deref(),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use crate::database::fetch;
    use crate::fixtures::{add_tenant, at, tenant_id};
    use crate::testing::{Engine, database};
    use rstest::rstest;

    type Row = (
        Uuid,
        Option<Uuid>,
        DateTime<Utc>,
        Option<Uuid>,
        String,
        Option<String>,
        String,
        Option<String>,
        Option<String>,
    );

    async fn stored(database: &Database, event: AuditEvent) -> Row {
        let id = event.id;
        let mut tx = database.begin().await.unwrap();
        insert(&mut tx, &event).await.unwrap();
        tx.commit().await.unwrap();
        fetch!(
            fetch_one,
            database,
            Row,
            "SELECT id, tenant_id, occurred_at, actor_id, actor_name, address, action, target_id, target_name
             FROM audit_events WHERE id = $1",
            id,
        )
        .unwrap()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn every_part_of_an_event_is_kept(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        let (id, actor) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let event = AuditEvent {
            id,
            tenant_id: Some(tenant_id(1)),
            occurred_at: at(7),
            actor_id: Some(actor),
            actor_name: "Ana".to_owned(),
            address: Some("2001:db8::7".parse().unwrap()),
            action: "client.add",
            target_id: Some("3".to_owned()),
            target_name: Some("Pump".to_owned()),
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            stored(database, event).await,
            (
                id,
                Some(tenant_id(1).0),
                at(7),
                Some(actor),
                "Ana".to_owned(),
                text("2001:db8::7"),
                "client.add".to_owned(),
                text("3"),
                text("Pump"),
            )
        );

        let id = Uuid::from_u128(4);
        let event = AuditEvent {
            id,
            tenant_id: None,
            occurred_at: at(8),
            actor_id: None,
            actor_name: "server".to_owned(),
            address: None,
            action: "setup_link.add",
            target_id: None,
            target_name: None,
        };
        let (server, action) = ("server".to_owned(), "setup_link.add".to_owned());
        assert_eq!(
            stored(database, event).await,
            (id, None, at(8), None, server, None, action, None, None)
        );
    }
}
