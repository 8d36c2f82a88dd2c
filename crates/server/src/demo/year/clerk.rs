//! What people write who work off what lies there: each by the case, so that no two are alike.

use super::super::depot;
use super::super::rig::{Rig, Story};
use super::plain;
use crate::problem::Answer;
use base::{CaseId, Instant, OrgId, Zone};
use engine::CaseState;
use serde_json::{Value as Json, json};
use simulator::year::Pile;
use store::Scope;
use store::cases::CaseQuery;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// After so long a call that nobody made is tried until the third attempt fails.
const TRIED_AFTER: i64 = 8 * DAY;
/// Cases of one page of a pile.
const PAGE: u32 = 100;

/// Whole months from one instant to another.
pub fn months(zone: &Zone, from: Instant, to: Instant) -> usize {
    let (from, to) = (zone.day(from), zone.day(to));
    let count = |day: base::Day| i32::from(day.year()) * 12 + i32::from(day.month());
    usize::try_from(count(to) - count(from)).unwrap_or(0)
}

/// Works a pile off: each case as its process wants it.
pub async fn work_off(rig: &Rig, org: Option<OrgId>, pile: &Pile) -> Answer<()> {
    let mut first = None;
    for id in lying(rig, org, pile).await? {
        let case = rig.case(id).await?;
        let story = plain(pile.story.clone());
        let since = case.tracks.get("main").map_or(case.opened_at, |track| track.since);
        let lain = rig.app.now().seconds_since(since);
        if lain < pile.lain {
            continue;
        }
        let Some((action, story)) = told(rig, &case, pile, story, lain).await? else { continue };
        // One that cannot be done is left lying; the others are done.
        if let Err(problem) = Box::pin(rig.act(id, &action, &story)).await {
            first = first.or(Some(problem));
        }
    }
    first.map_or(Ok(()), Err)
}

/// The open cases of a pile, the earliest first.
async fn lying(rig: &Rig, org: Option<OrgId>, pile: &Pile) -> Answer<Vec<CaseId>> {
    let mut query = CaseQuery {
        process: Some(pile.process.into()),
        state: Some(pile.state.into()),
        station: org,
        open: Some(true),
        limit: PAGE,
        ..CaseQuery::default()
    };
    let mut found = Vec::new();
    loop {
        let page = rig.app.store().cases(&query, &Scope::company()).await?;
        found.extend(page.items.iter().map(|row| row.id));
        query.cursor = page.next;
        if query.cursor.is_none() {
            found.sort_unstable();
            return Ok(found);
        }
    }
}

/// A number below a hundred that follows from the case and a word.
fn thrown(case: &CaseState, word: &str) -> u64 {
    let text = format!("{}{word}", case.number.as_deref().unwrap_or_default());
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    (hash >> 17) % 100
}

fn one<'a>(case: &CaseState, word: &str, list: &[&'a str]) -> &'a str {
    list[usize::try_from(thrown(case, word)).unwrap_or(0) % list.len()]
}

/// What is done with a case of a pile; nothing where it is left lying.
async fn told(
    rig: &Rig,
    case: &CaseState,
    pile: &Pile,
    story: Story,
    lain: i64,
) -> Answer<Option<(String, Story)>> {
    if thrown(case, "left") < u64::from(pile.left) {
        let call = pile.process == "follow_up" && lain > TRIED_AFTER;
        return Ok(call.then(|| ("attempt".to_owned(), story)));
    }
    doing(rig, case, pile.action, story).await
}

/// What an action of a case says besides what its story tells; nothing where it is not done.
pub async fn doing(
    rig: &Rig,
    case: &CaseState,
    action: &str,
    mut story: Story,
) -> Answer<Option<(String, Story)>> {
    let release = rig.app.releases().pinned(&case.release)?;
    let known = release.processes.get(&case.process).and_then(|process| process.action(action));
    let Some(known) = known else { return Ok(None) };
    let at = case.full_state(&known.track).unwrap_or_default();
    if !known.from.iter().any(|from| *from == at || at.ends_with(&format!(".{from}"))) {
        return Ok(None);
    }
    let more = match (case.process.as_str(), action) {
        ("repair_order", "issue_parts") => match depot::wanted(rig, case).await? {
            Some(rows) => Story::from([("issued", rows)]),
            None => return Ok(None),
        },
        ("repair_order", "estimate") => {
            // Where it took longer than was promised, the promise is made anew.
            let promised = story.get("promised_at").and_then(Json::as_str);
            let promised = promised.and_then(|at| at.parse::<jiff::Timestamp>().ok());
            if promised.is_some_and(|at| Instant::from(at) < rig.app.now()) {
                story.remove("promised_at");
            }
            Story::new()
        }
        ("repair_order", "finish_repair") => fitted(rig, case).await?,
        ("repair_order", "settle") => paid(case, &story),
        ("follow_up", "answer") => call(case),
        ("three_guarantees_judgement", "review") => review(case),
        ("old_for_new", _) => super::store_room::exchanged(rig, case, action).await?,
        _ => written(case, action, &story),
    };
    story.extend(more);
    Ok(Some((action.to_owned(), story)))
}

