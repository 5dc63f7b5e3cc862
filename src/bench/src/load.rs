//! The load, the same for every server: connections that stay open and carry one request after the other, on one thread.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::http::{Answer, Connection, Request};
use crate::times::Times;

/// How long everything is measured, after a tenth of that to warm up.
pub const MEASURED: Duration = Duration::from_secs(5);

/// Sends a request; answers the answer and how long it took.
pub async fn timed(connection: &mut Connection, request: &Request) -> (Answer, Duration) {
    let began = Instant::now();
    let answer = connection.send(request).await;
    (answer, began.elapsed())
}

/// Does a round over and over on each of so many connections to the server of a URL, and answers the times of each of its
/// requests.
pub async fn measure<const N: usize>(
    url: &str,
    connections: usize,
    round: impl AsyncFn(&mut Connection) -> [Duration; N],
) -> [Times; N] {
    repeat(url, connections, &round, MEASURED / 10).await;
    let rounds = repeat(url, connections, &round, MEASURED).await;
    std::array::from_fn(|request| Times::of(rounds.iter().map(|round| round[request]).collect()))
}

async fn repeat<const N: usize>(
    url: &str,
    connections: usize,
    round: &impl AsyncFn(&mut Connection) -> [Duration; N],
    how_long: Duration,
) -> Vec<[Duration; N]> {
    let until = Instant::now() + how_long;
    let tasks = (0..connections).map(|_| async move {
        let mut connection = Connection::open(url).await;
        let mut rounds = Vec::new();
        while Instant::now() < until {
            rounds.push(round(&mut connection).await);
        }
        rounds
    });
    join_all(tasks).await.concat()
}
