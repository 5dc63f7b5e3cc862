//! Changes that share a commit. SQLite has one writer, who waits for the disk at each commit. What is handed in meanwhile is
//! stored together, and the disk is waited for once.

use std::mem;
use std::pin::Pin;

use sqlx::SqlitePool;
use tokio::sync::{mpsc, oneshot};

use crate::database::begin_sqlite;
use crate::{StoreError, Tx};

#[cfg(test)]
mod tests;

/// How many changes share a commit at most: whoever needs the writer alone waits for no more of them.
const AT_ONCE: usize = 64;

/// Whether a change came to anything, once it is decided. Nothing is stored of a change that fails.
pub(crate) type Decision<'a> = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send + 'a>>;

/// Makes the change. It may be made a second time when nothing is stored of the first.
pub(crate) type Work = Box<dyn Fn(&mut Tx) -> Decision<'_> + Send + Sync>;

struct Change {
    work: Work,
    answer: oneshot::Sender<Result<bool, StoreError>>,
}

/// Where the changes are handed in.
#[derive(Clone, Debug)]
pub struct SharedCommits(mpsc::UnboundedSender<Change>);

impl SharedCommits {
    /// Stores what is handed in, for as long as anybody can.
    pub(crate) fn start(writer: SqlitePool) -> Self {
        let (sender, mut handed_in) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut changes = Vec::new();
            while handed_in.recv_many(&mut changes, AT_ONCE).await > 0 {
                store(&writer, mem::take(&mut changes)).await;
            }
        });
        Self(sender)
    }

    /// Makes a change and answers once it is stored.
    pub(crate) async fn make(&self, work: Work) -> Result<bool, StoreError> {
        let (answer, answered) = oneshot::channel();
        // Whoever isn't taken in, or gets no answer, learns it below.
        let _ = self.0.send(Change { work, answer });
        answered.await.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
    }
}

/// Stores all of them and answers each. When one fails nothing is stored, and each is made by itself: what is wrong with one is no
/// matter of the others.
async fn store(writer: &SqlitePool, changes: Vec<Change>) {
    let tx = match begin_sqlite(writer).await {
        Ok(tx) => tx,
        // The others get no answer, which says the same.
        Err(error) => return fail(changes, error),
    };
    match make_all(tx, &changes).await {
        Ok(decisions) => {
            for (change, decision) in changes.into_iter().zip(decisions) {
                // Whoever asked may have gone.
                let _ = change.answer.send(Ok(decision));
            }
        }
        Err(error) if changes.len() == 1 => fail(changes, error),
        Err(_) => {
            for change in changes {
                Box::pin(store(writer, vec![change])).await;
            }
        }
    }
}

async fn make_all(mut tx: Tx, changes: &[Change]) -> Result<Vec<bool>, StoreError> {
    let mut decisions = Vec::with_capacity(changes.len());
    for change in changes {
        decisions.push((change.work)(&mut tx).await?);
    }
    tx.commit().await?;
    Ok(decisions)
}

/// Tells one of them.
fn fail(mut changes: Vec<Change>, error: StoreError) {
    if let Some(change) = changes.pop() {
        let _ = change.answer.send(Err(error));
    }
}
