//! The shelves of a year: what the maker sends, what is counted, which old parts go back.

use super::super::depot::{shelf, taken};
use super::super::rig::{Rig, Story};
use super::plain;
use crate::problem::{Answer, Problem};
use base::OrgId;
use base::time::add_days;
use engine::CaseState;
use rulebook::Release;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::Scope;
use store::cases::CaseQuery;
use store::org::Org;

/// The maker's warehouse and who keeps it.
const CENTRAL: (&str, &str) = ("ASD", "linxia");
/// Old parts of one parcel.
const PARCEL: usize = 8;
/// Parts that are counted at the end of a month.
const COUNTED: [&str; 4] = ["TUB-16", "PAD-F", "PAD-R", "TIR-16"];

/// What a station keeps: part and pieces. The northern station waits for its motor.
const KEPT: &[(&str, usize)] = &[
    ("BAT-48-20", 5),
    ("BAT-48-15", 5),
    ("BAT-36-10", 2),
    ("CTL-48-350", 5),
    ("CTL-48-500", 2),
    ("CTL-36-250", 2),
    ("CHG-48-3", 6),
    ("CHG-36-2", 2),
    ("MOT-350", 3),
    ("MOT-500", 2),
    ("MOT-250", 2),
    ("DSP-3IN1", 6),
    ("TUB-16", 18),
    ("TUB-14", 8),
    ("TIR-16", 10),
    ("TIR-14", 4),
    ("PAD-F", 22),
    ("PAD-R", 20),
    ("THR-01", 6),
    ("LGT-F", 6),
    ("LEV-01", 5),
    ("HAR-01", 3),
    ("LCK-01", 4),
    ("AXL-F", 5),
    ("HBR-01", 4),
];

/// Receives at the maker's what the stations lack, and ships it to them.
pub async fn supply(rig: &Rig) -> Answer<()> {
    let release = rig.app.releases().current(rig.app.today())?;
    if !release.processes.contains_key("stock_transfer") {
        return Ok(());
    }
    let orgs = rig.app.orgs();
    let stations: Vec<Org> =
        orgs.all().into_iter().filter(|org| org.kind == "station").cloned().collect();
    let mut wants: Vec<(Org, Vec<(&str, usize)>)> = Vec::new();
    for station in stations {
        let held = shelf(rig, &station.code).await?;
        let lacks = KEPT.iter().filter_map(|(part, pieces)| {
            let here = held.get(*part).map_or(0, |held| usize::try_from(held.pieces).unwrap_or(0));
            let north = station.code == "CB" && *part == "MOT-350";
            let lacks = pieces.saturating_sub(here);
            (lacks > 0 && !north && release.parts.contains_key(*part)).then_some((*part, lacks))
        });
        let lacks: Vec<_> = lacks.collect();
        if !lacks.is_empty() {
            wants.push((station, lacks));
        }
    }
    receive(rig, &release, &wants, &promised(rig).await?).await?;
    // What lies there is told out to the stations one after the other.
    for (number, (station, lacks)) in wants.iter().enumerate() {
        let held = shelf(rig, CENTRAL.0).await?;
        let rows: Vec<Json> =
            lacks.iter().filter_map(|(part, pieces)| taken(&held, part, *pieces)).collect();
        ship(rig, station, number, rows).await?;
    }
    Ok(())
}

/// New parts that were approved for old ones and are still to be sent.
async fn promised(rig: &Rig) -> Answer<BTreeMap<String, usize>> {
    let query = CaseQuery {
        process: Some("old_for_new".into()),
        state: Some("reviewed".into()),
        open: Some(true),
        limit: 100,
        ..CaseQuery::default()
    };
    let mut sums = BTreeMap::new();
    for row in rig.app.store().cases(&query, &Scope::company()).await?.items {
        let case = rig.case(row.id).await?;
        for row in case.data.get("exchanged").and_then(Json::as_array).into_iter().flatten() {
            let pieces = row["quantity"].as_u64().and_then(|n| usize::try_from(n).ok());
            let part = row["part"].as_str().unwrap_or_default().to_owned();
            *sums.entry(part).or_default() += pieces.unwrap_or(0);
        }
    }
    Ok(sums)
}

