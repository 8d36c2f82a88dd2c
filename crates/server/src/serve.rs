//! Serving: listen, work in the background, stop without dropping anybody's request.

use crate::app::{App, Config, StartError};
use crate::https::{self, Door, Https};
use crate::{api, reconcile};
use axum::Router;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests may take to finish after the stop signal.
const GRACE: Duration = Duration::from_secs(20);
/// How long a connection may take to say what it wants.
const SILENCE: Duration = Duration::from_secs(30);

/// Serves an app on a listener until `stop` resolves; then finishes what is begun.
pub async fn run(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    behind(app, listener, None, stop).await
}

async fn behind(
    app: App,
    listener: TcpListener,
    door: Option<Door>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let mut background = reconcile::spawn(&app);
    let router = api::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let handle = axum_server::Handle::new();
    let (stopping, ending) = (app.clone(), handle.clone());
    tokio::spawn(async move {
        stop.await;
        // Open event streams end first, or they would hold the server for ever.
        stopping.stop();
        ending.graceful_shutdown(Some(GRACE));
    });
    let mut server = axum_server::from_tcp(listener.into_std()?)?.handle(handle);
    // Who connects and says nothing holds no place for long.
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(SILENCE);
    let ended = match door {
        None => server.serve(router).await,
        Some(door) => {
            let acceptor = RustlsAcceptor::new(RustlsConfig::from_config(door.config.clone()));
            background.push(tokio::spawn(door.keep(app.clone())));
            server.acceptor(acceptor).serve(router).await
        }
    };
    app.stop();
    for task in background {
        let _ = task.await;
    }
    app.store().close().await;
    ended
}

/// Starts the app, listens, tells its URL to `ready`, and serves until a stop signal.
pub async fn serve(
    config: Config,
    listen: &str,
    prepare: impl AsyncFnOnce(&App) -> Result<(), StartError>,
    ready: impl FnOnce(&str),
) -> Result<(), StartError> {
    let refused = |e| StartError::Listen(listen.to_owned(), e);
    // The address first: a second server must not touch the data of the first.
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let app = App::start(config).await?;
    let config = app.config();
    let door = match &config.https {
        Some(https) => Some(https::open(https, &config.data)?),
        None => None,
    };
    prepare(&app).await?;
    if let Some(figures) = &config.metrics {
        spawn_beside(&app, figures, api::figures(&app)).await?;
    }
    if let Some(plain) = &config.redirect {
        spawn_beside(&app, plain, https::redirect(&app, address.port())).await?;
    }
    if app.oidc().is_some() {
        tokio::spawn(provider(app.clone()));
    }
    // Who is told the address may ask it to stop at once.
    let stop = signals();
    ready(&url(address, config.https.as_ref()));
    behind(app, listener, door, stop).await.map_err(refused)
}

/// Asks the identity provider who it is, so that whoever reads the log hears of a mistake before
/// the first person does.
async fn provider(app: App) {
    let Some(oidc) = app.oidc() else { return };
    match oidc.look(app.now()).await {
        Ok(()) => tracing::info!("the identity provider answers"),
        Err(trouble) => tracing::warn!(?trouble, "nobody can sign in by the identity provider"),
    }
}

/// What to type into a browser.
fn url(address: SocketAddr, https: Option<&Https>) -> String {
    let Some(https) = https else { return format!("http://{address}") };
    let host = https.name().map_or_else(|| address.ip().to_string(), str::to_owned);
    match address.port() {
        443 => format!("https://{host}"),
        port => format!("https://{host}:{port}"),
    }
}

/// Serves something on an address of its own until the app stops.
async fn spawn_beside(app: &App, listen: &str, router: Router) -> Result<(), StartError> {
    let refused = |e| StartError::Listen(listen.to_owned(), e);
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let mut stopping = app.stopping();
    let stop = async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    };
    let listen = listen.to_owned();
    tokio::spawn(async move {
        let serving = axum::serve(listener, router.into_make_service());
        if let Err(error) = serving.with_graceful_shutdown(stop).await {
            tracing::error!(%error, listen, "this address is served no more");
        }
    });
    Ok(())
}

/// Listens for SIGTERM and ctrl-c from now on; resolves on the first.
#[cfg(unix)]
fn signals() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn heard(signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
        }
    }
}

/// Resolves on ctrl-c.
#[cfg(not(unix))]
async fn signals() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
