//! `PUT /orgs/{id}/mode` and `GET /orgs/{id}/modes`: how strictly duties are kept apart (简易, 标准,
//! 完整).

use super::list::OrgRow;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use base::{OrgId, Text};
use serde::{Deserialize, Serialize};
use store::org::{ModeChange, Org};
use utoipa::ToSchema;

/// The modes.
const MODES: [&str; 3] = ["simple", "standard", "full"];
/// Longest reason.
const MAX_REASON: usize = 500;
/// Changes shown.
const SHOWN: u32 = 50;

/// The mode of a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMode {
    /// `simple`, `standard`, `full`; absent: as the unit above has it.
    mode: Option<String>,
    /// Why.
    reason: String,
}

/// A change of a unit's mode.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModeRow {
    was: Option<String>,
    mode: Option<String>,
    reason: String,
    actor: Option<String>,
    at: String,
}

/// Sets the mode of a unit within one's scope; kept with who and why. What is under way keeps all
/// it has: only what is asked from now on differs.
#[utoipa::path(
    put, path = "/orgs/{id}/mode", tag = "people", operation_id = "orgs_mode_put",
    params(("id" = String, Path)), request_body = NewMode,
    responses((status = 200, body = OrgRow), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
    Path(id): Path<OrgId>,
    Json(body): Json<NewMode>,
) -> Answer<Json<OrgRow>> {
    let org = in_scope(&app, &session, id)?;
    if body.mode.as_ref().is_some_and(|mode| !MODES.contains(&mode.as_str())) {
        let text =
            Text::new("模式只有 simple、standard、full", "The mode is simple, standard or full");
        return Err(Problem::new("form-invalid").field("mode", "choice", text));
    }
    let reason: String = body.reason.trim().chars().take(MAX_REASON).collect();
    if reason.is_empty() {
        let text = Text::new("写明为什么改变模式", "Say why the mode changes");
        return Err(Problem::new("form-invalid").field("reason", "required", text));
    }
    if org.mode != body.mode {
        let change = ModeChange { org: id, mode: body.mode, reason, actor: session.id() };
        app.store().set_mode(&change, session.now).await?;
        app.refresh_orgs().await?;
    }
    OrgRow::one(&app, &session, id).await.map(Json)
}

/// The changes of a unit's mode, the latest first.
#[utoipa::path(
    get, path = "/orgs/{id}/modes", tag = "people", operation_id = "orgs_modes",
    params(("id" = String, Path)), responses((status = 200, body = List<ModeRow>), (status = 404)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn history(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
    Path(id): Path<OrgId>,
) -> Answer<Json<List<ModeRow>>> {
    in_scope(&app, &session, id)?;
    let changes = app.store().mode_changes(id, SHOWN).await?;
    let rows = changes.into_iter().map(|change| ModeRow {
        was: change.was,
        mode: change.mode,
        reason: change.reason,
        actor: change.actor,
        at: change.at.to_string(),
    });
    Ok(Json(List::whole(rows.collect())))
}

/// The unit, when I see what happens there.
fn in_scope(app: &App, session: &Session, id: OrgId) -> Result<Org, Problem> {
    let orgs = app.orgs();
    let org = orgs.get(id).filter(|org| session.scope.holds(&org.path));
    org.cloned().ok_or_else(|| Problem::new("not-found"))
}
