//! `POST /imports`: a workbook is read and judged; nothing is written yet.

use super::headings::{headings, learn};
use super::judged::{about, judged, unreadable};
use super::view::ImportView;
use super::{Brings, MAX_BYTES, SMALL_BYTES, job};
use crate::api::files::create::{Upload, first_file};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::imports::headings::Headings;
use crate::imports::seen::Seen;
use crate::imports::workbook::{self, Unreadable};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use serde::Deserialize;
use store::import::ImportRow;
use utoipa::IntoParams;

/// What the workbook brings.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Kind {
    /// `sold_vehicles`, `parts`, `prices`, `opening_stock`, `customers`, `people`; the first of
    /// them I may import when absent.
    kind: Option<String>,
}

/// Which column is which, where somebody says so.
#[derive(Debug, Deserialize, IntoParams)]
pub struct By {
    /// JSON: `{"sheet": "十月", "row": 3, "columns": {"0": "frame_no", "4": "sold_on"}}`. It is
    /// remembered by the headings, for the next workbook that has them.
    columns: Option<String>,
}

/// What a workbook brings, when the caller may bring it.
pub fn brings(kind: &Kind, session: &Session) -> Answer<Brings> {
    let brings = match kind.kind.as_deref() {
        Some(kind) => Brings::parse(kind)?,
        None => Brings::usual(session),
    };
    brings.allowed(session)?;
    Ok(brings)
}

/// Reads and judges a workbook (`.xlsx`) of sold vehicles, parts, prices, opening stock,
/// customers or people, row by row. A large one is read in the background: `progress` of the answer
/// says so, and `GET /imports/{id}` how far it is.
#[utoipa::path(
    post, path = "/imports", tag = "imports", operation_id = "imports_create",
    params(Kind, By),
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 201, body = ImportView), (status = 413), (status = 422)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Query(kind): Query<Kind>,
    Query(by): Query<By>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    let brings = brings(&kind, &session)?;
    let told = headings(&app, brings, by.columns.as_deref()).await?;
    let upload = first_file(multipart).await?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(crate::files::too_large());
    }
    let import = if brings.in_background() && upload.bytes.len() > SMALL_BYTES {
        job::begin(&app, &session, brings, told, (&upload.name, upload.bytes)).await?
    } else {
        at_once(&app, &session, brings, told, upload).await?
    };
    Ok((StatusCode::CREATED, Json(ImportView::of(&import, session.lang))))
}

async fn at_once(
    app: &App,
    session: &Session,
    brings: Brings,
    told: Headings,
    upload: Upload,
) -> Answer<ImportRow> {
    let Upload { name, bytes, .. } = upload;
    let read = move || {
        let sheet = workbook::read_by(&bytes, &told);
        (sheet, told, bytes)
    };
    let (sheet, told, bytes) =
        tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new("internal"))?;
    let sheet = match sheet {
        Ok(sheet) => sheet,
        // Many rows of few columns are few bytes.
        Err(Unreadable::TooLarge) if brings.in_background() => {
            return job::begin(app, session, brings, told, (&name, bytes)).await;
        }
        Err(reason) => return Err(unreadable(&reason, brings)),
    };
    let rows = judged(app, session, brings, &sheet, &mut Seen::default()).await?;
    learn(app, session, brings, &told, &sheet).await?;
    let (word, about) = (brings.word(), about(&sheet));
    let store = app.store();
    Ok(store.stage_import(word, &name, about, rows, session.id(), session.now).await?)
}
