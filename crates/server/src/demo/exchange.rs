//! An old part of the demonstration on its way back to the maker: coordinated, and to be sent.

use super::rig::{Rig, Story};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::Answer;
use serde_json::{Value as Json, json};

/// Who works here.
const PEOPLE: [&str; 2] = ["wufang", "majun"];
/// Seconds of an hour.
const HOUR: i64 = 3600;

/// The northern station is to send a box, where the packs know of it and something lies there.
pub async fn send_back(app: &App) -> Answer<()> {
    if !app.releases().current(app.today())?.processes.contains_key("old_for_new") {
        return Ok(());
    }
    let clock = Clock::fixed(app.now().plus_seconds(-6 * HOUR));
    let rig = Rig::new(app.with_clock(clock), &PEOPLE).await?;
    let Some(row) = lying(&rig, "CB").await? else { return Ok(()) };
    let coordinator = app.store().login("majun").await?.map(|found| found.0.id.to_string());
    let story = Story::from([
        ("offered", json!([row])),
        ("claim_kind", json!("repair")),
        ("coordinator", json!(coordinator)),
        ("coordination", json!("随周五的车一起寄")),
    ]);
    let case = rig.open("wufang", "old_for_new", None, &story).await?;
    rig.wait_until(rig.app.now().plus_seconds(HOUR)).await;
    rig.act(case, "coordinate", &story).await
}

/// A piece among the old parts of a station, by its serial or its label.
async fn lying(rig: &Rig, station: &str) -> Answer<Option<Json>> {
    let lying = rig.app.store().on_hand("old", station).await?;
    let known = rig.app.releases().current(rig.app.today())?;
    let piece = |(part, held): (&String, &engine::facts::OnHand)| {
        let tracked = known.parts.get(part)?.tracked;
        let label =
            if tracked { held.serials.first()?.clone() } else { format!("{station}-{part}-01") };
        let cause = "使用中失效，见维修记录表";
        let row = json!({ "part": part, "serials": [label], "cause": cause });
        (held.pieces > 0).then_some(row)
    };
    Ok(lying.iter().find_map(piece))
}
