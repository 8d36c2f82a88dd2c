//! `GET /hotline/back`: calls that are still to be returned.

use super::CallerCase;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use std::collections::BTreeSet;

/// Most calls of the list; a desk that owes more sees those that press most.
const MOST: u32 = 100;

/// Calls in my scope that nobody has answered yet, what is due first at the top (回电单).
#[utoipa::path(
    get, path = "/hotline/back", tag = "hotline", operation_id = "hotline_back",
    responses((status = 200, body = List<CallerCase>)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn back(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
) -> Answer<Json<List<CallerCase>>> {
    let scripts = session.release.scripts.values();
    let processes: BTreeSet<&str> = scripts.map(|script| script.process.as_str()).collect();
    let mut rows = Vec::new();
    for process in processes {
        let open = app.store().pressing_cases(process, &session.scope, MOST).await?;
        rows.extend(open.iter().map(|kept| CallerCase::of(&app, kept)));
    }
    Ok(Json(List::whole(rows)))
}
