//! Is it alive, can it work, what are its figures. Not part of the versioned API.

use crate::app::App;
use crate::http::language;
use crate::problem::Problem;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Extension, Router, middleware};
use std::fmt::Write as _;
use std::net::SocketAddr;
use store::Scope;

/// `/healthz`, `/readyz`, `/metrics`, and the root of our own HTTPS authority.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/authority.crt", get(crate::https::root))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.store().ready().await?;
    app.releases().current(app.today())?;
    Ok("ready\n")
}

/// The figures, for a collector on the same machine. A request that came from elsewhere, or through
/// a proxy that says so, finds nothing: `serve --metrics ADDR` gives figures an address of their
/// own.
async fn metrics(
    State(app): State<App>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<String, Problem> {
    let here = peer.is_none_or(|Extension(ConnectInfo(peer))| peer.ip().is_loopback());
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip"];
    if !here || forwarded.iter().any(|name| headers.contains_key(*name)) {
        return Err(Problem::new("not-found"));
    }
    text(&app).await
}

/// Only the figures, for an address that nobody but the collector reaches.
pub fn figures(app: &App) -> Router {
    let all = |State(app): State<App>| async move { text(&app).await };
    Router::new()
        .route("/metrics", get(all))
        .route("/healthz", get(|| async { "ok\n" }))
        .layer(middleware::from_fn_with_state(app.metrics().clone(), language::layer))
        .with_state(app.clone())
}

async fn text(app: &App) -> Result<String, Problem> {
    let mut text = app.metrics().text();
    behind(app, &mut text).await?;
    let _ = writeln!(text, "# TYPE sanbao_cases_open gauge");
    for (process, state, open) in app.store().case_counts(&Scope::company()).await? {
        let _ =
            writeln!(text, "sanbao_cases_open{{process=\"{process}\",state=\"{state}\"}} {open}");
    }
    if let Some(due) = app.store().next_due().await? {
        // Below zero the timers are behind.
        let wait = due.seconds_since(app.now());
        let _ = writeln!(
            text,
            "# TYPE sanbao_next_deadline_seconds gauge\nsanbao_next_deadline_seconds {wait}"
        );
    }
    Ok(text)
}

/// How far background work is behind, and the age of what must not grow old.
async fn behind(app: &App, text: &mut String) -> Result<(), Problem> {
    let now = app.now();
    let lag = app.store().lag(now).await?;
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let mut gauges = vec![
        ("sanbao_writer_queue", lag.queue),
        ("sanbao_unsealed_entries", count(lag.unsealed)),
        ("sanbao_outbox_due", count(lag.outbox)),
    ];
    if let Some(at) = app.metrics().last_round() {
        gauges.push(("sanbao_reconciled_seconds_ago", count(now.seconds_since(at))));
    }
    if let Some(at) = lag.last_backup {
        gauges.push(("sanbao_backup_seconds_ago", count(now.seconds_since(at))));
    }
    for (name, value) in gauges {
        let _ = writeln!(text, "# TYPE {name} gauge\n{name} {value}");
    }
    Ok(())
}
