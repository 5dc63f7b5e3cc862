//! Changes that share a commit. SQLite has one writer, who waits for the disk at each commit. What is handed in until the writer
//! is to be had is stored together, and the disk is waited for once.

use std::pin::Pin;

use sqlx::SqlitePool;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::database::{ACQUIRE_TIMEOUT, begin_sqlite};
use crate::{StoreError, Tx};

#[cfg(test)]
mod tests;

/// How many changes share a commit at most, and how many more may wait: whoever needs the writer alone waits for no more of them.
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
pub struct SharedCommits(mpsc::Sender<Change>);

impl SharedCommits {
    /// Stores what is handed in, for as long as anybody can hand something in.
    pub(crate) fn start(writer: SqlitePool) -> Self {
        let (sender, mut handed_in) = mpsc::channel(AT_ONCE);
        tokio::spawn(async move {
            while let Some(first) = handed_in.recv().await {
                let tx = begin_sqlite(&writer).await;
                let mut changes = vec![first];
                while changes.len() < AT_ONCE
                    && let Ok(next) = handed_in.try_recv()
                {
                    changes.push(next);
                }
                // In a task of its own: a panic is the end of these changes, and not of all that come.
                let _ = tokio::spawn(store(writer.clone(), tx, changes)).await;
            }
        });
        Self(sender)
    }

    /// Makes a change and answers once it is stored.
    pub(crate) async fn make(&self, work: Work) -> Result<bool, StoreError> {
        let place = timeout(ACQUIRE_TIMEOUT, self.0.reserve()).await;
        let place = place.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let place = place.map_err(|_| sqlx::Error::WorkerCrashed)?;
        let (answer, answered) = oneshot::channel();
        place.send(Change { work, answer });
        // However long it takes: nobody may be told that nothing was stored of what is.
        answered.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }
}

/// Stores all of them and answers each, but for those whose asker has gone. When one fails nothing is stored, and each is made by
/// itself: what is wrong with one is no matter of the others.
async fn store(writer: SqlitePool, tx: Result<Tx, StoreError>, mut changes: Vec<Change>) {
    changes.retain(|change| !change.answer.is_closed());
    let made = match tx {
        Ok(tx) => make_all(tx, &changes).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(decisions) => {
            for (change, decision) in changes.into_iter().zip(decisions) {
                let _ = change.answer.send(Ok(decision));
            }
        }
        // They came to no turn together, and would wait in vain one after another too.
        Err(error) if error.is_contention() || changes.len() == 1 => {
            let mut told = Some(error);
            for change in changes {
                let error = told.take().unwrap_or_else(|| sqlx::Error::PoolTimedOut.into());
                let _ = change.answer.send(Err(error));
            }
        }
        Err(_) => {
            for change in changes {
                let tx = begin_sqlite(&writer).await;
                Box::pin(store(writer.clone(), tx, vec![change])).await;
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
