//! `clientele serve`: the life of the server.

use std::future::{Future, IntoFuture};
use std::net::SocketAddr;
use std::time::Duration;

use axum::ServiceExt;
use axum::extract::Request;
use identity::issuer::Issuer;
use secrecy::ExposeSecret;
use service::Service;
use service::setup::FirstTenant;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::config::{Common, ServeConfig};
use crate::error::CommandError;
use crate::router::router;
use crate::start;

/// How often new signing keys of other instances are looked for.
const KEY_INTERVAL: Duration = Duration::from_mins(1);
/// How often it is written down when clients were last used.
const LAST_USED_INTERVAL: Duration = Duration::from_secs(5);
/// How long requests under way may take after the signal to end.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(20);

/// Starts the server, and ends when the process is told to.
pub async fn serve(common: Common, config: ServeConfig) -> Result<(), CommandError> {
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        CommandError::configuration(
            "CLIENTELE_LISTEN",
            format!("{} can't be listened on: {error}", config.listen),
        )
    })?;
    let address = listener.local_addr()?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let issuer = Issuer::new(&public_url)?;
    let database = start::open_database(&common).await?;
    let service = start::service(common, database, issuer)?;
    service
        .first_start(
            FirstTenant {
                id: config.tenant_id,
                name: config.tenant_name.clone(),
            },
            config.administrator.clone(),
        )
        .await?;
    service.ensure_keys().await?;
    announce(&service).await?;

    let (stop, stopped) = watch::channel(false);
    let keys = every(KEY_INTERVAL, stopped.clone(), {
        let service = service.clone();
        move || {
            let service = service.clone();
            async move { service.reload_keys().await }
        }
    });
    let last_used = every(LAST_USED_INTERVAL, stopped.clone(), {
        let service = service.clone();
        move || {
            let service = service.clone();
            async move { service.flush_last_used().await }
        }
    });
    let app = router(service.clone(), config.trusted_proxies);
    let mut ended = stopped;
    let server = axum::serve(
        listener,
        ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(app),
    )
    .with_graceful_shutdown(async move {
        let _ = ended.changed().await;
    })
    .into_future();
    let server = tokio::spawn(server);
    asked_to_end().await?;
    tracing::info!("ending: requests under way are finished first");
    let _ = stop.send(true);
    match tokio::time::timeout(SHUTDOWN_LIMIT, server).await {
        Ok(Ok(result)) => result?,
        Ok(Err(error)) => return Err(CommandError::Failed(error.to_string())),
        Err(_) => tracing::warn!("some requests took too long and were cut off"),
    }
    let _ = tokio::join!(keys, last_used);
    service.flush_last_used().await?;
    service.close().await;
    Ok(())
}

/// Prints what to open.
async fn announce(service: &Service) -> Result<(), CommandError> {
    let public_url = service.issuer().public_url();
    if service.needs_setup().await? {
        let token = service.make_setup_link().await?;
        println!(
            "Create the first administrator: {public_url}/setup?token={}",
            token.expose_secret()
        );
    }
    println!("Clientele is ready. Open {public_url}/");
    Ok(())
}

/// Does something again and again until told to stop. A failure is logged, and tried again at the next turn.
fn every<F, E>(
    interval: Duration,
    mut stopped: watch::Receiver<bool>,
    work: impl Fn() -> F + Send + Sync + 'static,
) -> tokio::task::JoinHandle<()>
where
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
                    if let Err(error) = work().await {
                        tracing::error!(%error, "a regular task failed");
                    }
                }
                _ = stopped.changed() => return,
            }
        }
    })
}

/// Waits for SIGTERM or Ctrl+C.
async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            result = tokio::signal::ctrl_c() => result,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
