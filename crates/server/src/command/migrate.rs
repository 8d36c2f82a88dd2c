//! Moves one case to another release: one command, one journal entry, or the reasons why it stays.

use super::TRIES;
use super::change::Building;
use super::snapshot::{About, snapshot};
use super::timer;
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{CaseId, Text};
use engine::decide::{Migrated, Migration, migrate};
use rulebook::Release;
use serde_json::Map;
use std::sync::Arc;
use store::{Scope, StoreError};

/// What became of a case, or would.
#[derive(Debug, Clone)]
pub enum Fate {
    /// It goes on under the release; what changes for it.
    Moves(Vec<Text>),
    /// It runs under it already.
    Already,
    /// It stays, for these reasons.
    Stays(Vec<Text>),
}

/// Moves a case; where `dry`, says only what would become of it.
pub async fn one(
    app: &App,
    id: CaseId,
    scope: &Scope,
    to: &Arc<Release>,
    migration: &Migration,
    dry: bool,
) -> Answer<Fate> {
    if !dry {
        // What was due before happens under the release it was promised by.
        app.store().case(id, scope).await?;
        timer::advance(app, id).await?;
    }
    for _ in 0..TRIES {
        let loaded = app.store().case(id, scope).await?;
        let (mut case, at) = (loaded.state, loaded.at);
        let from = app.releases().pinned(&case.release)?;
        if dry {
            let facts = snapshot(app, &from, About::case(&case), None, &Map::new()).await?;
            if let Some(decision) = engine::advance(&from, &case, &facts, app.now()) {
                case = decision.case;
            }
        }
        let actor = Some(migration.person);
        let facts = snapshot(app, to, About::case(&case), actor, &Map::new()).await?;
        let decision = match migrate((&from, to), &case, &facts, migration, app.now()) {
            Migrated::Already => return Ok(Fate::Already),
            Migrated::Stays(why) => return Ok(Fate::Stays(why)),
            Migrated::Moved(_, told) if dry => return Ok(Fate::Moves(told)),
            Migrated::Moved(decision, told) => (decision, told),
        };
        let (decision, told) = decision;
        let orgs = [case.org];
        let building = Building { app, release: to, actor };
        let change = building.change(*decision, Some(at), None).await?;
        match app.apply(&change).await {
            Ok(_) => {
                app.told(id, &orgs);
                return Ok(Fate::Moves(told));
            }
            Err(StoreError::Stale { .. } | StoreError::Moved) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new("busy"))
}
