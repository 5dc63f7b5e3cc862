//! When clients and secrets were last used. A token request makes no write: it leaves a note here, and the notes are
//! written together every few seconds.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::secret::SecretId;
use store::token_clients;

use crate::{Service, ServiceError};

/// How many notes are written in one change: a token request of another instance never waits for more of them.
const AT_ONCE: usize = 500;

/// The notes that aren't written yet, in the order in which they will be.
type Notes = BTreeMap<(ClientId, Option<SecretId>), DateTime<Utc>>;

/// What was used since it was last written. It holds at most one entry for each secret that exists, and for each client
/// without secrets.
#[derive(Default)]
pub(crate) struct LastUsed(Mutex<Notes>);

impl LastUsed {
    /// Notes that this client, which this secret opened if it has any, got a token at `now`.
    pub(crate) fn note(&self, client: ClientId, secret: Option<SecretId>, now: DateTime<Utc>) {
        let mut notes = self.notes();
        let at = notes.entry((client, secret)).or_insert(now);
        *at = now.max(*at);
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Writes when clients and secrets were last used. A server calls this every few seconds and before it ends. On failure
    /// nothing is lost: the next call writes it.
    pub async fn flush_last_used(&self) -> Result<(), ServiceError> {
        let notes: Vec<_> = self.last_used.notes().iter().map(|(key, at)| (*key, *at)).collect();
        for some in notes.chunks(AT_ONCE) {
            let mut tx = self.database.begin().await?;
            for ((client, secret), at) in some {
                token_clients::set_last_used(&mut tx, *client, *secret, *at).await?;
            }
            tx.commit().await?;
            let mut left = self.last_used.notes();
            for (key, at) in some {
                // It may have been used again meanwhile.
                if left.get(key) == Some(at) {
                    left.remove(key);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::service;
    use crate::token::fixtures::{Fixture, fixture, issue};
    use chrono::Duration;
    use domain::clock::Clock;
    use rstest::rstest;
    use store::testing::Engine;

    async fn stored(fixture: &Fixture) -> Vec<Option<DateTime<Utc>>> {
        let database = &fixture.test.database.database;
        let client = store::clients::find(database, fixture.tenant, fixture.client).await;
        let secrets = store::client_secrets::of_client(database, fixture.client)
            .await
            .unwrap();
        let mut times = vec![client.unwrap().unwrap().last_used];
        times.extend(secrets.into_iter().map(|secret| secret.last_used));
        times
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn is_written_when_flushed(#[case] engine: Engine) {
        let fixture = fixture(engine).await;
        let used = fixture.test.clock.now();
        issue(&fixture, &fixture.secret).await.unwrap();
        issue(&fixture, "cls_wrong").await.unwrap_err();
        assert_eq!(stored(&fixture).await, [None, None], "a token request writes nothing");
        fixture.test.clock.advance(Duration::seconds(5));
        fixture.test.service.flush_last_used().await.unwrap();
        assert_eq!(stored(&fixture).await, [Some(used), Some(used)]);
        assert!(fixture.test.service.last_used.notes().is_empty());
    }

    #[tokio::test]
    async fn a_failed_write_is_made_up_for() {
        let test = service(Engine::Sqlite).await;
        let client = "00000000-0000-0000-0000-000000000001".parse().unwrap();
        test.service.last_used.note(client, Some(SecretId(1)), test.clock.now());
        test.database.database.close().await;
        test.service.flush_last_used().await.unwrap_err();
        assert_eq!(test.service.last_used.notes().len(), 1);
    }

    #[test]
    fn the_latest_time_counts() {
        let last_used = LastUsed::default();
        let client = "00000000-0000-0000-0000-000000000001".parse().unwrap();
        let now: DateTime<Utc> = "2026-11-21T10:30:00Z".parse().unwrap();
        last_used.note(client, Some(SecretId(1)), now);
        last_used.note(client, Some(SecretId(1)), now - Duration::seconds(1));
        assert_eq!(last_used.notes()[&(client, Some(SecretId(1)))], now);
    }
}
