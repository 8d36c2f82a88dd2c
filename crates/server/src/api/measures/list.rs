//! `GET /measures`: the measures of the rulebook for a place and a period.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::asked::{Asked, Filter};
use crate::figures::reading::Reading;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::figure::MeasureView;
use axum::extract::State;

/// Every measure in words, with what it came to in a period and its trend.
#[utoipa::path(
    get, path = "/measures", tag = "figures", operation_id = "measures_list", params(Filter),
    responses((status = 200, body = List<MeasureView>), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<MeasureView>>> {
    let asked = Asked::of(&app, &session, &filter)?;
    let release = &*session.release;
    let measures: Vec<String> = release.measures.keys().cloned().collect();
    let reading = Reading::of(&app, release, &asked, &measures).await?;
    let of = |measure| MeasureView::of(&app, &session, &reading, measure);
    Ok(Json(List::whole(release.measures.values().map(of).collect())))
}
