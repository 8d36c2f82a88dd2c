//! Seals what is safely committed of the journal.

use crate::app::App;
use crate::problem::Answer;

/// One seal, when anything is new.
pub async fn run(app: &App) -> Answer<()> {
    app.store().seal(app.now()).await?;
    Ok(())
}
