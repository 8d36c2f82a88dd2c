//! Figures (统计数) and measures (指标) with what they came to.

use super::{ClauseView, OrgRef, Words};
use crate::app::App;
use crate::auth::Session;
use crate::figures::amount::{AmountView, Kind};
use crate::figures::asked::{Asked, Place, places};
use crate::figures::formula;
use crate::figures::reading::{Point, Reading, shown};
use rulebook::Release;
use rulebook::model::{Better, Figure, Measure};
use serde::Serialize;
use utoipa::ToSchema;

/// For which place and period numbers are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Period {
    /// The unit, with everything below it.
    org: Option<OrgRef>,
    /// The first day.
    from: String,
    /// The last day.
    to: String,
    /// How trends are divided: `day`, `month`, `quarter`, `year`.
    grain: &'static str,
    /// Places one may choose.
    places: Vec<Place>,
}

impl Period {
    /// What was asked.
    pub fn of(app: &App, session: &Session, asked: &Asked) -> Self {
        Self {
            org: asked.org.as_ref().map(OrgRef::from),
            from: asked.from.to_string(),
            to: asked.to.to_string(),
            grain: asked.grain.word(),
            places: places(app, session),
        }
    }
}

/// A figure (统计数) of a place and period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Figure)]
pub struct FigureView {
    /// Its key.
    pub id: String,
    /// Its words.
    pub title: Words,
    /// What asks for it.
    pub clauses: Vec<ClauseView>,
    /// How it is made, in words.
    pub formula: Words,
    /// The measures it is made of.
    pub measures: Vec<String>,
    /// What numbers are in: `%`, `元`, `小时`.
    pub unit: Words,
    /// Absent: nothing was counted that it divides by, so it is not rated (未评).
    pub value: Option<AmountView>,
    /// What it should be.
    pub target: Option<AmountView>,
    /// Whether more or less is better.
    #[schema(value_type = Option<String>)]
    pub better: Option<Better>,
    /// Whether it is as good as its target.
    pub met: Option<bool>,
    /// Period by period.
    pub trend: Vec<Point>,
    /// First day of the release that first counted all it is made of: before it there is no number.
    pub since: Option<String>,
}

/// A measure (指标) of a place and period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Measure)]
pub struct MeasureView {
    /// Its key.
    pub id: String,
    /// Its words.
    pub title: Words,
    /// What asks for it.
    pub clauses: Vec<ClauseView>,
    /// What numbers are in: `次`, `元`, `小时`.
    pub unit: Words,
    /// What it came to; of durations the mean, absent where there was none.
    pub value: Option<AmountView>,
    /// How many events.
    pub times: i64,
    /// What it can be broken down by, beside station and day.
    pub by: Vec<DimensionRef>,
    /// Period by period.
    pub trend: Vec<Point>,
    /// First day of the release that first counted it.
    pub since: Option<String>,
}

/// A dimension (维度).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DimensionRef {
    /// Its key.
    pub id: String,
    /// Its words.
    pub title: Words,
}

impl DimensionRef {
    /// Dimensions of a measure.
    pub fn all(release: &Release, measure: &Measure) -> Vec<Self> {
        let known = measure.by.iter().filter_map(|id| release.dimensions.get(id));
        known.map(|d| Self { id: d.id.clone(), title: (&d.title).into() }).collect()
    }
}

/// Since when measures are counted: the earliest release that has them all without a gap. What is
/// older was never counted, and nothing is counted after the event.
pub fn since(app: &App, measures: &[String]) -> Option<String> {
    let releases = app.releases().until(app.today());
    let holds = |release: &Release| measures.iter().all(|id| release.measures.contains_key(id));
    let first = releases.iter().rev().take_while(|release| holds(release)).last()?;
    first.effective.map(|day| day.to_string())
}

impl FigureView {
    /// A figure as read.
    pub fn of(app: &App, session: &Session, reading: &Reading<'_>, figure: &Figure) -> Self {
        let kind = Kind::from(figure.format);
        let now = reading.figure(figure);
        let amount = |value: &rulebook::expr::Value| kind.amount(value);
        let measures = figure.measures();
        Self {
            id: figure.id.clone(),
            title: (&figure.title).into(),
            clauses: ClauseView::all(reading.release(), &figure.clause, session.lang),
            formula: formula::words(reading.release(), figure.formula.source()),
            unit: kind.unit(),
            value: now.value.as_ref().and_then(amount),
            target: now.target.as_ref().and_then(amount),
            better: figure.better,
            met: now.met,
            trend: reading.figure_trend(figure),
            since: since(app, &measures),
            measures,
        }
    }
}

impl MeasureView {
    /// A measure as read.
    pub fn of(app: &App, session: &Session, reading: &Reading<'_>, measure: &Measure) -> Self {
        let tally = reading.tally(&measure.id);
        Self {
            id: measure.id.clone(),
            title: (&measure.title).into(),
            clauses: ClauseView::all(reading.release(), &measure.clause, session.lang),
            unit: Kind::from(measure.unit).unit(),
            value: shown(measure, &tally),
            times: tally.times,
            by: DimensionRef::all(reading.release(), measure),
            trend: reading.measure_trend(measure),
            since: since(app, std::slice::from_ref(&measure.id)),
        }
    }
}
