//! `GET /rulebook/drafts/{id}/replay/changes` and its workbook: the verdicts behind a number.

use super::view::{model, part, station};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::view::{List, Words, sheet};
use axum::extract::State;
use axum::response::Response;
use base::Lang;
use engine::replay::Turn;
use engine::warranty::Given;
use engine::why::words_under;
use serde::{Deserialize, Serialize};
use sheet::Cell;
use store::replay::{ReplayChange, ReplayFilter};
use utoipa::{IntoParams, ToSchema};

/// Changes of a page.
const PAGE: u32 = 50;
/// Changes read at once for a workbook.
const READ: u32 = 1_000;
/// Rows of a workbook.
const MOST_ROWS: usize = crate::replay::job::LISTED;

/// Which changes; `-` for a model that is not known.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Kind of change: `gained`, `lost`, …
    turn: Option<String>,
    part: Option<String>,
    model: Option<String>,
    /// Code of the station.
    station: Option<String>,
    /// `2026-11`
    month: Option<String>,
    cursor: Option<String>,
}

impl Filter {
    fn wanted(&self) -> ReplayFilter {
        let key = |text: &Option<String>| {
            let text = text.as_deref().filter(|text| !text.is_empty())?;
            Some(if text == "-" { String::new() } else { text.to_owned() })
        };
        ReplayFilter {
            turn: self.turn.clone().unwrap_or_default(),
            part: key(&self.part),
            model: key(&self.model),
            station: key(&self.station),
            month: key(&self.month),
        }
    }

    fn after(&self) -> Answer<i64> {
        let Some(text) = self.cursor.as_deref() else { return Ok(-1) };
        text.parse().map_err(|_| {
            Problem::new("bad-request").detail(
                "这个翻页位置不是列表给出的；从头再查",
                "This place in the list is none that the list gave; begin from the start",
            )
        })
    }
}

/// A verdict that changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayChangeRow {
    /// To look at it beside the draft's.
    pub verdict: String,
    pub case: ReplayCase,
    /// When the verdict was given.
    pub judged_at: String,
    /// Kind of change.
    pub turn: String,
    pub turn_title: Words,
    pub part: Words,
    pub model: Words,
    pub station: Words,
    pub was: ReplayOutcome,
    pub becomes: ReplayOutcome,
    /// What it costs the maker, fen; null where that is not known.
    pub cost_fen: Option<i64>,
}

/// The case of a verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayCase {
    pub id: String,
    pub number: String,
}

/// What a verdict comes down to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayOutcome {
    /// The rules give no verdict on these facts.
    pub refused: bool,
    /// Null where it is open.
    pub covered: Option<bool>,
    pub remedy: Option<String>,
    pub payer: Option<String>,
    /// Last day of the term.
    pub ends: Option<String>,
}

impl From<&Given<'static>> for ReplayOutcome {
    fn from(given: &Given<'static>) -> Self {
        let text =
            |text: &Option<std::borrow::Cow<'static, str>>| text.as_deref().map(str::to_owned);
        Self {
            refused: given.refused,
            covered: given.covered,
            remedy: text(&given.remedy),
            payer: text(&given.payer),
            ends: given.ends.map(|day| day.to_string()),
        }
    }
}

impl ReplayChangeRow {
    /// In the words of the release in force.
    pub fn of(app: &App, session: &Session, row: &ReplayChange) -> Self {
        let change = &row.change;
        Self {
            verdict: change.verdict.to_string(),
            case: ReplayCase { id: row.case.to_string(), number: row.number.clone() },
            judged_at: row.judged_at.to_string(),
            turn: change.turn.clone(),
            turn_title: turn_words(&change.turn),
            part: part(session, &change.part),
            model: model(session, &change.model),
            station: station(app, &change.station),
            was: (&change.was).into(),
            becomes: (&change.becomes).into(),
            cost_fen: change.cost_fen,
        }
    }
}

