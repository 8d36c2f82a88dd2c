//! `GET /measures/{id}/cases`: the list behind a number.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::figures::amount::{AmountView, Kind};
use crate::figures::asked::{Asked, Filter};
use crate::figures::keys::Keys;
use crate::figures::reading;
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::case::{ProcessRef, StateRef};
use axum::extract::State;
use engine::count::Tally;
use engine::score;
use rulebook::model::Measure;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::measures::{CountedCase, CountsQuery, Grain, TallyQuery};
use utoipa::{IntoParams, ToSchema};

/// Cases of one page.
const PAGE: u32 = 50;
/// Cases of one page at the most.
const MOST: u32 = 100;
/// How far one may page; who wants more narrows the period.
const DEEPEST: u32 = 20_000;

/// The list behind a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedCases {
    /// What stands on the card.
    pub value: Option<AmountView>,
    /// How many events in all.
    pub times: i64,
    /// Events of cases that have moved out of my scope since and are not listed.
    pub hidden: i64,
    /// The latest first.
    pub items: Vec<CountedRow>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
}

/// A case behind a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedRow {
    /// The case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its process.
    pub process: ProcessRef,
    /// How it stands now.
    pub state: StateRef,
    /// The unit it was counted for.
    pub org: String,
    /// The day it was counted on.
    pub day: String,
    /// How often.
    pub times: i64,
    /// How much.
    pub value: Option<AmountView>,
    /// Its dimensions in words, in the order of the measure.
    pub by: Vec<Words>,
}

/// A page of it.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Paging {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// The cases behind a measure of a place and period: together they are the number.
#[utoipa::path(
    get, path = "/measures/{id}/cases", tag = "figures", operation_id = "measures_cases",
    params(("id" = String, Path), Filter, Paging),
    responses((status = 200, body = CountedCases), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn cases(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
) -> Answer<Json<CountedCases>> {
    let asked = Asked::of(&app, &session, &filter)?;
    let measure = reading::measure(&session.release, &id)?;
    let skip = skip(paging.cursor.as_deref())?;
    let limit = paging.limit.unwrap_or(PAGE).clamp(1, MOST);
    Ok(Json(page(&app, &session, &asked, measure, skip, limit).await?))
}

fn skip(cursor: Option<&str>) -> Answer<u32> {
    let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(0) };
    let skip = cursor.parse().ok().filter(|skip| *skip <= DEEPEST);
    skip.ok_or_else(|| StoreError::Cursor(cursor.to_owned()).into())
}

/// One page of the list.
pub async fn page(
    app: &App,
    session: &Session,
    asked: &Asked,
    measure: &Measure,
    skip: u32,
    limit: u32,
) -> Answer<CountedCases> {
    let store = app.store();
    let query = CountsQuery {
        measure: measure.id.clone(),
        from: asked.from,
        to: asked.to,
        only: asked.only.clone(),
    };
    let whole = TallyQuery {
        measures: std::slice::from_ref(&measure.id),
        from: asked.from,
        to: asked.to,
        grain: Grain::Whole,
        by_org: false,
        only: &asked.only,
    };
    let tally = store.tallies(&whole, &asked.place).await?.pop();
    let tally = tally.map(|row| row.tally).unwrap_or_default();
    let (listed, _) = store.counted_shown(&query, &asked.place, &session.scope).await?;
    let mut rows =
        store.counted_cases(&query, &asked.place, &session.scope, skip, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let keys = Keys::of(app, &session.release, rows.iter().map(|row| &row.by)).await?;
    let items = rows.iter().map(|row| counted(app, &keys, measure, row)).collect();
    let next = skip.saturating_add(limit);
    Ok(CountedCases {
        value: reading::shown(measure, &tally),
        times: tally.times,
        hidden: tally.times - listed,
        items,
        next: (more && next <= DEEPEST).then(|| next.to_string()),
    })
}

fn counted(app: &App, keys: &Keys<'_>, measure: &Measure, row: &CountedCase) -> CountedRow {
    let release = app.releases().pinned(&row.release).ok();
    let process = release.as_ref().and_then(|release| release.processes.get(&row.process));
    let tally = Tally { times: row.times, amount: row.amount, ..Tally::default() };
    let orgs = app.orgs();
    let org = orgs.get(row.org).map(|org| org.name.clone()).unwrap_or_default();
    let word = |id: &String| row.by.get(id).map(|key| keys.word(id, key));
    CountedRow {
        id: row.case.to_string(),
        number: row.number.clone(),
        process: ProcessRef::of(release.as_deref(), &row.process),
        state: StateRef::of(process, &row.state),
        org,
        day: row.day.to_string(),
        times: row.times,
        value: Kind::from(measure.unit).amount(&score::value_of(measure.unit, tally.amount)),
        by: measure.by.iter().filter_map(word).collect(),
    }
}
