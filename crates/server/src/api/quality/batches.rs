//! `GET /quality/batches`: the batches of a model or a component, with the faults each has and
//! those that all the others let expect.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::unit::ModelRef;
use axum::extract::State;
use base::time::add_months;
use engine::batch::{Began, Failed, Limits, Standing, stand};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::batches::{BeganRow, FailedRow, Made};
use utoipa::{IntoParams, ToSchema};

/// Most batches that are shown, the latest.
const MOST: usize = 60;

/// What batches are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A model: by the month of manufacture.
    Model,
    /// A component: by the beginning of its numbers.
    Component,
}

/// Which batches.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Of a model or of a component; that with the most faults when absent.
    what: Option<What>,
    /// Its key.
    key: Option<String>,
}

/// The batches of a model or a component.
#[derive(Debug, Serialize, ToSchema)]
pub struct Batches {
    /// What they are of; none where nothing was repaired yet.
    what: Option<What>,
    key: Option<String>,
    title: Option<Words>,
    /// What may be asked for, with the faults of the last year, the most first.
    choices: Vec<BatchChoice>,
    /// In the order of their names, the latest last.
    rows: Vec<BatchView>,
    /// Batches before those.
    earlier: usize,
    limits: LimitsView,
}

/// A model or component.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchChoice {
    what: What,
    key: String,
    title: Words,
    /// Faults of the last twelve months.
    faults: i64,
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchView {
    batch: String,
    /// Vehicles or pieces in service.
    units: u32,
    /// Faults in the months that are compared.
    observed: u32,
    /// Faults the others let expect; none where no other batch was in use so long.
    expected: Option<f64>,
    /// From so many on it stands out.
    limit: Option<u32>,
    /// Whether it does.
    warned: bool,
    /// The first of its numbers.
    low: Option<String>,
    /// The last.
    high: Option<String>,
    /// Whether one range holds them all: its numbers are equally long.
    one_range: bool,
}

/// What makes a batch stand out.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitsView {
    /// Months in service that are compared.
    months: u16,
    /// How many in a hundred batches that are no worse are named all the same.
    chance_pct: f64,
    /// Fewer faults are no warning.
    least: u32,
    /// Characters of a number that make its batch.
    characters: u8,
}

/// A number of the settings.
fn number(release: &Release, id: &str, otherwise: f64) -> f64 {
    let value = release.parameters.get(id).and_then(|setting| setting.value.as_ref());
    value.and_then(serde_json::Value::as_f64).filter(|n| *n > 0.0).unwrap_or(otherwise)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what each holds"
)]
pub(super) fn characters(release: &Release) -> u8 {
    number(release, "warning_characters", 6.0).clamp(1.0, 40.0) as u8
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what each holds"
)]
fn limits(release: &Release) -> LimitsView {
    LimitsView {
        months: number(release, "warning_months", 24.0).clamp(1.0, 120.0) as u16,
        chance_pct: number(release, "warning_chance", 0.1).clamp(0.000_1, 50.0),
        least: number(release, "warning_least", 3.0).clamp(1.0, 1000.0) as u32,
        characters: characters(release),
    }
}

/// What the store is asked for.
pub(super) fn made(release: &Release, what: What, key: String) -> Made {
    match what {
        What::Model => Made::Model(key),
        What::Component => Made::Component(key, characters(release)),
    }
}

/// The batches of a model or a component beside each other.
#[utoipa::path(
    get, path = "/quality/batches", tag = "quality", operation_id = "quality_batches",
    params(Filter), responses((status = 200, body = Batches)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Batches>> {
    let release = &session.release;
    let since = add_months(app.today(), -12).unwrap_or(app.today()).to_string();
    let (components, models) = app.store().faults_since(&since, &session.scope).await?;
    let choices = choices(release, &components, &models);
    let first = choices.first().map(|choice| (choice.what, choice.key.clone()));
    let of = filter.what.zip(filter.key).or(first);
    let limits = limits(release);
    let (mut rows, mut earlier) = (Vec::new(), 0);
    if let Some((what, key)) = &of {
        let made = made(release, *what, key.clone());
        let began = app.store().batches_began(&made, &session.scope).await?;
        let failed = app.store().batches_failed(&made, &session.scope).await?;
        let asked = Limits {
            months: limits.months,
            chance: limits.chance_pct / 100.0,
            least: limits.least,
        };
        let all = stand(&lives(&began), &faults(&failed), app.today(), &asked);
        earlier = all.len().saturating_sub(MOST);
        rows = all.into_iter().skip(earlier).map(|one| shown(one, &began)).collect();
    }
    let title = of.as_ref().map(|(what, key)| title(release, *what, key));
    let (what, key) = of.unzip();
    Ok(Json(Batches { what, key, title, choices, rows, earlier, limits }))
}

fn title(release: &Release, what: What, key: &str) -> Words {
    match what {
        What::Model => ModelRef::of(release, Some(key), None).words(),
        What::Component => {
            let known = release.catalog.component(key).map(|known| Words::from(&known.title));
            known.unwrap_or_else(|| Words::key(key))
        }
    }
}

/// Components with numbers of their own, and models, those with the most faults first.
fn choices(
    release: &Release,
    components: &BTreeMap<String, i64>,
    models: &BTreeMap<String, i64>,
) -> Vec<BatchChoice> {
    let numbered = release.catalog.components.iter().filter(|component| component.serial);
    let of_component = numbered.map(|component| (What::Component, &component.id, components));
    let of_model = release.catalog.models.iter().map(|model| (What::Model, &model.id, models));
    let mut list: Vec<BatchChoice> = of_component
        .chain(of_model)
        .map(|(what, key, counts)| BatchChoice {
            what,
            key: key.clone(),
            title: title(release, what, key),
            faults: counts.get(key).copied().unwrap_or(0),
        })
        .collect();
    list.sort_by_key(|choice| -choice.faults);
    list
}

/// A month as one number; what is no month is left out.
fn month(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}

fn many(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn lives(rows: &[BeganRow]) -> Vec<Began> {
    let read = |row: &BeganRow| {
        Some(Began {
            batch: row.batch.clone(),
            from: month(&row.from)?,
            until: row.until.as_deref().and_then(month),
            count: many(row.count),
        })
    };
    rows.iter().filter_map(read).collect()
}

fn faults(rows: &[FailedRow]) -> Vec<Failed> {
    let read = |row: &FailedRow| {
        Some(Failed {
            batch: row.batch.clone(),
            from: month(&row.from)?,
            at: month(&row.at)?,
            count: many(row.count),
        })
    };
    rows.iter().filter_map(read).collect()
}

fn shown(one: Standing, began: &[BeganRow]) -> BatchView {
    let own: Vec<&BeganRow> = began.iter().filter(|row| row.batch == one.batch).collect();
    let long: BTreeSet<i64> = own.iter().flat_map(|row| [row.long.0, row.long.1]).collect();
    BatchView {
        low: own.iter().filter_map(|row| row.low.clone()).min(),
        high: own.iter().filter_map(|row| row.high.clone()).max(),
        one_range: long.len() == 1 && !long.contains(&0),
        batch: one.batch,
        units: one.units,
        observed: one.observed,
        // Two places are more than such a number knows.
        expected: one.expected.map(|n| (n * 100.0).round() / 100.0),
        limit: one.limit,
        warned: one.warned,
    }
}
