//! `GET /rulebook/drafts/{id}/replay/changes/{verdict}`: one verdict as it was and as the draft
//! gives it, each with its reasons.

use super::changes::ReplayChangeRow;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::drafts::{Working, rules_hash};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::replay::job::{Against, Terms};
use crate::view::Words;
use crate::view::verdict::VerdictView;
use axum::extract::State;
use engine::warranty::Given;
use engine::{Judge, Verdict, VerdictFacts};
use rulebook::Release;
use serde::Serialize;
use store::replay::{Judged, ReplayChange};
use utoipa::ToSchema;

/// A verdict as it was and as the draft gives it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayPair {
    change: ReplayChangeRow,
    was: ReplaySide,
    becomes: ReplaySide,
}

/// One side: a verdict, or why the rules give none.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplaySide {
    verdict: Option<VerdictView>,
    refused: Option<Words>,
}

/// One verdict that changes, both sides with their reasons. Of a draft edited since the replay
/// there is nothing to compare.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/replay/changes/{verdict}", tag = "drafts",
    operation_id = "drafts_replay_pair",
    params(("id" = String, Path), ("verdict" = String, Path)),
    responses((status = 200, body = ReplayPair), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn pair(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path((id, verdict)): Path<(i64, i64)>,
) -> Answer<Json<ReplayPair>> {
    let run = super::done(&app, &session, id).await?;
    let working = Working::load(&app, id).await?;
    if run.text_hash != rules_hash(&working.sources) {
        return Err(Problem::new("replay-stale").detail(
            "草稿在回放之后又改过，无法逐条对比；请重新回放",
            "The draft was edited since the replay, so its verdicts cannot be laid side by side; \
             replay it again",
        ));
    }
    let at = (id, run.run);
    let (row, judged) = app.store().replay_change(at, &session.scope, verdict).await?;
    let terms: Terms = serde_json::from_value(run.terms).map_err(|_| Problem::new("internal"))?;
    let compiled = working.compiled(&app).await?;
    let rules = compiled.release.as_ref().ok_or_else(|| Problem::new("internal"))?;
    let was = match terms.against {
        Against::Base => side(&app, &session, &working.base, &judged.facts),
        Against::Decided => decided(&app, &session, &row, &judged).await?,
    };
    Ok(Json(ReplayPair {
        change: ReplayChangeRow::of(&app, &session, &row),
        was,
        becomes: side(&app, &session, rules, &judged.facts),
    }))
}

fn side(app: &App, session: &Session, rules: &Release, facts: &VerdictFacts) -> ReplaySide {
    match Judge::new(rules, &rules.calendars).judge(facts) {
        Ok(verdict) => ReplaySide {
            verdict: Some(VerdictView::of(app, rules, &verdict, session.lang)),
            refused: None,
        },
        Err(refused) => ReplaySide { verdict: None, refused: Some((&refused.sentence).into()) },
    }
}

/// The verdict as the case keeps it; given anew by the release that judged where the case keeps
/// another one by now.
async fn decided(
    app: &App,
    session: &Session,
    row: &ReplayChange,
    judged: &Judged,
) -> Answer<ReplaySide> {
    let rules = app.releases().known(&judged.release);
    let rules = rules.unwrap_or_else(|| session.release.clone());
    let case = app.store().case(row.case, &session.scope).await?.state;
    let kept = case.data.get("verdict").cloned();
    let kept: Option<Verdict> = kept.and_then(|json| serde_json::from_value(json).ok());
    Ok(match kept.filter(|verdict| Given::of(verdict) == row.change.was) {
        Some(verdict) => ReplaySide {
            verdict: Some(VerdictView::of(app, &rules, &verdict, session.lang)),
            refused: None,
        },
        None => side(app, session, &rules, &judged.facts),
    })
}
