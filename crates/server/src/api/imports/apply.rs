//! `POST /imports/{id}/apply`: the accepted rows are written, all or none.

use super::job::Writing;
use super::view::ImportView;
use super::{Brings, FEW_ROWS};
use crate::api::people::NewPersonForm;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::opening_rows::Opened;
use crate::imports::{opening, people};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use rulebook::model::{Part, PriceRow};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::masters::NewRows;

/// Rows read at a time.
const CHUNK: u32 = 1000;
/// Microseconds after its last sign of life within which an import is believed to be at work.
const ALIVE: i64 = 120_000_000;

/// Writes the accepted rows, all or none; a frame number taken meanwhile refuses the whole. Many
/// rows are written in the background: `progress` of the answer says so.
#[utoipa::path(
    post, path = "/imports/{id}/apply", tag = "imports", operation_id = "imports_apply",
    params(("id" = String, Path)),
    responses((status = 200, body = ImportView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn apply(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Path(id): Path<i64>,
) -> Answer<Json<ImportView>> {
    let staged = super::staged(&app, &session, id).await?;
    let brings = Brings::parse(&staged.kind)?;
    brings.allowed(&session)?;
    if let Some(progress) = &staged.progress
        && (progress.phase == "reading" || session.now.0 - progress.beat_at.0 < ALIVE)
    {
        // Reading still, or somebody writes it already: the page asks on.
        return Ok(Json(ImportView::of(&staged, session.lang)));
    }
    let (actor, now) = (session.id(), session.now);
    if in_chunks(brings, staged.counts.0) {
        app.store().begin_applying(id, staged.counts.0, now).await?;
        let release = session.release.clone();
        let writing = Writing { app: app.clone(), brings, id, release, actor };
        let import = if staged.counts.0 > FEW_ROWS {
            writing.spawn();
            app.store().import(id).await?
        } else {
            writing.run().await?
        };
        return Ok(Json(ImportView::of(&import, session.lang)));
    }
    let rows = accepted(&app, id).await?;
    let import = match brings {
        Brings::SoldVehicles | Brings::Customers => return Err(Problem::new("internal")),
        Brings::People => {
            let forms: Vec<Option<NewPersonForm>> = entries(rows)?;
            let forms = forms.into_iter().flatten().collect();
            people::take_on(&app, &session, id, forms).await?
        }
        Brings::Parts => {
            let parts: Vec<Option<Part>> = entries(rows)?;
            let rows = NewRows::Parts(parts.into_iter().flatten().collect());
            app.store().apply_rows(id, &rows, actor, now).await?
        }
        Brings::Prices => {
            let prices: Vec<Vec<PriceRow>> = entries(rows)?;
            let prices: Vec<PriceRow> = prices.into_iter().flatten().collect();
            begins(&app, &prices)?;
            let rows = NewRows::Prices(prices);
            app.store().apply_rows(id, &rows, actor, now).await?
        }
        Brings::OpeningStock => {
            let opened: Vec<Option<Opened>> = entries(rows)?;
            let opened: Vec<Opened> = opened.into_iter().flatten().collect();
            opening::post(&app, &session, id, &opened).await?
        }
    };
    if matches!(brings, Brings::Parts | Brings::Prices) {
        app.masters_changed().await?;
    }
    Ok(Json(ImportView::of(&import, session.lang)))
}

/// Whether rows are written in chunks that nobody sees before the last. Few prices are written at
/// once: what was begun and stopped of a price list cannot be begun again.
fn in_chunks(brings: Brings, rows: i64) -> bool {
    brings.in_background() && (brings != Brings::Prices || rows > FEW_ROWS)
}

/// Prices begin today or later, also where days went by since they were judged.
pub fn begins(app: &App, prices: &[PriceRow]) -> Answer<()> {
    if prices.iter().all(|price| price.effective_from >= app.today()) {
        return Ok(());
    }
    Err(Problem::new("import-state").detail(
        "检查之后过了生效日期，请改好日期重新上传",
        "A price was to begin before today: correct the date and upload it again",
    ))
}

/// The accepted rows: number and what was read.
async fn accepted(app: &App, id: i64) -> Answer<Vec<(i64, Map<String, Value>)>> {
    let mut rows = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = app.store().import_rows(id, Some("accept"), cursor.as_deref(), CHUNK).await?;
        rows.extend(page.items.into_iter().map(|mut row| {
            row.values.remove("cells");
            (row.row, row.values)
        }));
        cursor = page.next;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

fn entries<T: DeserializeOwned>(rows: Vec<(i64, Map<String, Value>)>) -> Answer<Vec<T>> {
    let entry = |(_, mut values): (i64, Map<String, Value>)| {
        read(values.shift_remove("entry").unwrap_or_default())
    };
    rows.into_iter().map(entry).collect()
}

fn read<T: DeserializeOwned>(value: Value) -> Answer<T> {
    serde_json::from_value(value).map_err(|_| Problem::new("internal"))
}
