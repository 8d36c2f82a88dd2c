//! Is it alive, can it work, what are its figures. Not part of the versioned API.

use crate::app::App;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use std::fmt::Write as _;
use store::Scope;

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

async fn metrics(State(app): State<App>) -> Result<String, Problem> {
    let mut text = app.metrics().text();
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
