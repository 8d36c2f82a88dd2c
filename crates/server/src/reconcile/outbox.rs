//! Work that follows a decision outside its transaction.

use crate::app::App;
use crate::command;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use base::CaseId;
use store::outbox::OutboxRow;

/// Pieces of one batch.
const BATCH: u32 = 50;
/// Batches of one round.
const ROUNDS: u32 = 20;
/// Longest wait before another try, in seconds.
const MAX_WAIT: i64 = 3600;

/// Does what is due.
pub async fn run(app: &App) -> Answer<()> {
    for _ in 0..ROUNDS {
        let rows = app.store().claim_outbox(BATCH, app.now()).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            match one(app, &row).await {
                Ok(()) => {
                    app.store().outbox_done(row.id).await?;
                    app.metrics().count(Count::Outbox);
                }
                Err(problem) => {
                    let wait = (5_i64 << row.tries.clamp(0, 10)).min(MAX_WAIT);
                    let again = app.now().plus_seconds(wait);
                    app.store().outbox_failed(row.id, problem.code(), again).await?;
                }
            }
        }
    }
    Ok(())
}

async fn one(app: &App, row: &OutboxRow) -> Answer<()> {
    match row.kind.as_str() {
        "child_ended" => {
            let case = |name: &str| {
                let id = row.body.get(name).and_then(|v| v.as_str());
                id.and_then(|id| id.parse::<CaseId>().ok()).ok_or_else(|| Problem::new("internal"))
            };
            let round = row.body.get("round").and_then(serde_json::Value::as_u64);
            let round = round.and_then(|round| u32::try_from(round).ok());
            let round = round.ok_or_else(|| Problem::new("internal"))?;
            command::child_ended(app, case("parent")?, case("child")?, round).await?;
            Ok(())
        }
        // Another case made an act of this one due, for example a certificate was replaced.
        "system_action" => {
            let action = row.body.get("action").and_then(|v| v.as_str());
            let action = action.ok_or_else(|| Problem::new("internal"))?;
            command::system_action(app, row.case, action).await?;
            Ok(())
        }
        // What a case opened follows it, for example when a report in error is withdrawn. Those
        // that are closed, or stand elsewhere by now, are passed over.
        "tell_children" => {
            let word = |name: &str| row.body.get(name).and_then(|v| v.as_str());
            let (Some(process), Some(action)) = (word("process"), word("action")) else {
                return Err(Problem::new("internal"));
            };
            let children = app.store().children(row.case).await?;
            for child in children.into_iter().filter(|child| child.process == process) {
                command::system_action(app, child.id, action).await?;
            }
            Ok(())
        }
        // A shift was taken over: this case of it, unless somebody else got it meanwhile.
        "hand_over" => {
            let shift = serde_json::from_value(row.body.clone());
            let shift = shift.map_err(|_| Problem::new("internal"))?;
            command::hand_over(app, row.case, shift).await?;
            Ok(())
        }
        kind => {
            tracing::error!(kind, "the outbox holds work of an unknown kind");
            Err(Problem::new("internal"))
        }
    }
}