/// What is written where nothing has to be looked up.
fn written(case: &CaseState, action: &str, story: &Story) -> Story {
    match (case.process.as_str(), action) {
        ("follow_up", "problem_solved") => {
            Story::from([("solution", json!("已电话说明，客户认可"))])
        }
        ("claim", _) => claim(case, action),
        ("fee_settlement", "pay_statement") => payment(case),
        ("quality_form", _) => quality_form(case),
        ("quality_report", "deliver_report") => Story::from([
            ("report_count", json!(8 + thrown(case, "n") % 20)),
            ("report_faults", json!("锂电池充不进电、控制器进水、充电器不工作居前三位")),
            ("report_batches", json!("见质量预警页")),
        ]),
        ("quality_report", _) => {
            Story::from([("report_answer", json!("已转供应商分析，防水胶圈改型"))])
        }
        ("quality_feedback", _) => Story::from([
            ("quality_cause", json!("个别件装配不到位")),
            ("quality_measure", json!("加强来料检验，更换到位")),
            ("quality_reach", json!("single")),
        ]),
        ("rework", _) => Story::from([
            (
                "rework_cause",
                json!(one(case, "cause", &["workmanship", "part_quality", "diagnosis"])),
            ),
            ("improvement", json!("首修时测量后再换件，交车前复测")),
        ]),
        ("complaint", "investigate") if !story.contains_key("complaint_cause") => Story::from([
            ("complaint_cause", json!("当日客多，交车前未逐项说明")),
            ("complaint_party", json!(one(case, "party", &["service", "nobody", "service"]))),
        ]),
        ("complaint", "answer_complaint") if !story.contains_key("complaint_measures") => {
            Story::from([("complaint_measures", json!("致歉并补办说明，列入晨会"))])
        }
        ("consultation", _) if !story.contains_key("answer") => Story::from([
            ("answer", json!("已电话答复，客户明白")),
            ("solved_remotely", json!(true)),
            ("service_type", json!("followup")),
        ]),
        ("station_assessment", "return_form") => Story::from([
            ("own_letters", json!(thrown(case, "letters") % 6 + 2)),
            ("own_receipts", json!(2)),
            ("own_complaints", json!("已逐件答复")),
            ("own_registers", json!(true)),
        ]),
        _ => Story::new(),
    }
}

/// What was fitted and what came off, by their numbers.
async fn fitted(rig: &Rig, case: &CaseState) -> Answer<Story> {
    let component = case.data.get("component").and_then(Json::as_str).unwrap_or_default();
    let issued = case.data.get("issued").and_then(Json::as_array);
    let of = |row: &&Json| row["component"].as_str() == Some(component);
    let new = issued.into_iter().flatten().find(of);
    let new = new.and_then(|row| row["serials"][0].as_str());
    let Some(new) = new else { return Ok(Story::new()) };
    let mut story = Story::from([("new_serial", json!(new))]);
    if let Some(unit) = case.unit {
        let unit = rig.app.store().unit(unit, &Scope::company()).await?;
        let old = unit.components.into_iter().find(|built| built.component == component);
        if let Some(serial) = old.and_then(|built| built.serial) {
            story.insert("old_serial", json!(serial));
        }
    }
    Ok(story)
}

/// By what means is paid, where there is something to pay.
fn paid(case: &CaseState, story: &Story) -> Story {
    let lines = case.data.get("lines").and_then(Json::as_array);
    let due = |line: &Json| line["payer"] == "customer" && line["declined"] != true;
    let means = if lines.is_some_and(|lines| lines.iter().any(due)) {
        story.get("payment_means").cloned().unwrap_or(json!("wechat"))
    } else {
        json!("none")
    };
    Story::from([("payment_means", means)])
}

