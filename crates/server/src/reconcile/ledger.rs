//! Folds what was posted to sources into their balances.

use crate::app::App;
use crate::problem::Answer;

/// Entries of one fold, and folds of one round.
const BATCH: u32 = 5_000;
const ROUNDS: u32 = 20;

/// Until nothing is left, or the round is over.
pub async fn run(app: &App) -> Answer<()> {
    for _ in 0..ROUNDS {
        if app.store().fold_ledger(BATCH).await? < BATCH {
            return Ok(());
        }
    }
    Ok(())
}
