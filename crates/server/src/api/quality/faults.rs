//! `GET /quality/batches/faults`: the repairs behind a batch.

use super::batches::{What, made};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::{List, Words};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which batch.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    what: What,
    /// Key of the model or the component.
    key: String,
    batch: String,
}

/// A repair of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchFault {
    case: String,
    number: String,
    component: Words,
    fault: Words,
    day: String,
    unit: String,
    frame_no: Option<String>,
    org: String,
}

/// The repairs behind a batch at my stations, the latest first, two hundred at most.
#[utoipa::path(
    get, path = "/quality/batches/faults", tag = "quality", operation_id = "quality_faults",
    params(Filter), responses((status = 200, body = List<BatchFault>)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<BatchFault>>> {
    let release = &session.release;
    let made = made(release, filter.what, filter.key);
    let rows = app.store().batch_faults(&made, &filter.batch, &session.scope).await?;
    let named =
        |key: &str, title: Option<&base::Text>| title.map_or_else(|| Words::key(key), Words::from);
    let rows = rows.into_iter().map(|row| BatchFault {
        component: named(
            &row.component,
            release.catalog.component(&row.component).map(|known| &known.title),
        ),
        fault: named(
            &row.fault,
            release.catalog.faults.iter().find(|f| f.id == row.fault).map(|known| &known.title),
        ),
        case: row.case.to_string(),
        number: row.number,
        day: row.day,
        unit: row.unit.to_string(),
        frame_no: row.frame_no,
        org: row.org,
    });
    Ok(Json(List::whole(rows.collect())))
}
