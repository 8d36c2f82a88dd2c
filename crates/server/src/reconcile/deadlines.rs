//! Deadlines that warn or are due: an empty command on each case.

use crate::app::App;
use crate::command;
use crate::http::metrics::Count;
use crate::problem::Answer;

/// Cases of one batch.
const BATCH: u32 = 100;
/// Batches of one round, so that a long outage does not starve the others.
const ROUNDS: u32 = 20;

/// Lets time pass in every case that waits for it.
pub async fn run(app: &App) -> Answer<()> {
    for _ in 0..ROUNDS {
        let due = app.store().due_cases(BATCH, app.now()).await?;
        if due.is_empty() {
            break;
        }
        for case in due {
            match command::advance(app, case).await {
                Ok(_) => app.metrics().count(Count::Timer),
                // One case that cannot be advanced must not stop the others; its claim ends.
                Err(problem) => tracing::warn!(%case, code = problem.code(), "deadline"),
            }
        }
    }
    Ok(())
}