/// The maker receives what is wanted and not there; numbers count on from piece to piece.
async fn receive(
    rig: &Rig,
    release: &Release,
    wants: &[(Org, Vec<(&str, usize)>)],
    promised: &BTreeMap<String, usize>,
) -> Answer<()> {
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for (part, pieces) in promised {
        *sums.entry(part.as_str()).or_default() += pieces;
    }
    for (part, pieces) in wants.iter().flat_map(|(_, lacks)| lacks) {
        *sums.entry(*part).or_default() += pieces;
    }
    let held = shelf(rig, CENTRAL.0).await?;
    let today = rig.app.today();
    let mut rows = Vec::new();
    for (part, wanted) in sums {
        let here = held.get(part).map_or(0, |held| usize::try_from(held.pieces).unwrap_or(0));
        let pieces = wanted.saturating_sub(here);
        if pieces == 0 {
            continue;
        }
        if release.parts.get(part).is_some_and(|known| known.tracked) {
            let code = part.replace('-', "");
            let month = format!("{:02}{:02}", today.year() % 100, today.month());
            let serials = (1..=pieces).map(|n| format!("{code}{month}{n:04}"));
            let serials: Vec<String> = serials.collect();
            rows.push(json!({ "part": part, "quantity": pieces, "serials": serials }));
        } else {
            rows.push(json!({ "part": part, "quantity": pieces }));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let story = Story::from([("supplier", json!("LD-POWER")), ("received", json!(rows))]);
    rig.open(CENTRAL.1, "stock_receipt", None, &plain(story)).await.map(|_| ())
}

async fn ship(rig: &Rig, station: &Org, number: usize, rows: Vec<Json>) -> Answer<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let today = rig.app.today();
    let waybill = format!("SF{}{:02}{:02}{number:04}", today.year(), today.month(), today.day());
    let story = Story::from([
        ("ship_to", json!(station.id.to_string())),
        ("carrier", json!("顺丰")),
        ("waybill", json!(waybill)),
        ("expected_on", json!(add_days(today, 3).map(|day| day.to_string()))),
        ("shipped", json!(rows)),
    ]);
    rig.open(CENTRAL.1, "stock_transfer", None, &plain(story)).await.map(|_| ())
}

/// Counts a few parts of a station for each task of the month, and approves what was found.
pub async fn count(rig: &Rig, org: OrgId) -> Answer<()> {
    let query = CaseQuery {
        process: Some("stocktake_task".into()),
        station: Some(org),
        open: Some(true),
        ..CaseQuery::default()
    };
    let tasks = rig.app.store().cases(&query, &Scope::company()).await?;
    for task in tasks.items {
        let keeper = rig.holding("storekeeper", org).next();
        let (Some(keeper), Some(here)) = (keeper, rig.app.orgs().get(org).cloned()) else {
            return Ok(());
        };
        let held = shelf(rig, &here.code).await?;
        let row = |part: &&str| {
            held.get(*part).map(|held| json!({ "part": part, "quantity": held.pieces }))
        };
        let rows: Vec<Json> = COUNTED.iter().filter_map(row).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let told = plain(Story::from([("counted", json!(rows))]));
        let count = rig.opened(keeper, "stocktake", None, &told).await?;
        rig.act(count, "approve", &told).await?;
        let number = rig.case(count).await?.number;
        let told = plain(Story::from([("stocktake_number", json!(number))]));
        rig.act(task.id, "report_count", &told).await?;
    }
    Ok(())
}

/// Offers the numbered old parts of a station for exchange.
pub async fn offer(rig: &Rig, org: OrgId) -> Answer<()> {
    let release = rig.app.releases().current(rig.app.today())?;
    let keeper = rig.holding("storekeeper", org).next();
    let (Some(keeper), Some(here)) = (keeper, rig.app.orgs().get(org).cloned()) else {
        return Ok(());
    };
    if !release.processes.contains_key("old_for_new") {
        return Ok(());
    }
    let lying = rig.app.store().on_hand("old", &here.code).await?;
    let mut rows = Vec::new();
    let mut left = PARCEL;
    for (part, held) in &lying {
        let tracked = release.parts.get(part).is_some_and(|known| known.tracked);
        let serials: Vec<&String> = held.serials.iter().take(left).collect();
        if !tracked || serials.is_empty() {
            continue;
        }
        left -= serials.len();
        rows.push(json!({
            "part": part, "quantity": serials.len(), "serials": serials,
            "cause": "使用中失效，见维修记录表",
        }));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let story = Story::from([("offered", json!(rows)), ("claim_kind", json!("repair"))]);
    rig.opened(keeper, "old_for_new", None, &plain(story)).await.map(|_| ())
}

/// What the steps of an exchange say.
pub async fn exchanged(rig: &Rig, case: &CaseState, action: &str) -> Answer<Story> {
    let digits: String = case.number.iter().flat_map(|n| n.chars()).collect();
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    Ok(match action {
        "coordinate" => {
            let coordinator = rig.by_login("majun")?.id().to_string();
            Story::from([
                ("coordinator", json!(coordinator)),
                ("coordination", json!("随周五的车一起寄")),
            ])
        }
        "send" => Story::from([
            ("papers", json!({ "sticker": true, "third_copy": true })),
            ("battery_carrier", json!(true)),
            ("carrier", json!("德邦")),
            ("waybill", json!(format!("DB{digits}"))),
            ("freight_by", json!("maker")),
        ]),
        "sign" => Story::from([("parcels", json!(1)), ("parcels_intact", json!(true))]),
        "review" => Story::from([("finance_opinion", json!("数量相符，同意"))]),
        "issue" => {
            let held = shelf(rig, CENTRAL.0).await?;
            let asked = case.data.get("exchanged").and_then(Json::as_array);
            let row = |row: &Json| {
                let pieces = row["quantity"].as_u64().and_then(|n| usize::try_from(n).ok())?;
                taken(&held, row["part"].as_str()?, pieces)
            };
            let rows: Option<Vec<Json>> = asked.into_iter().flatten().map(row).collect();
            let rows = rows.ok_or_else(|| Problem::new("not-found"))?;
            Story::from([
                ("issued_parts", json!(rows)),
                ("new_carrier", json!("顺丰")),
                ("new_waybill", json!(format!("SFX{digits}"))),
            ])
        }
        _ => Story::new(),
    })
}
