//! A replay as shown.

use crate::app::App;
use crate::auth::Session;
use crate::drafts::{Working, rules_hash};
use crate::problem::{Answer, Problem};
use crate::replay::job::{Terms, Totals, word};
use crate::view::unit::ModelRef;
use crate::view::{PersonRef, Words};
use base::{Instant, PersonId};
use engine::replay::Count;
use rulebook::model::Permission;
use serde::Serialize;
use std::collections::BTreeMap;
use store::replay::ReplayRow;
use utoipa::ToSchema;

/// How the last replay of a draft stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftReplay {
    /// `none`, `running`, `done`, `cancelled`, `failed`, `interrupted` (the server was stopped), or
    /// `hidden`: somebody who sees more than the asker ran it.
    state: String,
    /// Whether the rules were edited since.
    stale: bool,
    /// Whether the asker may run one.
    may_run: bool,
    /// Whether there is any past verdict in the asker's scope.
    any: bool,
    run: Option<ReplayRun>,
    /// The totals, once it is done.
    report: Option<ReplayReport>,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayRun {
    by: PersonRef,
    started_at: String,
    ended_at: Option<String>,
    /// `decided`: with what was decided at the time; `base`: with what the release the draft was
    /// made of gives on the same facts.
    against: String,
    since: Option<String>,
    until: Option<String>,
    /// `waiting`, `reading`, `judging`, `writing`.
    phase: String,
    /// Verdicts dealt with in this phase.
    done: i64,
    /// Of so many.
    total: i64,
}

/// What a replay found. Money is the maker's, fen; negative: saved. Parts count at the ex-factory
/// price of the day of the verdict: the company's list, else the release that judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayReport {
    total: ReplayCount,
    /// By kind of change: `gained`, `lost`, `open`, `settled`, `better`, `worse`, `payer`, `later`,
    /// `earlier`.
    turns: Vec<ReplayGroup>,
    models: Vec<ReplayGroup>,
    parts: Vec<ReplayGroup>,
    stations: Vec<ReplayGroup>,
    months: Vec<ReplayGroup>,
    /// How many of the changes can be looked at, those with the most money.
    listed: usize,
    /// Whether there were more verdicts than one replay takes.
    cut: bool,
}

/// One number of a replay.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplayCount {
    verdicts: u64,
    changed: u64,
    cost_fen: i64,
    /// Changes whose money is not known.
    unknown: u64,
}

/// The numbers of a model, part, station, month or kind of change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayGroup {
    /// Key to ask the list by; `-` where it is not known.
    key: String,
    title: Words,
    count: ReplayCount,
}

impl From<&Count> for ReplayCount {
    fn from(count: &Count) -> Self {
        let Count { verdicts, changed, cost_fen, unknown } = *count;
        Self { verdicts, changed, cost_fen, unknown }
    }
}

impl DraftReplay {
    /// As the asker sees it.
    pub async fn of(app: &App, session: &Session, working: &Working) -> Answer<Self> {
        let (row, hidden) = super::seen(app, session, working.row.id).await?;
        let totals = match row.as_ref().and_then(|row| row.report.clone()) {
            Some(json) => Some(serde_json::from_value(json).map_err(|error| {
                tracing::error!(%error, "a kept replay cannot be read");
                Problem::new("internal")
            })?),
            None => None,
        };
        let any = match &row {
            Some(_) => true,
            None => app.store().any_past_verdict(&session.scope).await?,
        };
        let none = if hidden { "hidden" } else { "none" };
        let run = match &row {
            Some(row) => Some(run(row, name(app, row.person).await?)?),
            None => None,
        };
        let now = rules_hash(&working.sources);
        Ok(Self {
            state: row.as_ref().map_or(none, |row| row.state.as_str()).to_owned(),
            stale: row.as_ref().is_some_and(|row| row.text_hash != now),
            may_run: session.may(Permission::RulebookEdit),
            any,
            run,
            report: totals.as_ref().map(|totals| report(app, session, totals)),
        })
    }
}

fn run(row: &ReplayRow, by: PersonRef) -> Answer<ReplayRun> {
    let terms: Terms =
        serde_json::from_value(row.terms.clone()).map_err(|_| Problem::new("internal"))?;
    let against = serde_json::json!(terms.against);
    Ok(ReplayRun {
        by,
        started_at: row.started_at.to_string(),
        ended_at: row.ended_at.map(|at: Instant| at.to_string()),
        against: against.as_str().unwrap_or_default().to_owned(),
        since: terms.since.map(|day| day.to_string()),
        until: terms.until.map(|day| day.to_string()),
        phase: row.phase.clone(),
        done: row.done,
        total: row.total,
    })
}

async fn name(app: &App, person: PersonId) -> Answer<PersonRef> {
    let people = app.store().people_named(&[person]).await?;
    let name = people.first().map_or("", |known| known.name.reveal());
    Ok(PersonRef::new(person, name))
}

fn report(app: &App, session: &Session, totals: &Totals) -> ReplayReport {
    let groups = |counts: &BTreeMap<String, Count>, title: &dyn Fn(&str) -> Words| {
        let mut all: Vec<ReplayGroup> = counts
            .iter()
            .map(|(key, count)| ReplayGroup {
                key: if key.is_empty() { "-".to_owned() } else { key.clone() },
                title: title(key),
                count: count.into(),
            })
            .collect();
        all.sort_by_key(|group| {
            std::cmp::Reverse((group.count.cost_fen.saturating_abs(), group.count.changed))
        });
        all
    };
    let mut months = groups(&totals.months, &Words::key);
    months.sort_by(|a, b| a.key.cmp(&b.key));
    ReplayReport {
        total: (&totals.total).into(),
        turns: totals
            .turns
            .iter()
            .map(|(turn, count)| ReplayGroup {
                key: word(*turn),
                title: turn.words().into(),
                count: count.into(),
            })
            .collect(),
        models: groups(&totals.models, &|key| model(session, key)),
        parts: groups(&totals.parts, &|key| part(session, key)),
        stations: groups(&totals.stations, &|key| station(app, key)),
        months,
        listed: totals.listed,
        cut: totals.cut,
    }
}

/// A model in words.
pub fn model(session: &Session, key: &str) -> Words {
    ModelRef::of(&session.release, Some(key).filter(|key| !key.is_empty()), None).words()
}

/// A component in words.
pub fn part(session: &Session, key: &str) -> Words {
    let known = session.release.catalog.component(key);
    known.map_or_else(|| Words::key(key), |component| (&component.title).into())
}

/// A station by its name.
pub fn station(app: &App, code: &str) -> Words {
    app.orgs().by_code(code).map_or_else(|| Words::key(code), |org| Words::key(&org.name))
}
