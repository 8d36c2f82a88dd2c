//! `GET /scorecards/{id}`: how a unit stands in a period, item by item.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::figures::cards;
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::scorecard::{Drawn, ScorecardView};
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Who, and when.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Whose {
    /// The unit that is scored.
    org: String,
    /// `2026`, `2026-Q4`, `2026-11`; the one that runs where absent.
    period: Option<String>,
}

/// Every item and condition of a scorecard with what it read, its points, and what people have
/// entered or still have to.
#[utoipa::path(
    get, path = "/scorecards/{id}", tag = "scorecards", operation_id = "scorecards_get",
    params(("id" = String, Path), Whose),
    responses((status = 200, body = ScorecardView), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Path(id): Path<String>,
    Query(whose): Query<Whose>,
) -> Answer<Json<ScorecardView>> {
    let view = read(&app, &session, &id, &whose.org, whose.period.as_deref()).await?;
    Ok(Json(view))
}

/// The card of a unit and a period.
pub async fn read(
    app: &App,
    session: &Session,
    id: &str,
    org: &str,
    period: Option<&str>,
) -> Answer<ScorecardView> {
    let known = cards::card(&session.release, id)?;
    let period = cards::period(known, period, app.today())?;
    let release = cards::judged_by(app, &period)?;
    let card = cards::card(&release, id)?;
    let org = cards::subject(app, session, card, org)?;
    let standing = cards::standing(app, &session.scope, &release, card, &period, &org).await?;
    let drawn = Drawn { app, session, release: &release, card, period: &period, org: &org };
    drawn.view(&standing).await
}
