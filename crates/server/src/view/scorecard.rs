//! A scorecard (评分表) of a unit and a period, item by item.

use super::{ClauseView, OrgRef, PersonRef, Words};
use crate::app::App;
use crate::auth::Session;
use crate::figures::amount::{AmountView, Kind};
use crate::figures::cards::{self, CardPeriod, Standing};
use crate::figures::period;
use crate::problem::Answer;
use base::PersonId;
use engine::score::{Awarded, Condition, Reached};
use rulebook::Release;
use rulebook::expr::{Type, Value};
use rulebook::model::{EntryKind, Measure, ScoreEntry, Scorecard};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::measures::Entered;
use store::org::Org;
use utoipa::ToSchema;

/// A period one may look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScorePeriod)]
pub struct PeriodView {
    /// `2026`, `2026-Q4`, `2026-11`.
    pub id: String,
    /// In words.
    pub title: Words,
}

impl PeriodView {
    /// A period by its name.
    pub fn of(label: &str) -> Self {
        Self { id: label.to_owned(), title: period::words(label) }
    }
}

/// A scorecard filled in for a unit and a period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scorecard)]
pub struct ScorecardView {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    org: OrgRef,
    period: PeriodView,
    /// First day of the period.
    from: String,
    /// Last day of the period.
    to: String,
    /// Whether the period is over; before that every sum is provisional (暂计).
    over: bool,
    /// The release whose rules judge it.
    release: String,
    /// What all items add up to; absent where the card gives no points.
    most: Option<u32>,
    /// The points of all rated items.
    points: Option<f64>,
    /// Items and conditions that are not rated (未评).
    unrated: usize,
    /// Entries that nobody has made yet.
    missing: usize,
    items: Vec<ItemView>,
    levels: Vec<LevelView>,
    /// The highest level whose conditions all hold.
    level: Option<Words>,
    entries: Vec<EntryView>,
}

/// One line of points.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreItem)]
pub struct ItemView {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    /// The most it can give.
    most: u32,
    /// What it gave; absent: not rated.
    points: Option<f64>,
    /// More than it can give: a mistake of the rulebook, nothing is counted.
    beyond: bool,
    read: Vec<ReadView>,
}

/// A level (星级).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreLevel)]
pub struct LevelView {
    id: String,
    title: Words,
    stars: u32,
    clauses: Vec<ClauseView>,
    held: bool,
    conditions: Vec<ConditionView>,
}

/// What a level asks for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreCondition)]
pub struct ConditionView {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    /// Whether it holds; absent: not rated.
    held: Option<bool>,
    read: Vec<ReadView>,
}

/// What an award or a condition looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ScoreRead)]
pub struct ReadView {
    /// What it is called.
    pub title: Words,
    /// Absent: nothing was counted, or nobody entered it.
    pub value: Option<Words>,
    /// Measures with the list behind it.
    measures: Vec<String>,
    /// The entry it is.
    entry: Option<String>,
}

/// What people enter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreEntry)]
pub struct EntryView {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    /// `yes_no`, `number`, `percent`.
    #[schema(value_type = String)]
    kind: EntryKind,
    /// Behind a number.
    unit: Option<String>,
    /// Roles that may enter it.
    by: Vec<Words>,
    /// Whether I may.
    may: bool,
    /// What holds now.
    value: Json,
    text: Option<Words>,
    /// Everything entered, the latest first.
    history: Vec<MadeView>,
}

/// What somebody entered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreEntryMade)]
pub struct MadeView {
    /// Absent: it was taken back.
    text: Option<Words>,
    /// What it stands on.
    evidence: String,
    actor: PersonRef,
    at: String,
}

/// What a scorecard is drawn from.
pub struct Drawn<'a> {
    /// Names and rights.
    pub app: &'a App,
    /// Who looks.
    pub session: &'a Session,
    /// The release that judges.
    pub release: &'a Release,
    /// The card.
    pub card: &'a Scorecard,
    /// The period.
    pub period: &'a CardPeriod,
    /// Who is scored.
    pub org: &'a Org,
}

