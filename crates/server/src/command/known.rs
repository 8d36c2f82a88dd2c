//! What the company knows of a unit beside a case, where an act asks: how it stands on the
//! scorecards, how all stations stand, earlier cases, what is left there, and the case that opened
//! this one.

use crate::app::App;
use crate::figures::cards::{self, CardPeriod};
use crate::problem::{Answer, Problem};
use crate::view::Words;
use crate::view::scorecard::one;
use base::{CaseId, OrgId};
use engine::score::{Awarded, Condition, Reached};
use engine::{CaseState, Facts};
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::{Action, Scorecard};
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json, json};
use store::Scope;
use store::org::Org;

/// The fact that says what is left at a unit.
pub const LEFT: &str = "left";
/// Units that are ranked at once.
const MOST: usize = 500;

/// Adds what an action names of what the company knows of the case's unit.
pub async fn read(
    app: &App,
    (release, process): (&Release, &str),
    action: &Action,
    case: Option<&CaseState>,
    facts: &mut Facts,
) -> Answer<()> {
    let Some(org) = unit(app, facts) else { return Ok(()) };
    for root in ["scores", "standings", "earlier", "parent", LEFT] {
        if facts.known.contains_key(root) || !action.reads_any(&[root]) {
            continue;
        }
        let told = match root {
            "scores" => scores(app, release, &org).await?,
            "standings" => standings(app, release, &org).await?,
            "earlier" => earlier(app, process, org.id, case).await?,
            LEFT => {
                let own = case.and_then(|case| case.id);
                Box::pin(super::left::at(app, &org, own)).await?
            }
            _ => parent(app, case).await?,
        };
        facts.known.insert(root.to_owned(), told);
    }
    Ok(())
}

/// Adds what is left at the unit of a case, for the page that shows the forms of its acts.
pub async fn read_left(app: &App, case: Option<CaseId>, facts: &mut Facts) -> Answer<()> {
    if let Some(org) = unit(app, facts) {
        let told = super::left::at(app, &org, case).await?;
        facts.known.insert(LEFT.to_owned(), told);
    }
    Ok(())
}

/// The unit that owns the case.
fn unit(app: &App, facts: &Facts) -> Option<Org> {
    let id: OrgId = facts.org.get("id")?.as_str()?.parse().ok()?;
    app.orgs().get(id).cloned()
}

/// Every item and condition of the scorecards of a unit, this period and the last.
async fn scores(app: &App, release: &Release, org: &Org) -> Answer<Json> {
    let mut rows = Vec::new();
    for known in release.scorecards.values().filter(|card| cards::is_scored(card, org)) {
        for label in cards::periods(known, app.today()).iter().take(2) {
            let period = cards::period(known, Some(label), app.today())?;
            let judged = cards::judged_by(app, &period)?;
            let Some(card) = judged.scorecards.get(&known.id) else { continue };
            let standing =
                cards::standing(app, &Scope::company(), &judged, card, &period, org).await?;
            let drawn = Drawn { release: &judged, card, period: &period };
            rows.extend(drawn.rows(&standing));
        }
    }
    Ok(Json::Array(rows))
}

/// A scorecard of a period, row by row.
struct Drawn<'a> {
    release: &'a Release,
    card: &'a Scorecard,
    period: &'a CardPeriod,
}

impl Drawn<'_> {
    fn rows(&self, standing: &cards::Standing) -> Vec<Json> {
        let score = &standing.score;
        let reached = score.level.as_ref();
        let level = reached.and_then(|id| self.card.levels.iter().find(|l| l.id == *id));
        let mut by: Vec<String> =
            standing.entered.iter().map(|row| row.actor.to_string()).collect();
        by.sort_unstable();
        by.dedup();
        let total = json!({
            "id": reached, "title": self.card.title.zh, "title_en": self.card.title.en,
            "level": level.map(|level| &level.title.zh),
            "level_en": level.map(|level| &level.title.en),
            "stars": level.map_or(0, |level| level.stars),
            "points": score.points.and_then(|points| points.to_f64()),
            "most": self.card.points, "by": by,
        });
        let mut rows = vec![self.row("total", total)];
        rows.extend(score.items.iter().filter_map(|awarded| self.item(awarded)));
        rows.extend(score.levels.iter().flat_map(|level| self.level(level)));
        rows
    }

    fn row(&self, part: &str, mut of: Json) -> Json {
        let named = [("card", &self.card.id), ("period", &self.period.label)];
        for (name, value) in named {
            of[name] = value.as_str().into();
        }
        of["part"] = part.into();
        of
    }

    fn item(&self, awarded: &Awarded) -> Option<Json> {
        let item = self.card.items.iter().find(|item| item.id == awarded.id)?;
        let read = self.read(&awarded.read);
        let of = json!({
            "id": item.id, "title": item.title.zh, "title_en": item.title.en,
            "points": awarded.points.and_then(|points| points.to_f64()), "most": item.points,
            "read": read.zh, "read_en": read.en,
        });
        Some(self.row("item", of))
    }

    fn level(&self, reached: &Reached) -> Vec<Json> {
        let Some(level) = self.card.levels.iter().find(|level| level.id == reached.id) else {
            return Vec::new();
        };
        let row = |stood: &Condition| {
            let asked = level.conditions.iter().find(|asked| asked.id == stood.id)?;
            let read = self.read(&stood.read);
            let of = json!({
                "id": format!("{}/{}", level.id, asked.id),
                "title": asked.title.zh, "title_en": asked.title.en,
                "level": level.title.zh, "level_en": level.title.en, "stars": level.stars,
                "met": stood.held, "read": read.zh, "read_en": read.en,
            });
            Some(self.row("condition", of))
        };
        reached.conditions.iter().filter_map(row).collect()
    }

    /// What was looked at, in one line; what nobody counted or entered is said to be missing.
    fn read(&self, read: &[(String, Value)]) -> Words {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (path, value) in read {
            let seen = one(self.release, self.card, path, value);
            let (said_zh, said_en) =
                seen.value.map_or(("无数据".to_owned(), "no data".to_owned()), |v| (v.zh, v.en));
            zh.push(format!("{} {said_zh}", seen.title.zh));
            en.push(format!("{}: {said_en}", seen.title.en));
        }
        Words { zh: zh.join("；"), en: en.join("; ") }
    }
}

