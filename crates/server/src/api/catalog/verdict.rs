//! `POST /verdicts`: one verdict on stated facts.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::verdict::VerdictView;
use axum::extract::State;
use serde_json::Value;

/// Judges stated facts by the release in force; nothing is stored.
#[utoipa::path(
    post, path = "/verdicts", tag = "rulebook", operation_id = "verdicts_create",
    request_body(content = Object, description = "the facts of `sanbao judge`"),
    responses((status = 200, body = VerdictView), (status = 422)),
    extensions(("x-permission" = json!("verdict_read"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::VerdictRead>,
    Json(facts): Json<Value>,
) -> Answer<Json<VerdictView>> {
    let release = &session.release;
    let refused = |refused: engine::FactsRefused| {
        Problem::new("facts-refused").sentence(refused.sentence.clone()).field(
            &refused.field,
            "invalid",
            refused.sentence,
        )
    };
    let facts = engine::VerdictFacts::read(&facts).map_err(refused)?;
    let verdict = engine::judge(release, &facts, &release.calendars).map_err(refused)?;
    Ok(Json(VerdictView::of(&app, release, &verdict, session.lang)))
}
