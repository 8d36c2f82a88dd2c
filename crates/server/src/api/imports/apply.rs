//! `POST /imports/{id}/apply`: the accepted rows are written, all or none.

use super::view::ImportView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::{Sale, register};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use serde_json::Value;

/// Rows read at a time.
const CHUNK: u32 = 1000;

/// Writes the accepted rows, all or none; a frame number taken meanwhile refuses the whole.
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
    super::staged(&app, id).await?;
    let mut units = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = app.store().import_rows(id, Some("accept"), cursor.as_deref(), CHUNK).await?;
        for mut row in page.items {
            row.values.remove("cells");
            let sale: Sale = serde_json::from_value(Value::Object(row.values))
                .map_err(|_| Problem::new("internal"))?;
            let (unit, owner) = register::unit_of(&app, &session.release, &sale);
            units.push((row.row, unit, Some(owner)));
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let import = app.store().apply_import(id, units, session.id(), session.now).await?;
    Ok(Json(ImportView::of(&import, session.lang)))
}
