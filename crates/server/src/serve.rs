//! Serving: listen, work in the background, stop without dropping anybody's request.

use crate::app::{App, Config, StartError};
use crate::{api, reconcile};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests may take to finish after the stop signal.
const GRACE: Duration = Duration::from_secs(20);

/// Serves an app on a listener until `stop` resolves; then finishes what is begun.
pub async fn run(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let background = reconcile::spawn(&app);
    let router = api::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = app.clone();
    let signal = async move {
        stop.await;
        // Open event streams end first, or they would hold the server for ever.
        stopping.stop();
    };
    let mut stopped = app.stopping();
    let serving = axum::serve(listener, router).with_graceful_shutdown(signal);
    let late = async move {
        let _ = stopped.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(GRACE).await;
    };
    let ended = tokio::select! {
        ended = serving => ended,
        () = late => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    };
    app.stop();
    for task in background {
        let _ = task.await;
    }
    app.store().close().await;
    ended
}

/// Starts the app, listens, tells the address to `ready`, and serves until a stop signal.
pub async fn serve(
    config: Config,
    listen: &str,
    prepare: impl AsyncFnOnce(&App) -> Result<(), StartError>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), StartError> {
    let refused = |e| StartError::Listen(listen.to_owned(), e);
    // The address first: a second server must not touch the data of the first.
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let app = App::start(config).await?;
    prepare(&app).await?;
    if let Some(figures) = &app.config().metrics {
        let refused = |e| StartError::Listen(figures.clone(), e);
        let listener = TcpListener::bind(figures).await.map_err(refused)?;
        tokio::spawn(figured(app.clone(), listener));
    }
    // Who is told the address may ask it to stop at once.
    let stop = signals();
    ready(address);
    run(app, listener, stop).await.map_err(refused)
}

/// Serves the figures on an address of their own until the app stops.
async fn figured(app: App, listener: TcpListener) {
    let mut stopping = app.stopping();
    let stop = async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    };
    let router = api::figures(&app).into_make_service();
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop).await {
        tracing::error!(%error, "the figures are served no more");
    }
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
