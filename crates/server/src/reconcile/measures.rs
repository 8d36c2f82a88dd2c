//! Folds what measures counted into their totals.

use crate::app::App;
use crate::problem::Answer;

/// Deltas of one fold, and folds of one round.
const BATCH: u32 = 5_000;
const ROUNDS: u32 = 20;

/// Until nothing is left, or the round is over.
pub async fn run(app: &App) -> Answer<()> {
    for _ in 0..ROUNDS {
        if app.store().fold_measures(BATCH).await? < BATCH {
            return Ok(());
        }
    }
    Ok(())
}
