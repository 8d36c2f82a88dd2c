//! A vehicle listed in a campaign (召回、服务活动): a case opened by the system, once for each vehicle.

use super::TRIES;
use super::books::settle;
use super::change::Building;
use super::problem_of;
use super::snapshot::{About, snapshot};
use crate::app::App;
use crate::problem::{Answer, Problem};
use engine::{Command, Opening, Outcome};
use rulebook::Release;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use store::StoreError;
use store::campaign::{Candidate, Listed, UNIT_PROCESS, Walk};

/// What the vehicle's case keeps of the campaign's sheet: its notice says so.
const TOLD: [&str; 6] = [
    "campaign_title",
    "campaign_kind",
    "campaign_hazard",
    "campaign_why",
    "campaign_action",
    "campaign_until",
];

/// Opens the vehicle's case in the campaign. Whether there is one now; a rule that refuses it is
/// asked again by the next walk.
pub async fn list_vehicle(
    app: &App,
    release: &Arc<Release>,
    walk: &Walk,
    vehicle: &Candidate,
) -> Answer<bool> {
    for _ in 0..TRIES {
        match once(app, release, walk, vehicle).await {
            Err(problem) if problem.code() == "books-moved" => {}
            other => return other,
        }
    }
    Err(Problem::new("busy"))
}

async fn once(app: &App, release: &Arc<Release>, walk: &Walk, vehicle: &Candidate) -> Answer<bool> {
    let (org, unit) = (vehicle.org.unwrap_or(walk.org), Some(vehicle.unit));
    let opening = Opening {
        process: UNIT_PROCESS.to_owned(),
        org,
        unit,
        customer: vehicle.owner,
        parent: None,
    };
    let command = Command {
        action: Some("open".to_owned()),
        opening: Some(opening),
        form: answers(walk, vehicle),
        ..Command::timer(app.now())
    };
    let about = About { case: None, org, unit, customer: vehicle.owner };
    let facts = snapshot(app, release, about, None, &command.form).await?;
    let decision = match engine::decide(release, None, &facts, &command, app.now()) {
        Outcome::Decided(decision) => *decision,
        Outcome::Refused(refusal) => {
            let problem = problem_of(release, &refusal);
            tracing::warn!(
                campaign = walk.number,
                code = problem.code(),
                "a vehicle is not listed"
            );
            return Ok(false);
        }
        Outcome::Ignored => return Ok(false),
    };
    settle(app, None, release, &decision).await?;
    let building = Building { app, release, actor: None };
    let mut change = building.change(decision, None, None).await?;
    change.listed = Some(Listed { campaign: walk.campaign, unit: vehicle.unit });
    match app.apply(&change).await {
        Ok(applied) => {
            app.told(applied.case, &[org]);
            app.spoke(&change);
            Ok(true)
        }
        // Another node listed it, or the campaign ended meanwhile.
        Err(StoreError::Taken("campaign_unit")) => Ok(true),
        Err(StoreError::Moved) => Err(super::books::moved()),
        Err(error) => Err(error.into()),
    }
}

fn answers(walk: &Walk, vehicle: &Candidate) -> Map<String, Json> {
    let told = TOLD.iter().filter_map(|field| {
        let value = walk.data.get(*field).filter(|value| !value.is_null())?;
        Some(((*field).to_owned(), value.clone()))
    });
    let mut form: Map<String, Json> = told.collect();
    form.insert("campaign_no".into(), walk.number.as_str().into());
    form.insert("campaign_number".into(), vehicle.key.as_str().into());
    form
}
