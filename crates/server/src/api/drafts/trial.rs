//! `POST /rulebook/drafts/{id}/try`: one set of facts, judged by the release in force and by the
//! draft.

use super::publish::clean;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::Working;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::verdict::VerdictView;
use axum::extract::State;
use engine::warranty::judge_by_sale;
use engine::{FactsRefused, Judge, VerdictFacts};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Facts to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftTry {
    /// The facts of `POST /verdicts`.
    #[schema(value_type = Object)]
    facts: Value,
}

/// The same facts by several rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftTried {
    /// By the release in force, alone.
    now: VerdictView,
    /// By the draft, alone: as for what is sold under it.
    draft: VerdictView,
    /// What the customer would be told once the draft is in force: by the release of the sale, or
    /// a later one that is better.
    published: VerdictView,
    /// Whether the two alone differ in cover, remedy, payer or the last day of the term.
    differs: bool,
}

/// Judges facts by the release in force and by the draft, each with its reasons. A draft with
/// errors judges nothing.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/try", tag = "drafts", operation_id = "drafts_try",
    params(("id" = String, Path)), request_body = DraftTry,
    responses((status = 200, body = DraftTried), (status = 422)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn trial(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
    Json(body): Json<DraftTry>,
) -> Answer<Json<DraftTried>> {
    let working = Working::load(&app, id).await?;
    let compiled = working.compiled(&app).await?;
    clean(&working, &compiled)?;
    let release = compiled.release.as_ref().ok_or_else(|| Problem::new("internal"))?;
    let refused = |refused: FactsRefused| {
        Problem::new("facts-refused").sentence(refused.sentence.clone()).field(
            &refused.field,
            "invalid",
            refused.sentence,
        )
    };
    let facts = VerdictFacts::read(&body.facts).map_err(refused)?;
    let mut draft: Release = release.clone();
    draft.effective = Some(app.today());
    let judge = |release| Judge::new(release, &release.calendars);
    let now = judge(&session.release).judge(&facts).map_err(refused)?;
    let alone = judge(&draft).judge(&facts).map_err(refused)?;
    let known = app.releases().until(app.today());
    let mut judges: Vec<Judge<'_>> =
        known.iter().map(|release| Judge::new(release, &release.calendars)).collect();
    judges.push(Judge::new(&draft, &draft.calendars));
    let published = judge_by_sale(&judges, &facts).map_err(refused)?;
    let ends = |verdict: &engine::Verdict| verdict.term.as_ref().map(|term| term.ends);
    let differs = (now.covered, &now.remedy, &now.payer, ends(&now))
        != (alone.covered, &alone.remedy, &alone.payer, ends(&alone));
    Ok(Json(DraftTried {
        now: VerdictView::of(&app, &session.release, &now, session.lang),
        draft: VerdictView::of(&app, &draft, &alone, session.lang),
        published: VerdictView::of(&app, &draft, &published, session.lang),
        differs,
    }))
}
