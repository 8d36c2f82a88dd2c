//! A service campaign of the demonstration: approved, its vehicles listed, none done yet.

use super::rig::{Rig, Story};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::{Answer, Problem};
use base::UnitId;
use serde_json::json;
use store::Scope;

/// Who drafts it, and who approves it.
const PEOPLE: [&str; 2] = ["dengchao", "songyuan"];
/// The vehicles it is about, by the order in which they were sold: of these, those that never came
/// to a station.
const VEHICLES: std::ops::Range<usize> = 13..24;
/// Seconds of an hour.
const HOUR: i64 = 3600;

/// A voluntary campaign about a few vehicles, where the packs know of one.
pub async fn begin(app: &App, units: &[UnitId]) -> Answer<()> {
    let release = app.releases().current(app.today())?;
    if !release.processes.contains_key(store::campaign::PROCESS) {
        return Ok(());
    }
    let mut frames = Vec::new();
    for unit in units.get(VEHICLES).unwrap_or_default() {
        let unit = app.store().unit(*unit, &Scope::company()).await?;
        frames.extend(unit.fields.frame_no.filter(|_| unit.cases.is_empty()));
    }
    let labour = release.labour.keys().next();
    let (Some(labour), Some((first, more))) = (labour, frames.split_first()) else { return Ok(()) };
    let clock = Clock::fixed(app.now().plus_seconds(-2 * HOUR));
    let rig = Rig::new(app.with_clock(clock), &PEOPLE).await?;
    let story = |frame: &str| {
        Story::from([
            ("campaign_kind", json!("service")),
            ("campaign_title", json!("检查并加固线束接头")),
            ("campaign_why", json!("雨季个别车辆仪表时亮时不亮")),
            ("campaign_hazard", json!(false)),
            ("campaign_action", json!("检查主线束接头，涂防水脂并加固")),
            ("campaign_lines", json!([{ "item": labour, "quantity": 500 }])),
            ("range_what", json!("frame")),
            ("range_from", json!(frame)),
        ])
    };
    let case = rig.open(PEOPLE[0], store::campaign::PROCESS, None, &story(first)).await?;
    for frame in more {
        rig.act(case, "add_range", &story(frame)).await?;
    }
    rig.act(case, "submit_campaign", &story(first)).await?;
    rig.wait_until(rig.app.now().plus_seconds(HOUR)).await;
    rig.act(case, "approve_campaign", &story(first)).await?;
    rig.wait_until(rig.app.now().plus_seconds(HOUR)).await;
    let listed = rig.app.store().campaign_is_listed(case).await?;
    if listed { Ok(()) } else { Err(Problem::new("internal")) }
}