/// How all units at or below this one stand on the scorecards with points, by the period that ended
/// last; the most points first, equal points share a rank.
async fn standings(app: &App, release: &Release, at: &Org) -> Answer<Json> {
    let mut rows = Vec::new();
    for known in release.scorecards.values().filter(|card| card.points.is_some()) {
        let Some(label) = cards::periods(known, app.today()).into_iter().nth(1) else { continue };
        let period = cards::period(known, Some(&label), app.today())?;
        let judged = cards::judged_by(app, &period)?;
        let Some(card) = judged.scorecards.get(&known.id) else { continue };
        let mut ranked = ranked(app, (&judged, card, &period), at).await?;
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let points: Vec<f64> = ranked.iter().map(|(points, _)| *points).collect();
        for (points_of, mut row) in ranked {
            let better = points.iter().filter(|other| **other > points_of).count();
            row.insert("rank".to_owned(), (better + 1).into());
            rows.push(Json::Object(row));
        }
    }
    Ok(Json::Array(rows))
}

async fn ranked(
    app: &App,
    (release, card, period): (&Release, &Scorecard, &CardPeriod),
    at: &Org,
) -> Answer<Vec<(f64, Map<String, Json>)>> {
    let below = Scope::subtree(at);
    let orgs: Vec<Org> = app.orgs().all().into_iter().cloned().collect();
    let orgs = orgs.into_iter().filter(|org| cards::is_ranked(card, org) && below.holds(&org.path));
    let orgs: Vec<Org> = orgs.collect();
    if orgs.len() > MOST {
        return Err(Problem::new("bad-request").detail(
            format!("一次最多排名 {MOST} 个网点；请由下级机构分别考评"),
            format!("At most {MOST} units are ranked at once; assess them further down the tree"),
        ));
    }
    let mut rows = Vec::new();
    for org in &orgs {
        let standing = cards::standing(app, &Scope::company(), release, card, period, org).await?;
        let points = standing.score.points.and_then(|points| points.to_f64()).unwrap_or(0.0);
        let row = json!({
            "card": card.id, "period": period.label, "org": org.code,
            "org_id": org.id.to_string(), "name": org.name, "points": points,
            "unrated": standing.score.unrated, "stars": org.stars,
        });
        if let Json::Object(row) = row {
            rows.push((points, row));
        }
    }
    Ok(rows)
}

/// Other cases of the process at the unit.
async fn earlier(app: &App, process: &str, org: OrgId, case: Option<&CaseState>) -> Answer<Json> {
    let but = case.and_then(|case| case.id);
    let rows = app.store().earlier(process, org, but).await?;
    let row = |row: store::cases::Earlier| {
        json!({
            "case": row.id.to_string(), "number": row.number, "state": row.state,
            "since": row.since.to_string(), "open": row.open,
        })
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The case that opened this one: its plain answers and lists. What is sealed is an object, and
/// stays with it.
async fn parent(app: &App, case: Option<&CaseState>) -> Answer<Json> {
    let Some(id) = case.and_then(|case| case.parent) else { return Ok(Json::Null) };
    let parent = app.store().case(id, &Scope::company()).await?.state;
    let state = parent.tracks.get("main").map(|main| main.state.clone());
    let data: Map<String, Json> =
        parent.data.into_iter().filter(|(_, answer)| !answer.is_object()).collect();
    Ok(json!({
        "number": parent.number, "process": parent.process, "state": state, "data": data,
    }))
}
