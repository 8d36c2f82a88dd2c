//! `GET /cases/{id}/postings`: what a case posted, in words.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::List;
use crate::view::account::{Names, PostedView, Quoted};
use crate::view::case::seen;
use axum::extract::State;
use base::CaseId;
use store::Scope;

/// What a case in my scope posted, the oldest first.
#[utoipa::path(
    get, path = "/cases/{id}/postings", tag = "cases", operation_id = "cases_postings",
    params(("id" = String, Path)),
    responses((status = 200, body = List<PostedView>), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn postings(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
) -> Answer<Json<List<PostedView>>> {
    // Who may not see the case is told so, whether it posted anything or not.
    seen(&app, &session, id).await?;
    let rows = app.store().case_transactions(id, &Scope::company()).await?;
    let mut quoted = Quoted::default();
    for row in &rows {
        PostedView::quote(row, &mut quoted);
    }
    let names = Names::of(&app, &session, quoted).await?;
    Ok(Json(List::whole(rows.iter().map(|row| PostedView::of(&names, row)).collect())))
}
