//! `GET /measures/{id}`: one measure split by a dimension, or by organisation unit.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::figures::amount::AmountView;
use crate::figures::asked::{Asked, Filter};
use crate::figures::keys::Keys;
use crate::figures::reading::{self, Reading};
use crate::http::extract::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::view::Words;
use crate::view::figure::{MeasureView, Period};
use axum::extract::State;
use engine::count::Tally;
use rulebook::model::Measure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::measures::{CountsQuery, Grain};
use utoipa::{IntoParams, ToSchema};

/// The word that splits by organisation unit.
const BY_ORG: &str = "org";
/// Rows of a split at the most; the smallest are added up in the last one.
const MOST_ROWS: usize = 200;

/// A measure, split.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasurePage {
    asked: Period,
    measure: MeasureView,
    /// What it is split by: a dimension of the measure, or `org`.
    split: String,
    /// The largest first.
    rows: Vec<SplitRow>,
    /// How many further, smaller rows there are.
    more: usize,
}

/// What one key of the split came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitRow {
    /// The key; of organisation units their id. Empty where it was not recorded.
    key: String,
    title: Words,
    value: Option<AmountView>,
    times: i64,
    /// Its share of all events, from 0 to 1.
    share: f64,
}

/// What to split by.
#[derive(Debug, Deserialize, IntoParams)]
pub struct By {
    /// A dimension of the measure, or `org`; its first dimension where absent.
    by: Option<String>,
}

/// A measure of a place and period, split.
#[utoipa::path(
    get, path = "/measures/{id}", tag = "figures", operation_id = "measures_get",
    params(("id" = String, Path), Filter, By),
    responses((status = 200, body = MeasurePage), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    Query(by): Query<By>,
) -> Answer<Json<MeasurePage>> {
    let asked = Asked::of(&app, &session, &filter)?;
    let measure = reading::measure(&session.release, &id)?;
    let split = split(measure, by.by.as_deref())?;
    let rows = rows(&app, &session, &asked, measure, &split).await?;
    let named = std::slice::from_ref(&measure.id);
    let reading = Reading::of(&app, &session.release, &asked, named).await?;
    let more = rows.len().saturating_sub(MOST_ROWS);
    Ok(Json(MeasurePage {
        asked: Period::of(&app, &session, &asked),
        measure: MeasureView::of(&app, &session, &reading, measure),
        split,
        rows: rows.into_iter().take(MOST_ROWS).collect(),
        more,
    }))
}

fn split(measure: &Measure, by: Option<&str>) -> Answer<String> {
    let Some(by) = by.map(str::trim).filter(|by| !by.is_empty()) else {
        return Ok(measure.by.first().map_or(BY_ORG, String::as_str).to_owned());
    };
    if by == BY_ORG || measure.by.iter().any(|known| known == by) {
        return Ok(by.to_owned());
    }
    let known: Vec<&str> = measure.by.iter().map(String::as_str).chain([BY_ORG]).collect();
    Err(Problem::new("bad-request").detail(
        format!("指标“{}”没有按“{by}”计数；可按 {} 分", measure.title.zh, known.join("、")),
        format!(
            "The measure `{}` is not counted by `{by}`; split it by {}",
            measure.title.en,
            known.join(", ")
        ),
    ))
}

/// What each key came to, the largest first.
async fn rows(
    app: &App,
    session: &Session,
    asked: &Asked,
    measure: &Measure,
    split: &str,
) -> Answer<Vec<SplitRow>> {
    let query = CountsQuery {
        measure: measure.id.clone(),
        from: asked.from,
        to: asked.to,
        only: asked.only.clone(),
    };
    let counts = app.store().counts(&query, Grain::Whole, &asked.place).await?;
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for count in &counts {
        let key = match split {
            BY_ORG => count.org.to_string(),
            _ => count.by.get(split).cloned().unwrap_or_default(),
        };
        sums.entry(key).or_default().join(&count.tally);
    }
    let keys = Keys::of(app, &session.release, counts.iter().map(|count| &count.by)).await?;
    let orgs = app.orgs();
    let title = |key: &str| match split {
        BY_ORG => {
            let org = key.parse().ok().and_then(|id| orgs.get(id));
            Words::key(org.map_or(key, |org| org.name.as_str()))
        }
        _ => keys.word(split, key),
    };
    let mut sums: Vec<(String, Tally)> = sums.into_iter().collect();
    sums.retain(|(_, tally)| tally.times != 0 || tally.amount != 0);
    sums.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.times, tally.amount)));
    let all: i64 = sums.iter().map(|(_, tally)| tally.times).sum();
    let row = |(key, tally): (String, Tally)| SplitRow {
        title: title(&key),
        value: reading::shown(measure, &tally),
        times: tally.times,
        share: share(tally.times, all),
        key,
    };
    Ok(sums.into_iter().map(row).collect())
}

#[expect(clippy::cast_precision_loss, reason = "counts of events are far below 2^53")]
fn share(times: i64, all: i64) -> f64 {
    if all > 0 { times.max(0) as f64 / all as f64 } else { 0.0 }
}
