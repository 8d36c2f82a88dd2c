//! Is it alive, can it work, what are its figures. Not part of the versioned API.

use crate::app::App;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::routing::get;

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.store().ready().await?;
    app.releases().current(app.today())?;
    Ok("ready\n")
}

async fn metrics(State(app): State<App>) -> String {
    app.metrics().text()
}
