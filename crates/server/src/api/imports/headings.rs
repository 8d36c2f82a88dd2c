//! `GET /imports/headings`, `DELETE /imports/headings`: what headings of workbooks were said to be.

use super::Brings;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::imports::headings::{ByHand, Headings, Said, compared};
use crate::imports::workbook::Sheet;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use axum::http::StatusCode;
use base::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Longest word of which column is which, as sent.
const MAX_SAID: usize = 8_000;

/// Of which kind of import.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Kind {
    /// `sold_vehicles`, `parts`, `prices`, `opening_stock`, `customers`, `people`.
    kind: String,
}

/// A heading to be forgotten.
#[derive(Debug, Deserialize, IntoParams)]
pub struct One {
    /// The kind of import.
    kind: String,
    /// The heading, as it is listed.
    heading: String,
}

/// A heading that is remembered: the next workbook that has it is read by it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportHeading)]
pub struct HeadingView {
    /// As it was written.
    heading: String,
    /// What it holds; null where the column is not read.
    key: Option<String>,
    /// The same in the caller's language.
    title: Option<String>,
    /// Who said so.
    by: String,
    at: String,
}

/// The headings that people have said something of, the latest first.
#[utoipa::path(
    get, path = "/imports/headings", tag = "imports", operation_id = "imports_headings",
    params(Kind), responses((status = 200, body = List<HeadingView>)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Query(Kind { kind }): Query<Kind>,
) -> Answer<Json<List<HeadingView>>> {
    let brings = Brings::parse(&kind)?;
    brings.allowed(&session)?;
    let rows = app.store().import_headings(brings.word()).await?;
    let mut people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    people.sort_unstable();
    people.dedup();
    let known = app.store().people_named(&people).await?;
    let names: BTreeMap<PersonId, &str> =
        known.iter().map(|person| (person.id, person.name.reveal())).collect();
    let rows = rows.iter().map(|row| HeadingView {
        heading: row.shown.clone(),
        key: Some(row.field.clone()).filter(|key| !key.is_empty()),
        title: (!row.field.is_empty())
            .then(|| brings.title(&row.field).get(session.lang).to_owned()),
        by: names.get(&row.person).map_or_else(String::new, |name| (*name).to_owned()),
        at: row.at.to_string(),
    });
    Ok(Json(List::whole(rows.collect())))
}

/// Forgets what was said of a heading; the next workbook is read by its name again.
#[utoipa::path(
    delete, path = "/imports/headings", tag = "imports", operation_id = "imports_headings_delete",
    params(One), responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn delete(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Query(One { kind, heading }): Query<One>,
) -> Answer<StatusCode> {
    let brings = Brings::parse(&kind)?;
    brings.allowed(&session)?;
    if app.store().forget_heading(brings.word(), &compared(&heading)).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::new("not-found"))
}

/// How the columns of a workbook are told: as `said` of it, as remembered, else by their names.
pub async fn headings(app: &App, brings: Brings, said: Option<&str>) -> Answer<Headings> {
    let (by_name, needed) = brings.columns();
    let mut headings = Headings::by_name(by_name, needed);
    let keys = brings.keys();
    let known = |field: &str| keys.iter().copied().find(|key| *key == field);
    for row in app.store().import_headings(brings.word()).await? {
        let key = known(&row.field);
        if key.is_some() || row.field.is_empty() {
            headings.remembered.insert(row.heading, key);
        }
    }
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        let unclear = || {
            Problem::new("bad-request").detail(
                "列对应读不懂：请重新选择每一列是什么",
                "Which column is which cannot be read; choose again what each column is",
            )
        };
        let short = Some(said).filter(|said| said.len() <= MAX_SAID).ok_or_else(unclear)?;
        let Said { sheet, row, columns } = serde_json::from_str(short).map_err(|_| unclear())?;
        let mut by_hand = BTreeMap::new();
        for (column, key) in columns {
            let key = known(&key).ok_or_else(unclear)?;
            if by_hand.values().any(|other| *other == key) {
                let title = brings.title(key);
                return Err(Problem::new("form-invalid").detail(
                    format!("“{}”对应了两列，请只留一列", title.zh),
                    format!("Two columns are said to be {}; keep one of them", title.en),
                ));
            }
            by_hand.insert(column, key);
        }
        if by_hand.is_empty() {
            return Err(unclear());
        }
        headings.by_hand = Some(ByHand { sheet, row, columns: by_hand });
    }
    Ok(headings)
}

/// Remembers what somebody said of a workbook that could be read by it.
pub async fn learn(
    app: &App,
    session: &Session,
    brings: Brings,
    headings: &Headings,
    sheet: &Sheet,
) -> Answer<()> {
    let lesson = headings.lesson(&sheet.headings);
    let (store, kind) = (app.store(), brings.word());
    store.remember_headings(kind, &lesson.keep, &lesson.forget, session.id(), session.now).await?;
    Ok(())
}
