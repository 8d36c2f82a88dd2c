//! Drops uploads that no action refers to, and what old imports rejected.

use crate::app::App;
use crate::problem::Answer;

/// One sweep.
pub async fn run(app: &App) -> Answer<()> {
    let dropped = app.store().drop_unused_files(app.now()).await?;
    if dropped > 0 {
        tracing::info!(dropped, "dropped uploads that nothing refers to");
    }
    let rows = app.store().drop_import_rows(app.now()).await?;
    if rows > 0 {
        tracing::info!(rows, "dropped rows of old imports");
    }
    Ok(())
}
