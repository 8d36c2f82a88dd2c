//! `POST /exports`: a list as a workbook, with the columns and the filter of its page.
//!
//! The list itself is asked, page by page, as who asks: what the sheet shows is what the page may
//! show, in the same scope and as masked (ADR 0048).

use super::cells::{cell, joint, reads};
use super::listed::Listed;
use super::pieces::{self, Telling};
use crate::app::App;
use crate::auth::SignedIn;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::sheet::{Book, Cell};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Method, Request, header};
use axum::response::{IntoResponse as _, Response};
use base::{Lang, Zone};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use utoipa::ToSchema;

/// Most rows of a workbook; who wants more narrows the list.
const MOST_ROWS: usize = 200_000;
/// Exports of more rows than [`FEW_ROWS`] at work in one process; the next ones wait.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Rows that are read without waiting for a turn.
const FEW_ROWS: usize = 2_000;
/// Most columns, and most parts of a filter.
const MOST_COLUMNS: usize = 40;
/// Longest key, title or part of a filter.
const MAX_TEXT: usize = 200;
/// Rows asked for at a time.
const PAGE: &str = "100";

/// What a page shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    list: Listed,
    /// The filter of the page, as the list itself is asked.
    #[serde(default)]
    filter: BTreeMap<String, String>,
    /// Of the rows only those in which each of these reads so, as the page narrows them itself.
    #[serde(default)]
    only: BTreeMap<String, String>,
    /// The columns shown, from left to right.
    columns: Vec<Column>,
}

/// A column of the page.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Where its value stands in a row: `unit.frame_no`.
    key: String,
    /// Its title, as shown.
    title: String,
    /// What its values are called, where the page has words for them.
    #[serde(default)]
    words: BTreeMap<String, String>,
    /// Whether it is money, in fen.
    #[serde(default)]
    fen: bool,
}

impl Column {
    fn cell(&self, row: &Value, lang: Lang, zone: &Zone) -> Cell {
        match cell(row, &self.key, lang, zone) {
            Cell::Whole(fen) if self.fen => Cell::Fen(fen),
            Cell::Text(text) if !self.words.is_empty() => {
                let joint = joint(lang);
                let said = text.split(joint).map(|key| self.words.get(key).map_or(key, |w| w));
                Cell::Text(said.collect::<Vec<_>>().join(joint))
            }
            other => other,
        }
    }
}

/// A list as a workbook: the columns and the filter of its page, in the caller's scope and masked
/// as there, at most 200,000 rows. Who took out how many rows of what is journaled.
///
/// Whoever accepts `application/vnd.sanbao.export` is told how far it is: lines of JSON, each of
/// `{"rows", "total"}`, of `{"bytes"}` followed by so many bytes of the workbook, and at last of
/// `{"end"}` or `{"problem"}`.
#[utoipa::path(
    post, path = "/exports", tag = "lists", operation_id = "exports_create",
    request_body = Asked,
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        (status = 403), (status = 422),
    ),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn create(
    State(app): State<App>,
    session: SignedIn,
    parts: Parts,
    Json(asked): Json<Asked>,
) -> Answer<Response> {
    checked(&asked)?;
    let told = parts.headers.get(header::ACCEPT).is_some_and(|kind| kind == pieces::KIND);
    let name = format!("{}.xlsx", asked.list.place());
    let export = Export { app, session, parts, asked };
    let (telling, body) = pieces::channel(told);
    if told {
        tokio::spawn(export.told(telling));
        return Ok((pieces::headers(pieces::KIND, &name), body).into_response());
    }
    let book = export.read(&telling).await?;
    tokio::spawn(pieces::give(book, telling));
    Ok((pieces::headers(pieces::XLSX, &name), body).into_response())
}

/// An export at work.
struct Export {
    app: App,
    session: SignedIn,
    parts: Parts,
    asked: Asked,
}

impl Export {
    /// Reads and gives the workbook, and says how far it is; what is wrong is said at the end.
    async fn told(self, telling: Telling) {
        match self.read(&telling).await {
            Ok(book) => pieces::give(book, telling).await,
            Err(problem) => {
                let problem = problem.body(self.session.lang, "");
                telling.say(&json!({ "problem": problem })).await;
            }
        }
    }

