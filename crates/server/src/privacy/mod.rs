//! What keeps a customer's personal data from being erased, in words, with its end.

pub mod copy;
mod page;

use crate::app::App;
use crate::auth::Session;
use crate::command::snapshot::{About, snapshot};
use crate::problem::Answer;
use crate::view::case::ProcessRef;
use crate::view::{ClauseView, Words};
use base::time::{Span, SpanUnit, add_days, add_months};
use base::{CustomerId, Day, UnitId};
use engine::Judge;
use rulebook::Release;
use serde::Serialize;
use serde_json::Map;
use store::erasure::{Keeps, OpenCase};
use utoipa::ToSchema;

/// The setting that says how long a closed case keeps its customer's data.
const RETENTION: &str = "personal_retention";

/// One thing that holds an erasure up.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Held {
    /// `case`, `warranty`, `retention`, `hold`.
    pub kind: &'static str,
    /// What it is.
    pub text: Words,
    /// The last day it holds; null while nobody ends it.
    pub through: Option<String>,
    /// The case or vehicle, or the hold that may be lifted.
    pub subject: Option<String>,
    /// The clause it stands on.
    pub clause: Option<ClauseView>,
}

/// Everything that holds up the erasure of a customer's data today: open cases, running terms of
/// the three guarantees, the time closed cases are kept, and holds put by people.
pub async fn held(
    app: &App,
    session: &Session,
    customer: CustomerId,
) -> Answer<(Keeps, Vec<Held>)> {
    let today = app.today();
    let keeps = app.store().what_keeps(customer, today).await?;
    let mut held: Vec<Held> = keeps.open_cases.iter().map(|case| open(app, case)).collect();
    for (unit, frame_no) in &keeps.vehicles {
        held.extend(covered(app, session, *unit, frame_no.as_deref(), today).await?);
    }
    held.extend(kept(app, session, &keeps, today));
    held.extend(keeps.holds.iter().map(|put| Held {
        kind: "hold",
        text: Words { zh: format!("保全：{}", put.reason), en: format!("Hold: {}", put.reason) },
        through: put.through.map(|day| day.to_string()),
        subject: Some(put.id.to_string()),
        clause: None,
    }));
    Ok((keeps, held))
}

fn open(app: &App, case: &OpenCase) -> Held {
    let release = app.releases().pinned(&case.release).ok();
    let title = ProcessRef::of(release.as_deref(), &case.process).title;
    let number = &case.number;
    Held {
        kind: "case",
        text: Words {
            zh: format!("{} {number} 尚未办结", title.zh),
            en: format!("{} {number} is still open", title.en),
        },
        through: None,
        subject: Some(case.id.to_string()),
        clause: None,
    }
}

/// The longest running term of a vehicle.
async fn covered(
    app: &App,
    session: &Session,
    unit: UnitId,
    frame_no: Option<&str>,
    today: Day,
) -> Answer<Option<Held>> {
    let release = &session.release;
    let about = About { case: None, org: session.org.id, unit: Some(unit), customer: None };
    let facts = snapshot(app, release, about, None, &Map::new()).await?;
    let found = engine::coverage_bars(&Judge::new(release, &facts.calendars), &facts, today);
    let last = found.bars.iter().max_by_key(|bar| bar.guarantee_until.max(Some(bar.ends)));
    let Some(bar) = last else { return Ok(None) };
    let through = bar.guarantee_until.map_or(bar.ends, |until| until.max(bar.ends));
    if through < today {
        return Ok(None);
    }
    let frame = frame_no.unwrap_or("–");
    Ok(Some(Held {
        kind: "warranty",
        text: Words {
            zh: format!("车辆 {frame} 的三包期未满（{}）", bar.title.zh),
            en: format!("The term of vehicle {frame} still runs ({})", bar.title.en),
        },
        through: Some(through.to_string()),
        subject: Some(unit.to_string()),
        clause: bar.clauses.first().map(|id| ClauseView::of(release, id, session.lang)),
    }))
}

/// The time a closed case keeps the data.
fn kept(app: &App, session: &Session, keeps: &Keeps, today: Day) -> Option<Held> {
    let closed = app.zone().day(keeps.last_closed?);
    let (span, clause) = retention(&session.release)?;
    let through = match span.unit {
        SpanUnit::Mo => add_months(closed, span.count),
        _ => add_days(closed, span.count),
    }?;
    if through < today {
        return None;
    }
    Some(Held {
        kind: "retention",
        text: Words {
            zh: format!("最近一张工单 {closed} 办结，保存期未满"),
            en: format!("The last case was closed on {closed}; it is kept for its time"),
        },
        through: Some(through.to_string()),
        subject: None,
        clause: clause.map(|id| ClauseView::of(&session.release, &id, session.lang)),
    })
}

fn retention(release: &Release) -> Option<(Span, Option<String>)> {
    let setting = release.parameters.get(RETENTION)?;
    let span = Span::parse(setting.value.as_ref()?.as_str()?)?;
    Some((span, setting.clause.first().cloned()))
}