/// A call: most are content, few are not.
fn call(case: &CaseState) -> Story {
    let satisfaction = match thrown(case, "stars") {
        0..56 => 5,
        56..86 => 4,
        86..95 => 3,
        95..99 => 2,
        _ => 1,
    };
    let mut story = Story::from([
        ("satisfaction", json!(satisfaction)),
        ("explained_well", json!(satisfaction > 2)),
        ("runs_well", json!(thrown(case, "runs") < 96)),
        ("courteous", json!(satisfaction > 1)),
        ("site_manners", json!(true)),
        ("site_cleaned", json!(true)),
    ]);
    match thrown(case, "problem") {
        0..2 => {
            story.insert("problem", json!(true));
            story.insert("problem_kind", json!("complaint"));
            story.insert("problem_text", json!("取车等太久，没人说明"));
        }
        2..5 => {
            story.insert("problem", json!(true));
            story.insert("problem_kind", json!("question"));
            story.insert("problem_text", json!("换的新件要不要磨合，多久保养"));
        }
        5..8 => {
            story.insert("quality_remark", json!("同样的毛病邻居的车也有"));
            story.insert("problem", json!(false));
        }
        _ => {
            story.insert("problem", json!(false));
        }
    }
    story
}

/// What the form of a review has of a line, and of a doubt.
const LINE: [&str; 7] = ["title", "kind", "amount", "corrected", "answer", "decision", "why"];
const DOUBT: [&str; 4] = ["check", "number", "at", "count"];

/// A row with what the form asks of it.
fn kept(row: &Json, known: &[&str]) -> Json {
    known.iter().filter_map(|key| Some(((*key).to_owned(), row.get(key)?.clone()))).collect()
}

/// A claim as the department decides line by line, or as the station corrects it.
fn claim(case: &CaseState, action: &str) -> Story {
    let rows = case.data.get("claim_lines").and_then(Json::as_array);
    let rows: Vec<Json> = rows.into_iter().flatten().map(|row| kept(row, &LINE)).collect();
    if action == "submit_claim" {
        return Story::new();
    }
    let with = |decide: &dyn Fn(&mut Json, usize)| -> Json {
        let mut rows = rows.clone();
        for (place, row) in rows.iter_mut().enumerate() {
            decide(row, place);
        }
        Json::Array(rows)
    };
    if action == "amend_claim" {
        let lines = with(&|row, _| {
            if row["decision"] == "back" {
                row["answer"] = json!("照片已补，件号核对无误");
            }
        });
        return Story::from([("claim_lines", lines)]);
    }
    let thrown = thrown(case, "claim");
    let answered = rows.iter().any(|row| row["answer"].is_string());
    let lines = with(&|row, place| {
        row["decision"] = json!("approve");
        let amount = row["amount"].as_i64().unwrap_or(0);
        match thrown {
            0..3 => {
                row["decision"] = json!("refuse");
                row["why"] = json!("旧件拆解，无法鉴定");
            }
            3..9 if row["kind"] == "labour" && amount > 200 => {
                row["decision"] = json!("reduce");
                row["approved"] = json!(amount / 200 * 100);
                row["why"] = json!("超过标准工时");
            }
            9..13 if place == 0 && !answered => {
                row["decision"] = json!("back");
                row["why"] = json!("缺旧件照片");
            }
            _ => {}
        }
    });
    let mut story = Story::from([("claim_lines", lines)]);
    let hits = case.data.get("hits").and_then(Json::as_array);
    if let Some(hits) = hits.filter(|hits| !hits.is_empty()) {
        let found = hits.iter().map(|hit| {
            let mut hit = kept(hit, &DOUBT);
            hit["finding"] = json!("已核对，属另一次故障");
            hit
        });
        story.insert("hits", found.collect());
    }
    story
}

fn payment(case: &CaseState) -> Story {
    let number = case.number.clone().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    Story::from([
        ("invoice_no", json!(format!("2432{digits}"))),
        ("voucher_no", json!(format!("FK-{digits}"))),
    ])
}

fn quality_form(case: &CaseState) -> Story {
    let problems = [
        "充电器不工作较多，多在夏季充电过夜之后",
        "雨后控制器、仪表进水，插头防水圈老化",
        "同月出厂的电池充不进电，已连续几起",
        "刹车皮、外胎磨损，属正常易耗",
    ];
    Story::from([
        ("quality_problems", json!(one(case, "problem", &problems))),
        ("component", json!(one(case, "part", &["charger", "controller", "li_battery"]))),
        ("fault", json!("other")),
        ("quality_vehicles", json!(1 + thrown(case, "n") % 6)),
        ("sales_trend", json!(one(case, "trend", &["up", "level", "level", "down"]))),
        ("sales_situation", json!("周边新店开业，促销两周")),
    ])
}

/// Whether a judgement was right: almost always.
fn review(case: &CaseState) -> Story {
    let right = thrown(case, "right") >= 3;
    let mut story = Story::from([("judgement_correct", json!(right))]);
    if !right {
        story.insert("review_note", json!("超过期限一周，应判三包外"));
    }
    story
}