    /// Every row of the list, page by page, each as the page itself would be answered.
    async fn read(&self, telling: &Telling) -> Answer<Book> {
        let Self { app, session, parts, asked } = self;
        let lists: Router = crate::api::lists(app);
        let titles: Vec<&str> = asked.columns.iter().map(|c| c.title.as_str()).collect();
        let mut book = Book::try_new(&titles).map_err(|error| pieces::unwritten(&error))?;
        let mut cursor: Option<String> = None;
        let mut turn = None;
        loop {
            let mut page = one(&lists, parts, asked, cursor.as_deref()).await?;
            let total = page.get("total").and_then(Value::as_u64);
            let items = page.get_mut("items").map(Value::take);
            for item in items.as_ref().and_then(Value::as_array).into_iter().flatten() {
                if !asked.only.iter().all(|(key, text)| reads(item, key, text)) {
                    continue;
                }
                let one = |column: &Column| column.cell(item, session.lang, app.zone());
                let row: Vec<Cell> = asked.columns.iter().map(one).collect();
                book.row(&row).map_err(|error| pieces::unwritten(&error))?;
            }
            cursor = page.get("next").and_then(Value::as_str).map(str::to_owned);
            let rows = book.rows();
            let many = total.is_some_and(|total| total > MOST_ROWS as u64);
            if many || rows > MOST_ROWS || (cursor.is_some() && rows == MOST_ROWS) {
                return Err(Problem::new("form-invalid").detail(
                    format!("一次最多导出 {MOST_ROWS} 行,请缩小条件后再导出"),
                    format!("At most {MOST_ROWS} rows are exported at once; narrow the list"),
                ));
            }
            if cursor.is_none() {
                let columns: Vec<&str> = asked.columns.iter().map(|c| c.key.as_str()).collect();
                let (list, now) = (asked.list.place(), session.now);
                app.store().note_export(session.id(), list, rows, &columns, now).await?;
                return Ok(book);
            }
            if !telling.say(&json!({ "rows": rows, "total": total })).await {
                // Nobody listens any more: neither rows nor a note of them are wanted.
                return Err(Problem::new("bad-request"));
            }
            if turn.is_none() && rows > FEW_ROWS {
                turn = TURNS.acquire().await.ok();
            }
        }
    }
}

fn checked(asked: &Asked) -> Answer<()> {
    let columns = asked.columns.iter().flat_map(|column| [&column.key, &column.title]);
    let maps = || {
        let words = asked.columns.iter().map(|column| &column.words);
        words.chain([&asked.filter, &asked.only])
    };
    let mut texts = columns.chain(maps().flatten().flat_map(|(name, value)| [name, value]));
    let few = (1..=MOST_COLUMNS).contains(&asked.columns.len());
    if few
        && maps().all(|map| map.len() <= MOST_COLUMNS)
        && texts.all(|t| t.chars().count() <= MAX_TEXT)
    {
        return Ok(());
    }
    Err(Problem::new("form-invalid").detail(
        format!("导出要有 1 到 {MOST_COLUMNS} 列,列名和条件不超过 {MAX_TEXT} 字"),
        format!(
            "An export has 1 to {MOST_COLUMNS} columns; titles and filters are at most \
             {MAX_TEXT} characters"
        ),
    ))
}

/// One page of the list, asked by the same person in the same language.
async fn one(lists: &Router, parts: &Parts, asked: &Asked, cursor: Option<&str>) -> Answer<Value> {
    let own = |name: &str| name == "cursor" || name == "limit" || asked.list.names(name);
    let mut query: Vec<(&str, &str)> = asked
        .filter
        .iter()
        .filter(|(name, value)| !own(name) && !value.is_empty())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    query.push(("limit", PAGE));
    query.extend(cursor.map(|cursor| ("cursor", cursor)));
    let query = serde_urlencoded::to_string(query).map_err(|_| Problem::new("internal"))?;
    let mut request = Request::from_parts(parts.clone(), Body::empty());
    *request.method_mut() = Method::GET;
    let place = format!("/{}?{query}", asked.list.address(&asked.filter)?);
    *request.uri_mut() = place.parse().map_err(|_| Problem::new("internal"))?;
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::ACCEPT_ENCODING] {
        request.headers_mut().remove(name);
    }
    let Ok(mut answer) = lists.clone().oneshot(request).await;
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        return Err(problem);
    }
    let body = answer.into_body().collect().await.map_err(|_| Problem::new("internal"))?;
    serde_json::from_slice(&body.to_bytes()).map_err(|_| Problem::new("internal"))
}
