//! Scorecards (评分表): which period and which unit, what people entered, how it adds up.

use super::period::Grain;
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use base::{Day, OrgId};
use engine::score::{self, Score, Tallies};
use rulebook::Release;
use rulebook::model::scorecard::{Period, Subject};
use rulebook::model::{EntryKind, ScoreEntry, Scorecard};
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use store::Scope;
use store::measures::{Entered, TallyQuery};
use store::org::Org;

/// Periods one may look at: this one and those before it.
pub const SHOWN: usize = 5;
/// The most a number may be: who has more vehicles in the area than this has mistyped.
const MOST: f64 = 1e12;

/// A period of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPeriod {
    /// `2026`, `2026-Q4`, `2026-11`.
    pub label: String,
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

const fn grain(card: &Scorecard) -> Grain {
    match card.period {
        Period::Year => Grain::Year,
        Period::Quarter => Grain::Quarter,
        Period::Month => Grain::Month,
    }
}

/// This period and those before it, the latest first.
pub fn periods(card: &Scorecard, today: Day) -> Vec<String> {
    let grain = grain(card);
    let mut day = Some(grain.first(today));
    let mut labels = Vec::new();
    while let Some(first) = day.filter(|_| labels.len() < SHOWN) {
        labels.push(grain.label(first));
        day = grain.plus(first, -1);
    }
    labels
}

/// The period of that name, this one without; a problem for one that has not begun.
pub fn period(card: &Scorecard, label: Option<&str>, today: Day) -> Answer<CardPeriod> {
    let grain = grain(card);
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    let first = label.map_or(Some(grain.first(today)), |label| grain.starts(label));
    let example = grain.label(today);
    let unreadable = || {
        let given = label.unwrap_or_default();
        Problem::new("bad-request").detail(
            format!("“{given}”不是“{}”的期间；请写成 {example} 这样", card.title.zh),
            format!("`{given}` is no period of `{}`; write it like {example}", card.title.en),
        )
    };
    let first = first.ok_or_else(unreadable)?;
    if first > today {
        return Err(Problem::new("bad-request").detail(
            format!("{} 还没有开始；最近的期间是 {example}", grain.label(first)),
            format!("{} has not begun; the latest period is {example}", grain.label(first)),
        ));
    }
    let next = grain.plus(first, 1).and_then(|next| base::time::add_days(next, -1));
    let last = next.ok_or_else(unreadable)?;
    Ok(CardPeriod { label: grain.label(first), first, last })
}

/// The release that judges a period: the one in force on its last day, or today while it runs. So
/// a change of the rules does not change last year's assessment.
pub fn judged_by(app: &App, period: &CardPeriod) -> Answer<Arc<Release>> {
    app.releases().current(period.last.min(app.today()))
}

/// The scorecard of that id.
pub fn card<'r>(release: &'r Release, id: &str) -> Answer<&'r Scorecard> {
    release.scorecards.get(id).ok_or_else(|| {
        Problem::new("not-found").detail(
            format!("制度里没有评分表“{id}”"),
            format!("The rulebook has no scorecard `{id}`"),
        )
    })
}

/// Whether a unit is scored by a card.
pub fn is_scored(card: &Scorecard, org: &Org) -> bool {
    match card.subject {
        Subject::Station => org.kind == "station",
        Subject::Dealer => matches!(org.kind.as_str(), "agent" | "dealer"),
    }
}

/// Whether a unit stands in the ranking of a card: one that works under the company's name and has
/// not left.
pub fn is_ranked(card: &Scorecard, org: &Org) -> bool {
    is_scored(card, org) && org.registered && org.standing != store::org::Standing::Closed
}

/// The units in scope that a card scores.
pub fn scored(app: &App, session: &Session, card: &Scorecard) -> Vec<Org> {
    let orgs = app.orgs();
    let all = orgs.all().into_iter();
    all.filter(|org| is_scored(card, org) && session.scope.holds(&org.path)).cloned().collect()
}

/// The unit that is asked for: in scope, and one the card scores.
pub fn subject(app: &App, session: &Session, card: &Scorecard, org: &str) -> Answer<Org> {
    let (found, _) = super::asked::place(app, session, Some(org))?;
    let found = found.ok_or_else(|| Problem::from(store::StoreError::NotFound("org")))?;
    if !is_scored(card, &found) {
        return Err(Problem::new("bad-request").detail(
            format!("“{}”不是“{}”评分的对象；请选一个网点", found.name, card.title.zh),
            format!("`{}` is not scored by `{}`; choose a station", found.name, card.title.en),
        ));
    }
    Ok(found)
}

/// How a unit stands in a period.
#[derive(Debug)]
pub struct Standing {
    /// Everything that was entered, the oldest first.
    pub entered: Vec<Entered>,
    /// Points, items and levels.
    pub score: Score,
}

/// What a unit counted, everything below it included.
pub async fn tallies(
    app: &App,
    release: &Release,
    period: &CardPeriod,
    org: &Org,
) -> Answer<Tallies> {
    let measures: Vec<String> = release.measures.keys().cloned().collect();
    let query = TallyQuery {
        measures: &measures,
        from: period.first,
        to: period.last,
        grain: store::measures::Grain::Whole,
        by_org: false,
        only: &std::collections::BTreeMap::new(),
    };
    let rows = app.store().tallies(&query, &Scope::subtree(org)).await?;
    Ok(rows.into_iter().map(|row| (row.measure, row.tally)).collect())
}

/// Scores a unit; what was entered is read within `scope`.
pub async fn standing(
    app: &App,
    scope: &Scope,
    release: &Release,
    card: &Scorecard,
    period: &CardPeriod,
    org: &Org,
) -> Answer<Standing> {
    let store = app.store();
    let entered = store.entered_scores(&card.id, org.id, period.first, scope).await?;
    let counted = tallies(app, release, period, org).await?;
    let facts = store::cases::org_facts(org, app.orgs().mode(org.id).0, None);
    let facts = score::score_facts(release, &counted, &holding(&entered), &facts);
    Ok(Standing { score: score::score(card, facts), entered })
}

/// What holds of everything that was entered: the newest of each; null takes it back.
pub fn holding(entered: &[Entered]) -> Map<String, Json> {
    let mut values = Map::new();
    for row in entered {
        values.insert(row.field.clone(), row.value.clone());
    }
    values.retain(|_, value| !value.is_null());
    values
}

/// Whether somebody may enter it: a role of theirs stands in the card.
pub fn may_enter(session: &Session, entry: &ScoreEntry, org: OrgId, app: &App) -> bool {
    let orgs = app.orgs();
    let held = |role: &String| {
        session.person.roles.iter().any(|at| at.role == *role && orgs.is_within(org, at.org))
    };
    entry.by.iter().any(held)
}

/// What is wrong with a value; null takes an entry back.
pub fn wrong(entry: &ScoreEntry, value: &Json) -> Option<(&'static str, &'static str)> {
    let number = value.as_f64();
    match (entry.kind, value) {
        (_, Json::Null) | (EntryKind::YesNo, Json::Bool(_)) => None,
        (EntryKind::YesNo, _) => Some(("请选是或否", "Choose yes or no")),
        (EntryKind::Number, _) if number.is_some_and(|n| (0.0..=MOST).contains(&n)) => None,
        (EntryKind::Number, _) => Some(("请填一个不小于 0 的数", "Enter a number from 0 up")),
        (EntryKind::Percent, _) if number.is_some_and(|n| (0.0..=1.0).contains(&n)) => None,
        (EntryKind::Percent, _) => {
            Some(("请填 0 到 100% 之间的比例", "Enter a share from 0 to 100 %"))
        }
    }
}
