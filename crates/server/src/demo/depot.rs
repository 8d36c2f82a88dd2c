//! The stock of the demonstration: the maker receives and ships, stations count, reserve and draw.

use super::rig::{Rig, Story};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::{Answer, Problem};
use base::time::add_days;
use base::{CaseId, Instant};
use engine::CaseState;
use engine::facts::OnHand;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use store::Scope;
use store::cases::CaseQuery;

/// Who works here.
const PEOPLE: [&str; 5] = ["linxia", "wufang", "liuyang", "gaofei", "guoqiang"];
/// Days before the end at which the story of the day has its first delivery.
pub const DAYS_BEFORE: i64 = 21;
/// Seconds of a day.
pub const DAY: i64 = 24 * 3600;
/// Repairs whose parts are kept ready.
const RESERVED: usize = 3;

/// What the maker receives: part and pieces.
const RECEIVED: &[(&str, usize)] = &[
    ("BAT-48-20", 24),
    ("BAT-48-15", 16),
    ("BAT-36-10", 8),
    ("CTL-48-350", 16),
    ("CTL-48-500", 8),
    ("CHG-48-3", 20),
    ("MOT-350", 10),
    ("MOT-500", 4),
    ("DSP-3IN1", 20),
    ("TUB-16", 160),
    ("TUB-14", 60),
    ("TIR-16", 60),
    ("PAD-F", 120),
    ("PAD-R", 120),
    ("RIM-16", 12),
    ("HAR-01", 8),
    ("THR-01", 12),
];

/// What the stations are sent: part, pieces for the northern one, for the one by the river.
const SENT: &[(&str, usize, usize)] = &[
    ("BAT-48-20", 8, 5),
    ("BAT-48-15", 6, 3),
    ("CTL-48-350", 5, 4),
    ("CHG-48-3", 6, 4),
    // The northern station waits for its motor.
    ("MOT-350", 0, 2),
    ("DSP-3IN1", 6, 4),
    ("TUB-16", 48, 30),
    ("TUB-14", 12, 24),
    ("TIR-16", 16, 8),
    ("PAD-F", 30, 24),
    ("PAD-R", 9, 24),
    ("THR-01", 4, 3),
];

/// Fills the warehouses as the story begins: a receipt, a delivery to each station, and a count
/// whose difference was approved.
pub async fn stock_up(app: &App, begins: Instant) -> Answer<()> {
    let Some(rig) = stage(app, begins.seconds_since(app.now())).await? else { return Ok(()) };
    let release = app.releases().current(app.today())?;
    let known = |part: &str| release.parts.get(part);
    let mut rows = Vec::new();
    for (part, pieces) in RECEIVED.iter().filter(|(part, _)| known(part).is_some()) {
        let tracked = known(part).is_some_and(|known| known.tracked);
        let code = part.replace('-', "");
        rows.push(if tracked {
            let serials: Vec<String> = (1..=*pieces).map(|n| format!("{code}26A{n:04}")).collect();
            json!({ "part": part, "quantity": pieces, "serials": serials })
        } else {
            json!({ "part": part, "quantity": pieces })
        });
    }
    let receipt = Story::from([("supplier", json!("LD-POWER")), ("received", json!(rows))]);
    rig.open("linxia", "stock_receipt", None, &receipt).await?;
    for (station, waybill) in [("CB", "SF1450263301"), ("BJ", "SF1450263302")] {
        let pieces = |north, river| if station == "CB" { north } else { river };
        let load = SENT.iter().map(|(part, north, river)| (*part, pieces(*north, *river)));
        let load: Vec<(&str, usize)> = load.filter(|(_, pieces)| *pieces > 0).collect();
        let transfer = ship(&rig, station, waybill, &load).await?;
        rig.wait_until(rig.app.now().plus_seconds(DAY)).await;
        rig.act(transfer, "receive", &Story::new()).await?;
    }
    rig.wait_until(begins.plus_seconds(13 * DAY)).await;
    let count = counted(&rig, &[("TUB-16", 1), ("PAD-F", 0)], None).await?;
    let told = counted_rows(&rig, &[("TUB-16", 1), ("PAD-F", 0)], Some("包装破损，已报废一条"));
    let told = Story::from([("counted", told.await?)]);
    rig.act(count, "approve", &told).await
}

/// What is under way when the story ends: a delivery, a count to be approved, parts kept for
/// repairs.
pub async fn go_on(app: &App) -> Answer<()> {
    let Some(rig) = stage(app, -2 * 3600).await? else { return Ok(()) };
    let load = [("BAT-48-20", 2), ("MOT-350", 1), ("PAD-R", 20)];
    ship(&rig, "CB", "SF1450299817", &load).await?;
    rig.wait_until(app.now().plus_seconds(-3600)).await;
    counted(&rig, &[("PAD-F", 2), ("TIR-16", 0)], None).await?;
    let query = CaseQuery {
        process: Some("repair_order".into()),
        open: Some(true),
        ..CaseQuery::default()
    };
    let open = app.store().cases(&query, &Scope::company()).await?;
    let mut kept = 0;
    for row in open.items {
        let case = rig.case(row.id).await?;
        let early = ["confirmed", "routed", "assigned"].contains(&state(&case, "main"));
        if kept == RESERVED || !early || state(&case, "parts") != "idle" {
            continue;
        }
        let Some(rows) = wanted(&rig, &case).await? else { continue };
        rig.act(row.id, "reserve_parts", &Story::from([("reserved_parts", rows)])).await?;
        kept += 1;
    }
    Ok(())
}

