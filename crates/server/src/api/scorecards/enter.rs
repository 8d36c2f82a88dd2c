//! `POST /scorecards/{id}/entries`: what no measure counts, entered by hand.

use super::get;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::cards;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::scorecard::ScorecardView;
use axum::extract::State;
use base::Text;
use serde::Deserialize;
use store::measures::NewEntered;
use utoipa::ToSchema;

/// Longest evidence, in characters.
const MAX_EVIDENCE: usize = 500;

/// What is entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScoreEntry {
    /// The unit that is scored.
    org: String,
    /// `2026`, `2026-Q4`, `2026-11`.
    period: String,
    /// The entry of the card.
    field: String,
    /// Yes or no, a number, or a share of one; null takes back what was entered.
    value: serde_json::Value,
    /// What it stands on: the paper, the letter, the visit.
    evidence: String,
}

/// Enters something for a scorecard, or corrects it: what was entered before stays on record, the
/// newest holds. Who may stands in the card; the unit lies in my scope. The card as it now stands.
#[utoipa::path(
    post, path = "/scorecards/{id}/entries", tag = "scorecards",
    operation_id = "scorecards_enter", params(("id" = String, Path)),
    request_body = NewScoreEntry,
    responses((status = 200, body = ScorecardView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("score_enter"))),
)]
pub async fn enter(
    State(app): State<App>,
    session: Allowed<perm::ScoreEnter>,
    Path(id): Path<String>,
    Json(body): Json<NewScoreEntry>,
) -> Answer<Json<ScorecardView>> {
    let known = cards::card(&session.release, &id)?;
    let period = cards::period(known, Some(&body.period), app.today())?;
    let release = cards::judged_by(&app, &period)?;
    let card = cards::card(&release, &id)?;
    let org = cards::subject(&app, &session, card, &body.org)?;
    let entry = card.entries.iter().find(|entry| entry.id == body.field).ok_or_else(|| {
        Problem::new("form-invalid").field(
            "field",
            "unknown",
            Text::new(
                format!("“{}”没有录入项“{}”", card.title.zh, body.field),
                format!("`{}` has no entry `{}`", card.title.en, body.field),
            ),
        )
    })?;
    if !cards::may_enter(&session, entry, org.id, &app) {
        let title = |id: &String| release.roles.get(id).map(|role| role.title.clone());
        let roles: Vec<Text> = entry.by.iter().filter_map(title).collect();
        let named =
            |of: fn(&Text) -> &str, by: &str| roles.iter().map(of).collect::<Vec<_>>().join(by);
        return Err(Problem::new("forbidden").with("permission", "score_enter".into()).detail(
            format!("“{}”由{}录入", entry.title.zh, named(|t| &t.zh, "、")),
            format!("`{}` is entered by: {}", entry.title.en, named(|t| &t.en, ", ")),
        ));
    }
    if let Some((zh, en)) = cards::wrong(entry, &body.value) {
        return Err(Problem::new("form-invalid").field("value", "wrong", Text::new(zh, en)));
    }
    let evidence = body.evidence.trim();
    if evidence.is_empty() || evidence.chars().count() > MAX_EVIDENCE {
        let text = Text::new(
            format!("写明依据（文件、信件、现场），不超过 {MAX_EVIDENCE} 字"),
            format!("Say what it stands on, in at most {MAX_EVIDENCE} characters"),
        );
        return Err(Problem::new("form-invalid").field("evidence", "required", text));
    }
    let new = NewEntered {
        card: card.id.clone(),
        field: entry.id.clone(),
        org: org.id,
        starts: period.first,
        value: body.value,
        evidence: evidence.to_owned(),
        actor: session.id(),
    };
    app.store().enter_score(&new, session.now).await?;
    get::read(&app, &session, &id, &body.org, Some(&period.label)).await.map(Json)
}
