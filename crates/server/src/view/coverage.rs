//! Coverage bars: what is covered until when, part by part.

use super::{ClauseView, Words};
use crate::app::App;
use crate::auth::Session;
use crate::command::snapshot;
use crate::problem::Answer;
use base::time::add_months;
use engine::Judge;
use engine::warranty::BarState;
use engine::why::Reader;
use serde::Serialize;
use serde_json::Map;
use store::unit::Unit;
use utoipa::ToSchema;

/// What is covered until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    today: String,
    starts: String,
    start_basis: Option<String>,
    bars: Vec<Bar>,
    axis: Axis,
}

/// One line: parts with the same term.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bar {
    components: Vec<String>,
    title: Words,
    fault_group: Option<Words>,
    starts: String,
    ends: String,
    /// `covered`, `soon`, `over`.
    #[schema(value_type = String)]
    state: BarState,
    clause: Option<ClauseView>,
    why: Vec<String>,
    /// Until when the last repair is guaranteed.
    guarantee_until: Option<String>,
}

/// What the drawing spans.
#[derive(Debug, Serialize, ToSchema)]
pub struct Axis {
    from: String,
    to: String,
}

/// The coverage of a vehicle today; `None` when nothing is known to count from.
pub async fn coverage(app: &App, session: &Session, unit: &Unit) -> Answer<Option<Coverage>> {
    let release = &session.release;
    let about =
        snapshot::About { case: None, org: session.org.id, unit: Some(unit.id), customer: None };
    let facts = snapshot::snapshot(app, release, about, None, &Map::new()).await?;
    let today = app.today();
    let judge = Judge::new(release, &facts.calendars);
    let found = engine::coverage_bars(&judge, &facts, today);
    let Some(starts) = found.starts else { return Ok(None) };
    let reader = Reader { release, process: None, zone: app.zone(), lang: session.lang };
    let last = found.bars.iter().map(|bar| bar.ends).max().unwrap_or(today).max(today);
    let bars = found.bars.into_iter().map(|bar| Bar {
        title: bar.title.into(),
        fault_group: bar.fault_group.map(Words::from),
        starts: bar.starts.to_string(),
        ends: bar.ends.to_string(),
        state: bar.state,
        clause: bar.clauses.first().map(|id| ClauseView::of(release, id, session.lang)),
        why: reader.sentences(&bar.why),
        guarantee_until: bar.guarantee_until.map(|day| day.to_string()),
        components: bar.components,
    });
    Ok(Some(Coverage {
        today: today.to_string(),
        starts: starts.to_string(),
        start_basis: found.start_basis,
        bars: bars.collect(),
        axis: Axis {
            from: starts.min(today).to_string(),
            to: add_months(last, 1).unwrap_or(last).to_string(),
        },
    }))
}
