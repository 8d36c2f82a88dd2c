//! Background work: takes no input, bounded, idempotent, woken by a nudge and by the clock.

mod campaigns;
mod certificates;
mod deadlines;
mod files;
mod ledger;
mod measures;
mod messages;
mod outbox;
pub mod schedules;
mod seals;
pub mod webhooks;

use crate::app::App;
use crate::problem::Answer;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often each reconciler runs without a nudge.
const PERIOD: Duration = Duration::from_secs(5);
/// From one round to the next at least, however often they are nudged: a busy hour would otherwise
/// spend its time on asking what is due. The first nudge after a rest is answered at once.
const BREATH: Duration = Duration::from_millis(200);
/// Files and releases are looked at this rarely.
const SLOW_PERIOD: Duration = Duration::from_mins(10);

/// Starts the background work of one process; it ends when the app stops.
pub fn spawn(app: &App) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(quick(app.clone())),
        tokio::spawn(outside(app.clone())),
        tokio::spawn(telling(app.clone())),
        tokio::spawn(slow(app.clone())),
    ]
}

/// What waits for others: a provider that is slow holds up no deadline.
async fn outside(app: App) {
    let mut stopping = app.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|s| *s) => return,
            () = app.nudged_outside() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
        run_outside(&app).await;
        breathe(&mut stopping).await;
    }
}

/// What programs of others are told: who is slow to listen holds up no customer.
async fn telling(app: App) {
    let mut stopping = app.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|s| *s) => return,
            () = app.nudged_webhooks() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
        run_webhooks(&app).await;
        breathe(&mut stopping).await;
    }
}

/// One round of what programs of others are told.
pub async fn run_webhooks(app: &App) {
    report("webhooks", webhooks::run(app).await);
}

/// One round of what is told to others.
pub async fn run_outside(app: &App) {
    report("messages", messages::run(app).await);
}

async fn quick(app: App) {
    let mut stopping = app.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|s| *s) => return,
            () = app.nudged() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
        run_once(&app).await;
        breathe(&mut stopping).await;
    }
}

async fn breathe(stopping: &mut watch::Receiver<bool>) {
    tokio::select! {
        _ = stopping.wait_for(|s| *s) => {}
        () = tokio::time::sleep(BREATH) => {}
    }
}

/// One round of everything that is due here: also what tests call after moving the clock.
pub async fn run_once(app: &App) {
    report("deadlines", deadlines::run(app).await);
    report("certificates", certificates::run(app).await);
    report("schedules", schedules::run(app).await);
    report("outbox", outbox::run(app).await);
    report("campaigns", campaigns::run(app).await);
    report("seals", seals::run(app).await);
    report("ledger", ledger::run(app).await);
    report("measures", measures::run(app).await);
    report("imports", crate::api::resume_imports(app).await);
    app.metrics().round(app.now());
}

/// One sweep of what nobody refers to.
pub async fn sweep(app: &App) {
    report("files", files::run(app).await);
}

async fn slow(app: App) {
    let mut stopping = app.stopping();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|s| *s) => return,
            () = tokio::time::sleep(SLOW_PERIOD) => {}
        }
        sweep(&app).await;
        if let Err(error) = app.releases().refresh(app.store()).await {
            tracing::error!(%error, "releases");
        }
        report("masters", app.masters().refresh(app.store()).await.map_err(Into::into));
        report("orgs", app.refresh_orgs().await.map_err(Into::into));
        report("deputies", app.refresh_deputies().await.map_err(Into::into));
    }
}

fn report(what: &str, done: Answer<()>) {
    if let Err(problem) = done {
        tracing::warn!(what, code = problem.code(), "background work will be tried again");
    }
}
