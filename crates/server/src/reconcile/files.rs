//! Drops uploads that no action refers to.

use crate::app::App;
use crate::problem::Answer;

/// One sweep.
pub async fn run(app: &App) -> Answer<()> {
    let dropped = app.store().drop_unused_files(app.now()).await?;
    if dropped > 0 {
        tracing::info!(dropped, "dropped uploads that nothing refers to");
    }
    Ok(())
}