fn turn_words(key: &str) -> Words {
    let turn: Option<Turn> = serde_json::from_value(key.into()).ok();
    turn.map_or_else(|| Words::key(key), |turn| turn.words().into())
}

/// The verdicts that change, those with the most money first.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/replay/changes", tag = "drafts",
    operation_id = "drafts_replay_changes", params(("id" = String, Path), Filter),
    responses((status = 200, body = List<ReplayChangeRow>), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn changes(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<ReplayChangeRow>>> {
    let run = super::done(&app, &session, id).await?;
    let (scope, wanted) = (&session.scope, filter.wanted());
    let from = (filter.after()?, PAGE);
    let rows = app.store().replay_changes((id, run.run), scope, &wanted, from).await?;
    let full = rows.len() == PAGE as usize;
    let next = rows.last().filter(|_| full).map(|last| last.place.to_string());
    let items = rows.iter().map(|row| ReplayChangeRow::of(&app, &session, row)).collect();
    Ok(Json(List::page(items, next)))
}

const TITLES: [(&str, &str); 15] = [
    ("单号", "Case"),
    ("判定日期", "Judged on"),
    ("车型", "Model"),
    ("部件", "Part"),
    ("网点", "Station"),
    ("变化", "Change"),
    ("原判定", "Before"),
    ("原处理", "Remedy before"),
    ("原承担方", "Payer before"),
    ("原到期日", "Last day before"),
    ("新判定", "After"),
    ("新处理", "Remedy after"),
    ("新承担方", "Payer after"),
    ("新到期日", "Last day after"),
    ("厂方费用变化", "Cost to the maker"),
];

/// The verdicts that change, as a workbook.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/replay/changes.xlsx", tag = "drafts",
    operation_id = "drafts_replay_export", params(("id" = String, Path), Filter),
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        (status = 404),
        (status = 409),
    ),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let run = super::done(&app, &session, id).await?;
    let (wanted, mut after) = (filter.wanted(), filter.after()?);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while rows.len() < MOST_ROWS {
        let at = (id, run.run);
        let page = app.store().replay_changes(at, &session.scope, &wanted, (after, READ)).await?;
        let Some(last) = page.last() else { break };
        after = last.place;
        rows.extend(page.iter().map(|row| {
            let day = app.zone().day(row.judged_at).to_string();
            cells(&ReplayChangeRow::of(&app, &session, row), &day, session.lang)
        }));
    }
    sheet::answer(&format!("replay-{id}.xlsx"), &TITLES, &rows, session.lang)
}

fn cells(row: &ReplayChangeRow, day: &str, lang: Lang) -> Vec<Cell> {
    let text = |words: &Words| Cell::Text(words.get(lang).to_owned());
    let mut cells = vec![
        Cell::Text(row.case.number.clone()),
        day.into(),
        text(&row.model),
        text(&row.part),
        text(&row.station),
        text(&row.turn_title),
    ];
    cells.extend(outcome(&row.was, lang));
    cells.extend(outcome(&row.becomes, lang));
    cells.push(row.cost_fen.map_or(Cell::Empty, Cell::Fen));
    cells
}

fn outcome(given: &ReplayOutcome, lang: Lang) -> [Cell; 4] {
    let key = |name: &str, key: &Option<String>| match key {
        Some(key) => {
            let known = words_under(name).into_iter().find(|(known, _)| known == key);
            let word = known.map_or_else(|| key.clone(), |(_, text)| text.get(lang).to_owned());
            Cell::Text(word)
        }
        None => Cell::Empty,
    };
    let covered = match given.covered {
        Some(true) => ("保", "covered"),
        Some(false) => ("不保", "not covered"),
        None => ("待定", "open"),
    };
    let ends = given.ends.as_deref().map_or(Cell::Empty, Cell::from);
    let covered = if lang == Lang::Zh { covered.0 } else { covered.1 };
    [covered.into(), key("remedy", &given.remedy), key("payer", &given.payer), ends]
}
