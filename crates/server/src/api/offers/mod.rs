//! `GET /offers`: what I must do now (我的待办).

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::problem_of;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::row::CaseRowView;
use crate::view::{List, PersonRef, Words};
use axum::extract::State;
use base::PersonId;
use rulebook::model::Mark;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::offer::OfferRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Largest page.
const MAX_PAGE: u32 = 100;

/// `/offers`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Page {
    limit: Option<u32>,
}

/// A to-do row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
pub struct OfferView {
    case: CaseRowView,
    action: String,
    action_title: Words,
    #[schema(value_type = String)]
    mark: Mark,
    due_at: Option<String>,
    deadline_title: Option<Words>,
    late: bool,
    #[schema(value_type = Option<crate::view::problem::ProblemBody>)]
    blocked: Option<Value>,
    /// Whose deputy I am in it (代理).
    deputy_for: Option<PersonRef>,
    /// Who handed it on to me (转办).
    handed_by: Option<PersonRef>,
}

/// What I must do now, the most urgent first.
#[utoipa::path(
    get, path = "/offers", tag = "workbench", operation_id = "offers_list", params(Page),
    responses((status = 200, body = List<OfferView>)),
    extensions(("x-permission" = json!("case_act"))),
)]
async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Query(page): Query<Page>,
) -> Answer<Json<List<OfferView>>> {
    let limit = page.limit.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE);
    let rows = for_me(&app, &session, limit).await?;
    let names = names(&app, &rows).await?;
    let views = rows.iter().map(|row| view(&app, &session, row, &names));
    Ok(Json(List::whole(views.collect())))
}

/// A row, and whose office I hold in it.
struct ForMe {
    row: OfferRow,
    deputy_for: Option<PersonId>,
}

/// My own to-dos, and those of the people whose office I hold today; each thing to do once.
async fn for_me(app: &App, session: &Session, limit: u32) -> Answer<Vec<ForMe>> {
    let me = session.id();
    let rows = app.store().offers(me, &session.scope, limit).await?;
    let mine = |row: OfferRow| ForMe { row, deputy_for: None };
    let mut all: Vec<ForMe> = rows.into_iter().map(mine).collect();
    let deputies = app.deputies();
    let away: Vec<PersonId> = deputies.held_by(me, app.today()).map(|away| away.person).collect();
    for person in &away {
        for row in app.store().offers(*person, &session.scope, limit).await? {
            let same = |o: &ForMe| o.row.case.id == row.case.id && o.row.action == row.action;
            // What was handed on to a person by name is theirs alone.
            if row.handed_by.is_none() && !all.iter().any(same) {
                all.push(ForMe { row, deputy_for: Some(*person) });
            }
        }
    }
    all.retain(|o| !o.row.approved.contains(&me));
    all.retain(|o| !o.deputy_for.is_some_and(|person| o.row.approved.contains(&person)));
    if !away.is_empty() {
        all.sort_by_key(|o| (o.row.due_at.is_none(), o.row.due_at, o.row.case.id));
        all.truncate(limit as usize);
    }
    Ok(all)
}

async fn names(app: &App, rows: &[ForMe]) -> Answer<BTreeMap<PersonId, String>> {
    let ids = rows.iter().flat_map(|o| [o.deputy_for, o.row.handed_by]).flatten();
    let ids: BTreeSet<PersonId> = ids.collect();
    let people = app.store().people_named(&Vec::from_iter(ids)).await?;
    Ok(people.iter().map(|p| (p.id, p.name.reveal().to_owned())).collect())
}

fn view(
    app: &App,
    session: &Session,
    ForMe { row, deputy_for }: &ForMe,
    names: &BTreeMap<PersonId, String>,
) -> OfferView {
    let person = |id: PersonId| PersonRef::new(id, names.get(&id).map_or("", String::as_str));
    let release =
        app.releases().pinned(&row.case.release).unwrap_or_else(|_| session.release.clone());
    let process = release.processes.get(&row.case.process);
    let action = process.and_then(|p| p.action(&row.action));
    let deadline = row.deadline.as_ref().zip(process).and_then(|(id, p)| {
        p.deadlines.iter().find(|d| d.id == *id).map(|d| Words::from(&d.title))
    });
    let blocked = row.blocked.as_ref();
    let passed = row.due_at.is_some_and(|due| due < app.now());
    OfferView {
        case: CaseRowView::of(app, &row.case),
        action: row.action.clone(),
        action_title: action.map_or_else(|| Words::key(&row.action), |a| (&a.title).into()),
        mark: action.map(|a| a.mark_at(&row.case.state, passed)).unwrap_or_default(),
        due_at: row.due_at.map(|at| at.to_string()),
        deadline_title: deadline,
        late: row.late,
        blocked: blocked.map(|refusal| problem_of(&release, refusal).body(session.lang, "")),
        deputy_for: deputy_for.map(person),
        handed_by: row.handed_by.map(person),
    }
}
