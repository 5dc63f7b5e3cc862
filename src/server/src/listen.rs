//! Taking connections: from the first moment on, with a limit on how long a caller may take, and to the end of what is
//! under way.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::{ServiceExt, service_fn};

use crate::router::{App, starting};

/// How long a caller may take over the head of a request, and how long a connection may be idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long to wait after a connection could not be taken, as when there are no file descriptors left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// The app, once it is there. Until then [`starting`] answers.
pub type Gate = Arc<OnceLock<App>>;

/// Takes connections until `stopped` changes, and then ends when every request under way is answered.
pub async fn listen(listener: TcpListener, gate: Gate, mut stopped: watch::Receiver<bool>) {
    let mut connections = auto::Builder::new(TokioExecutor::new());
    connections
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => serve(&connections, &graceful, stream, peer, gate.clone()),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            _ = stopped.changed() => break,
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

fn serve(
    connections: &auto::Builder<TokioExecutor>,
    graceful: &GracefulShutdown,
    stream: TcpStream,
    peer: SocketAddr,
    gate: Gate,
) {
    // Otherwise the end of an answer waits until the caller confirms its beginning. It fails only on a connection that is
    // gone, and then so does what follows.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: http::Request<_>| answer(gate.clone(), peer, request.map(Body::new)));
    let connection = connections
        .serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service))
        .into_owned();
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}

async fn answer(gate: Gate, peer: SocketAddr, mut request: Request) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    let app = gate.get().cloned().unwrap_or_else(starting);
    app.oneshot(request).await
}
