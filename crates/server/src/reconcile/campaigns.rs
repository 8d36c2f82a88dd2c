//! Campaigns (召回、服务活动): their vehicles are listed in bounded parts, and closed once one ends.
//!
//! A range is walked number by number and where the walk stands is kept with it, so a restart goes
//! on there. It is walked again after a while: vehicles registered meanwhile, and those that got a
//! component of the range, are found by then. What was listed stays listed once (ADR 70).

use crate::app::App;
use crate::command;
use crate::problem::Answer;
use serde_json::Value as Json;
use store::campaign::{Candidate, UNIT_PROCESS, Walk};

/// Vehicles listed, or closed, in one round.
const BATCH: usize = 300;
/// Vehicles looked at together, whether they are listed already or not.
const LOOKED_AT: u32 = 500;
/// How many such parts of one range in a round.
const PARTS: usize = 20;
/// A range is walked again after so long, in seconds.
const WALK_AGAIN: i64 = 600;
/// The act of a vehicle whose campaign ended.
const ENDED: &str = "campaign_ended";

/// One round.
pub async fn run(app: &App) -> Answer<()> {
    close(app).await?;
    let mut left = BATCH;
    for _ in 0..PARTS {
        let since = app.now().plus_seconds(-WALK_AGAIN);
        let Some(walk) = app.store().campaign_walk(since).await? else { return Ok(()) };
        if !part(app, &walk, &mut left).await? {
            break;
        }
    }
    app.nudge();
    Ok(())
}

/// The next part of a walk; whether this round goes on.
async fn part(app: &App, walk: &Walk, left: &mut usize) -> Answer<bool> {
    let release = app.releases().current(app.today())?;
    let found = app.store().campaign_candidates(walk, LOOKED_AT).await?;
    let known = release.processes.contains_key(UNIT_PROCESS);
    let mut reached = walk.reached.as_str();
    for vehicle in &found {
        if *left == 0 {
            app.store().campaign_walked(walk, reached, None).await?;
            return Ok(false);
        }
        if known && !vehicle.listed && is_of_model(walk, vehicle) {
            *left -= 1;
            command::list_vehicle(app, &release, walk, vehicle).await?;
        }
        reached = &vehicle.key;
    }
    if found.len() < LOOKED_AT as usize {
        app.store().campaign_walked(walk, "", Some(app.now())).await?;
    } else {
        app.store().campaign_walked(walk, reached, None).await?;
    }
    Ok(true)
}

/// Whether it is of one of the models that the sheet names; none named: of any.
fn is_of_model(walk: &Walk, vehicle: &Candidate) -> bool {
    let models = walk.data.get("campaign_models").and_then(Json::as_array);
    let Some(models) = models.filter(|models| !models.is_empty()) else { return true };
    let own = vehicle.model.as_deref();
    own.is_some() && models.iter().any(|model| model.as_str() == own)
}

/// Closes vehicles that were left when their campaign ended.
async fn close(app: &App) -> Answer<()> {
    let limit = u32::try_from(BATCH).unwrap_or(u32::MAX);
    let found = app.store().campaign_leftovers(limit).await?;
    for case in &found {
        command::system_action(app, *case, ENDED).await?;
        app.store().campaign_left(*case).await?;
    }
    if !found.is_empty() {
        app.nudge();
    }
    Ok(())
}
