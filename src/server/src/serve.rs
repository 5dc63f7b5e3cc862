//! `clientele serve`: the life of the server.

use std::future::Future;
use std::time::Duration;

use identity::issuer::Issuer;
use secrecy::ExposeSecret;
use service::setup::FirstTenant;
use service::{Service, ServiceError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, timeout};

use crate::config::{Common, ServeConfig};
use crate::error::CommandError;
use crate::listen::{Gate, listen};
use crate::router::router;
use crate::start;

/// How often new signing keys of other instances are looked for.
const KEY_INTERVAL: Duration = Duration::from_mins(1);
/// How often it is written down when clients were last used.
const LAST_USED_INTERVAL: Duration = Duration::from_secs(5);
/// How often the grants that are over are forgotten.
const FORGET_INTERVAL: Duration = Duration::from_mins(1);
/// How long requests under way may take after the signal to end.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(20);
/// How long the last words to the database may take after that.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// Starts the server, and ends when the process is told to.
pub async fn serve(common: Common, config: ServeConfig) -> Result<(), CommandError> {
    let mut told_to_end = Box::pin(told_to_end()?);
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        let sentence = format!("{} can't be listened on: {error}.", config.listen);
        CommandError::configuration("CLIENTELE_LISTEN", sentence)
    })?;
    let issuer = issuer(&config, &listener)?;
    let gate = Gate::default();
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(listen(listener, gate.clone(), stopped.clone()));

    let trusted_proxies = config.trusted_proxies.clone();
    let service = tokio::select! {
        service = begin(common, config, issuer) => service?,
        () = &mut told_to_end => return Ok(()),
    };
    let _ = gate.set(router(service.clone(), trusted_proxies));
    announce(&service).await?;

    let keys = every(KEY_INTERVAL, stopped.clone(), service.clone(), |service| async move {
        service.reload_keys().await
    });
    let last_used = every(
        LAST_USED_INTERVAL,
        stopped.clone(),
        service.clone(),
        |service| async move { service.flush_last_used().await },
    );
    let grants = every(FORGET_INTERVAL, stopped, service.clone(), |service| async move {
        service.forget_grants().await
    });
    told_to_end.await;
    tracing::info!("ending: requests under way are finished first");
    let _ = stop.send(true);
    let ended = async {
        let _ = tokio::join!(server, keys, last_used, grants);
    };
    if timeout(SHUTDOWN_LIMIT, ended).await.is_err() {
        tracing::warn!("some requests took too long and are cut off");
    }
    close(&service).await;
    Ok(())
}

/// Who issues tokens: the public URL, or else the address that is listened on.
fn issuer(config: &ServeConfig, listener: &TcpListener) -> Result<Issuer, CommandError> {
    let address = listener.local_addr()?;
    if config.public_url.is_none() && address.ip().is_unspecified() {
        tracing::warn!(
            "CLIENTELE_PUBLIC_URL is missing: tokens name http://{address} as their issuer, which no other machine can reach"
        );
    }
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    Ok(Issuer::new(&public_url)?)
}

/// Everything that must be there before the first request: tables, the first tenant, the keys.
async fn begin(common: Common, config: ServeConfig, issuer: Issuer) -> Result<Service, CommandError> {
    let service = start::service(common, issuer, config.refresh_tokens).await?;
    let first = FirstTenant {
        id: config.tenant_id,
        name: config.tenant_name,
    };
    service
        .first_start(first, config.administrator)
        .await
        .map_err(|error| match error {
            ServiceError::Invalid(_) => CommandError::configuration("CLIENTELE_ADMIN_EMAIL", error),
            error => error.into(),
        })?;
    service.ensure_keys().await?;
    Ok(service)
}

/// Prints what to open.
async fn announce(service: &Service) -> Result<(), CommandError> {
    let public_url = service.issuer().public_url();
    if service.needs_setup().await? {
        let token = service.make_setup_link().await?;
        let token = token.expose_secret();
        println!("Create the first administrator: {public_url}/setup?token={token}");
    }
    println!("Clientele is ready. Open {public_url}/");
    Ok(())
}

/// Does something with this again and again until told to stop. A failure is logged, and tried again at the next turn.
fn every<S, F, E>(
    interval: Duration,
    mut stopped: watch::Receiver<bool>,
    this: S,
    work: impl Fn(S) -> F + Send + Sync + 'static,
) -> tokio::task::JoinHandle<()>
where
    S: Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send,
    E: std::fmt::Display,
{
    tokio::spawn(async move {
        let mut turns = tokio::time::interval(interval);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        turns.tick().await;
        loop {
            tokio::select! {
                _ = turns.tick() => {
                    if let Err(error) = work(this.clone()).await {
                        tracing::error!(%error, "a regular task failed");
                    }
                }
                _ = stopped.changed() => return,
            }
        }
    })
}

/// Writes down what is still to be written, and lets the database go. A database that is gone keeps nobody waiting.
async fn close(service: &Service) {
    let closed = async {
        if let Err(error) = service.flush_last_used().await {
            tracing::error!(%error, "the last uses of clients could not be stored");
        }
        service.close().await;
    };
    if timeout(CLOSE_LIMIT, closed).await.is_err() {
        tracing::warn!("the database didn't let go in time");
    }
}

/// Ends at SIGTERM or Ctrl+C, from this call on.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends at Ctrl+C.
#[cfg(not(unix))]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc;

    #[tokio::test]
    async fn what_fails_is_tried_again_until_told_to_stop() {
        let (stop, stopped) = watch::channel(false);
        let (ran, mut runs) = mpsc::unbounded_channel();
        let task = every(Duration::from_millis(1), stopped, ran, |ran| async move {
            ran.send(()).unwrap();
            Err("it fails")
        });
        for _ in 0..3 {
            assert_eq!(runs.recv().await, Some(()));
        }
        stop.send(true).unwrap();
        let ended = timeout(SHUTDOWN_LIMIT, task).await;
        ended.expect("it ends").unwrap();
    }
}