/// Draws the parts of a repair that has begun, where they are on the shelf.
pub async fn draw(rig: &Rig, id: CaseId) -> Answer<()> {
    let case = rig.case(id).await?;
    if case.process != "repair_order" || state(&case, "main") != "repairing" {
        return Ok(());
    }
    if state(&case, "parts") != "idle" {
        return Ok(());
    }
    match wanted(rig, &case).await? {
        Some(rows) => rig.act(id, "issue_parts", &Story::from([("issued", rows)])).await,
        None => Ok(()),
    }
}

/// People at work so many seconds from now; nobody where the packs know no stock.
async fn stage(app: &App, from_now: i64) -> Answer<Option<Rig>> {
    let release = app.releases().current(app.today())?;
    let papers = ["stock_receipt", "stock_transfer", "stocktake"];
    if !papers.iter().all(|process| release.processes.contains_key(*process)) {
        return Ok(None);
    }
    let clock = Clock::fixed(app.now().plus_seconds(from_now));
    Ok(Some(Rig::new(app.with_clock(clock), &PEOPLE).await?))
}

fn state<'a>(case: &'a CaseState, track: &str) -> &'a str {
    case.tracks.get(track).map_or("", |track| track.state.as_str())
}

pub async fn shelf(rig: &Rig, warehouse: &str) -> Answer<BTreeMap<String, OnHand>> {
    Ok(rig.app.store().on_hand("stock", warehouse).await?)
}

/// So many pieces from a shelf, serial by serial where the part has them.
pub fn taken(shelf: &BTreeMap<String, OnHand>, part: &str, pieces: usize) -> Option<Json> {
    let held = shelf.get(part)?;
    if usize::try_from(held.pieces).ok()? < pieces {
        return None;
    }
    let serials: Vec<&String> = held.serials.iter().take(pieces).collect();
    Some(json!({ "part": part, "quantity": pieces, "serials": serials }))
}

/// The maker sends parts to a station.
async fn ship(rig: &Rig, to: &str, waybill: &str, load: &[(&str, usize)]) -> Answer<CaseId> {
    let shelf = shelf(rig, "ASD").await?;
    let rows: Vec<Json> =
        load.iter().filter_map(|(part, pieces)| taken(&shelf, part, *pieces)).collect();
    let orgs = rig.app.orgs();
    let org = orgs.by_code(to).ok_or_else(|| Problem::new("internal"))?;
    let expected = add_days(rig.app.today(), 1).map(|day| day.to_string());
    let story = Story::from([
        ("ship_to", json!(org.id.to_string())),
        ("carrier", json!("顺丰")),
        ("waybill", json!(waybill)),
        ("expected_on", json!(expected)),
        ("shipped", json!(rows)),
    ]);
    rig.open("linxia", "stock_transfer", None, &story).await
}

/// The northern station counts some parts and finds so many pieces fewer than booked.
async fn counted(rig: &Rig, parts: &[(&str, i64)], reason: Option<&str>) -> Answer<CaseId> {
    let rows = counted_rows(rig, parts, reason).await?;
    rig.open("wufang", "stocktake", None, &Story::from([("counted", rows)])).await
}

async fn counted_rows(rig: &Rig, parts: &[(&str, i64)], reason: Option<&str>) -> Answer<Json> {
    let shelf = shelf(rig, "CB").await?;
    let row = |(part, fewer): &(&str, i64)| {
        let held = shelf.get(*part)?;
        let mut row = json!({ "part": part, "quantity": (held.pieces - fewer).max(0) });
        if let Some(reason) = reason.filter(|_| *fewer != 0) {
            row["reason"] = json!(reason);
        }
        Some(row)
    };
    Ok(parts.iter().filter_map(row).collect())
}

/// The parts of a case's estimate, from the shelf of its station; `None` where one is missing.
pub async fn wanted(rig: &Rig, case: &CaseState) -> Answer<Option<Json>> {
    let orgs = rig.app.orgs();
    let Some(org) = orgs.get(case.org) else { return Ok(None) };
    let shelf = shelf(rig, &org.code).await?;
    let lines = case.data.get("lines").and_then(Json::as_array);
    let part = |line: &Json| {
        let is_part = line["kind"] == "part" && line["declined"] != true;
        line["item"].as_str().filter(|_| is_part).map(str::to_owned)
    };
    let parts: BTreeSet<String> = lines.into_iter().flatten().filter_map(part).collect();
    if parts.is_empty() {
        return Ok(None);
    }
    let rows: Option<Vec<Json>> = parts.iter().map(|part| taken(&shelf, part, 1)).collect();
    Ok(rows.map(Json::Array))
}
