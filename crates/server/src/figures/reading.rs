//! What was counted for a place and a period, ready for formulas.

use super::amount::{AmountView, Kind};
use super::asked::Asked;
use super::period;
use crate::app::App;
use crate::problem::{Answer, Problem};
use crate::view::Words;
use base::OrgId;
use engine::count::Tally;
use engine::score::{self, Facts, Shown, Tallies};
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::{Figure, Measure, Unit};
use serde::Serialize;
use std::collections::BTreeMap;
use store::measures::{Grain, TallyQuery, TallyRow};
use utoipa::ToSchema;

/// A point of a trend.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Point {
    /// `2026-11-20`, `2026-11`, `2026-Q4`, `2026`.
    pub period: String,
    /// The period in words.
    pub title: Words,
    /// What it came to; absent where nothing was counted that it is made of.
    pub value: Option<AmountView>,
}

/// Numbers of one place and period.
#[derive(Debug)]
pub struct Reading<'a> {
    release: &'a Release,
    whole: Tallies,
    facts: Facts,
    trend: Vec<(String, Tallies, Facts)>,
}

impl<'a> Reading<'a> {
    /// Reads these measures.
    pub async fn of(
        app: &App,
        release: &'a Release,
        asked: &Asked,
        measures: &[String],
    ) -> Answer<Self> {
        let query = TallyQuery {
            measures,
            from: asked.from,
            to: asked.to,
            grain: Grain::Whole,
            by_org: false,
            only: &asked.only,
        };
        let rows = app.store().tallies(&query, &asked.place).await?;
        let whole: Tallies = rows.into_iter().map(|row| (row.measure, row.tally)).collect();
        let query = TallyQuery { from: asked.since(), grain: asked.grain.stored(), ..query };
        let rows = app.store().tallies(&query, &asked.place).await?;
        let mut by_period: BTreeMap<String, Tallies> = BTreeMap::new();
        for TallyRow { measure, period, tally, .. } in rows {
            let tallies = by_period.entry(asked.grain.named(&period)).or_default();
            tallies.entry(measure).or_default().join(&tally);
        }
        let trend = asked.periods.iter().map(|label| {
            let tallies = by_period.remove(label).unwrap_or_default();
            let facts = score::facts(release, &tallies);
            (label.clone(), tallies, facts)
        });
        let trend = trend.collect();
        let facts = score::facts(release, &whole);
        Ok(Self { release, whole, facts, trend })
    }

    /// A figure of the whole period.
    pub fn figure(&self, figure: &Figure) -> Shown {
        score::figure(figure, &self.facts)
    }

    /// A figure period by period.
    pub fn figure_trend(&self, figure: &Figure) -> Vec<Point> {
        let kind = Kind::from(figure.format);
        self.points(|_, facts| kind.amount(&figure.formula.eval(facts)))
    }

    /// What a measure counted over the whole period.
    pub fn tally(&self, measure: &str) -> Tally {
        self.whole.get(measure).cloned().unwrap_or_default()
    }

    /// A measure period by period.
    pub fn measure_trend(&self, measure: &Measure) -> Vec<Point> {
        let nothing = Tally::default();
        let amount =
            |tallies: &Tallies| shown(measure, tallies.get(&measure.id).unwrap_or(&nothing));
        self.points(|tallies, _| amount(tallies))
    }

    fn points(&self, amount: impl Fn(&Tallies, &Facts) -> Option<AmountView>) -> Vec<Point> {
        let point = |(label, tallies, facts): &(String, Tallies, Facts)| Point {
            period: label.clone(),
            title: period::words(label),
            value: amount(tallies, facts),
        };
        self.trend.iter().map(point).collect()
    }

    /// The release whose words and formulas hold.
    pub fn release(&self) -> &Release {
        self.release
    }
}

/// What a measure shows as its number: durations their mean, everything else its sum.
pub fn shown(measure: &Measure, tally: &Tally) -> Option<AmountView> {
    let kind = Kind::from(measure.unit);
    if measure.unit == Unit::Duration {
        let mean = tally.amount.checked_div(tally.times).filter(|_| tally.times > 0);
        return kind.amount(&Value::Seconds(mean?));
    }
    kind.amount(&score::value_of(measure.unit, tally.amount))
}

/// What each unit of a place counted of these measures.
pub async fn by_org(
    app: &App,
    asked: &Asked,
    measures: &[String],
) -> Answer<BTreeMap<OrgId, Tallies>> {
    let query = TallyQuery {
        measures,
        from: asked.from,
        to: asked.to,
        grain: Grain::Whole,
        by_org: true,
        only: &asked.only,
    };
    let mut by_org: BTreeMap<OrgId, Tallies> = BTreeMap::new();
    for row in app.store().tallies(&query, &asked.place).await? {
        let Some(org) = row.org else { continue };
        by_org.entry(org).or_default().insert(row.measure, row.tally);
    }
    Ok(by_org)
}

/// The measure of that id.
pub fn measure<'r>(release: &'r Release, id: &str) -> Answer<&'r Measure> {
    release.measures.get(id).ok_or_else(|| {
        Problem::new("not-found").detail(
            format!("制度里没有指标“{id}”；全部指标见“统计”页"),
            format!("The rulebook has no measure `{id}`; the page of figures lists all"),
        )
    })
}

/// The figure of that id.
pub fn figure<'r>(release: &'r Release, id: &str) -> Answer<&'r Figure> {
    release.figures.iter().find(|figure| figure.id == id).ok_or_else(|| {
        Problem::new("not-found").detail(
            format!("制度里没有统计数“{id}”；全部统计数见“统计”页"),
            format!("The rulebook has no figure `{id}`; the page of figures lists all"),
        )
    })
}