impl Drawn<'_> {
    /// The whole card.
    pub async fn view(&self, standing: &Standing) -> Answer<ScorecardView> {
        let people = self.people(&standing.entered).await?;
        let score = &standing.score;
        let entries: Vec<EntryView> = self
            .card
            .entries
            .iter()
            .map(|entry| self.entry(entry, &standing.entered, &people))
            .collect();
        let levels: Vec<LevelView> =
            score.levels.iter().filter_map(|reached| self.level(reached)).collect();
        let open = levels.iter().flat_map(|level| &level.conditions);
        let open = open.filter(|condition| condition.held.is_none()).count();
        let level = score.level.as_ref().and_then(|id| levels.iter().find(|l| l.id == *id));
        Ok(ScorecardView {
            id: self.card.id.clone(),
            title: (&self.card.title).into(),
            clauses: self.clauses(&self.card.clause),
            org: self.org.into(),
            period: PeriodView::of(&self.period.label),
            from: self.period.first.to_string(),
            to: self.period.last.to_string(),
            over: self.period.last < self.app.today(),
            release: self.release.hash.chars().take(12).collect(),
            most: self.card.points,
            points: score.points.and_then(|points| points.to_f64()),
            unrated: score.unrated + open,
            missing: entries.iter().filter(|entry| entry.value.is_null()).count(),
            items: score.items.iter().filter_map(|awarded| self.item(awarded)).collect(),
            level: level.map(|level| level.title.clone()),
            levels,
            entries,
        })
    }

    async fn people(&self, entered: &[Entered]) -> Answer<BTreeMap<PersonId, String>> {
        let mut ids: Vec<PersonId> = entered.iter().map(|row| row.actor).collect();
        ids.sort_unstable();
        ids.dedup();
        let people = self.app.store().people_named(&ids).await?;
        Ok(people.into_iter().map(|p| (p.id, p.name.reveal().to_owned())).collect())
    }

    fn clauses(&self, ids: &[String]) -> Vec<ClauseView> {
        ClauseView::all(self.release, ids, self.session.lang)
    }

    fn item(&self, awarded: &Awarded) -> Option<ItemView> {
        let item = self.card.items.iter().find(|item| item.id == awarded.id)?;
        Some(ItemView {
            id: item.id.clone(),
            title: (&item.title).into(),
            clauses: self.clauses(&item.clause),
            most: item.points,
            points: awarded.points.and_then(|points| points.to_f64()),
            beyond: awarded.beyond,
            read: self.read(&awarded.read),
        })
    }

    fn level(&self, reached: &Reached) -> Option<LevelView> {
        let level = self.card.levels.iter().find(|level| level.id == reached.id)?;
        let condition = |stood: &Condition| {
            let asked = level.conditions.iter().find(|c| c.id == stood.id)?;
            Some(ConditionView {
                id: asked.id.clone(),
                title: (&asked.title).into(),
                clauses: self.clauses(&asked.clause),
                held: stood.held,
                read: self.read(&stood.read),
            })
        };
        Some(LevelView {
            id: level.id.clone(),
            title: (&level.title).into(),
            stars: level.stars,
            clauses: self.clauses(&level.clause),
            held: reached.held,
            conditions: reached.conditions.iter().filter_map(condition).collect(),
        })
    }

    fn read(&self, read: &[(String, Value)]) -> Vec<ReadView> {
        read.iter().map(|(path, value)| one(self.release, self.card, path, value)).collect()
    }

    fn entry(
        &self,
        entry: &ScoreEntry,
        entered: &[Entered],
        people: &BTreeMap<PersonId, String>,
    ) -> EntryView {
        let made: Vec<&Entered> = entered.iter().filter(|row| row.field == entry.id).collect();
        let value = made.last().map_or(Json::Null, |row| row.value.clone());
        let role = |id: &String| {
            let known = self.release.roles.get(id);
            known.map_or_else(|| Words::key(id), |role| (&role.title).into())
        };
        let history = made.iter().rev().map(|row| MadeView {
            text: said(entry, &row.value),
            evidence: row.evidence.clone(),
            actor: PersonRef::new(row.actor, people.get(&row.actor).map_or("", String::as_str)),
            at: row.made_at.to_string(),
        });
        EntryView {
            id: entry.id.clone(),
            title: (&entry.title).into(),
            clauses: self.clauses(&entry.clause),
            kind: entry.kind,
            unit: entry.unit.clone(),
            by: entry.by.iter().map(role).collect(),
            may: self.session.may(rulebook::model::Permission::ScoreEnter)
                && cards::may_enter(self.session, entry, self.org.id, self.app),
            text: said(entry, &value),
            value,
            history: history.collect(),
        }
    }
}

/// One thing that was looked at: an entry, a figure, a measure, a setting, the unit.
pub fn one(release: &Release, card: &Scorecard, path: &str, value: &Value) -> ReadView {
    let (root, rest) = path.split_once('.').map_or((path, ""), |(root, rest)| (root, rest));
    let plain = || (!value.is_null()).then(|| Words::key(&value.to_string()));
    let mut view = ReadView { title: Words::key(path), value: None, measures: vec![], entry: None };
    if let Some(entry) = card.entries.iter().find(|e| root == "entered" && e.id == rest) {
        view.title = (&entry.title).into();
        view.value = said(entry, &value.to_json(&Type::Any));
        view.entry = Some(entry.id.clone());
    } else if let Some(figure) = release.figures.iter().find(|figure| figure.id == root) {
        view.title = (&figure.title).into();
        view.value = Kind::from(figure.format).amount(value).map(|amount| amount.text);
        view.measures = figure.measures();
    } else if let Some(measure) = release.measures.get(root) {
        view.title = (&measure.title).into();
        view.value = of_measure(measure, rest, value);
        view.measures = vec![measure.id.clone()];
    } else if let Some(setting) = release.parameters.get(rest).filter(|_| root == "params") {
        view.title = (&setting.title).into();
        view.value = plain();
    } else if root == "score" {
        view.title = Words { zh: "得分".into(), en: "Points".into() };
        view.value = plain();
    } else {
        view.value = plain();
    }
    view
}

/// What was entered in words; `None` where it was taken back.
fn said(entry: &ScoreEntry, value: &Json) -> Option<Words> {
    let kind = match entry.kind {
        EntryKind::YesNo => Kind::YesNo,
        EntryKind::Number => Kind::Number,
        EntryKind::Percent => Kind::Percent,
    };
    let value = Value::from_json(value, &entry.kind.read_type()).ok()?;
    let AmountView { text, .. } = kind.amount(&value)?;
    let Some(unit) = &entry.unit else { return Some(text) };
    Some(Words { zh: format!("{} {unit}", text.zh), en: format!("{} {unit}", text.en) })
}

fn of_measure(measure: &Measure, part: &str, value: &Value) -> Option<Words> {
    let kind = if part == "count" { Kind::Times } else { Kind::from(measure.unit) };
    kind.amount(value).map(|amount| amount.text)
}
