//! `GET /cases/{id}/actions/{action}/orgs`: units that may stand in a field of the form.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::{About, actor_at, snapshot};
use crate::http::extract::{Json, Path, Query};
use crate::orgs::Orgs;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use base::{CaseId, OrgId};
use engine::Command;
use serde::{Deserialize, Serialize};
use serde_json::Map;
use std::cmp::Reverse;
use store::org::{Org, Standing};
use utoipa::{IntoParams, ToSchema};

/// Most units shown at once.
const SHOWN: usize = 20;
/// Most units the rules are asked about; what lies farther away is found by its name.
const ASKED: usize = 500;

/// Which units.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// The field of the form.
    #[serde(default)]
    field: String,
    /// A part of the name or the code.
    q: Option<String>,
}

/// A unit that may be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrgChoice {
    id: String,
    code: String,
    name: String,
    /// The unit above, by name.
    above: Option<String>,
    province: Option<String>,
    stars: Option<i64>,
}

/// Units that the rules let stand in a field of this action, the nearest first: those below the
/// same agent as the case's own, then those of its province, then the others.
#[utoipa::path(
    get, path = "/cases/{id}/actions/{action}/orgs", tag = "cases", operation_id = "cases_orgs",
    params(("id" = String, Path), ("action" = String, Path), Filter),
    responses((status = 200, body = List<OrgChoice>), (status = 404)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn orgs(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((case, action)): Path<(CaseId, String)>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<OrgChoice>>> {
    let case = app.store().case(case, &session.scope).await?.state;
    let release = app.releases().pinned(&case.release)?;
    let known = release.processes.get(&case.process).and_then(|p| p.action(&action));
    let form = known.and_then(|a| a.form.as_ref()).and_then(|id| release.forms.get(id));
    if !form.is_some_and(|form| form.fields.iter().any(|field| field.id == filter.field)) {
        return Err(Problem::new("not-found"));
    }
    let actor = actor_at(&app, &session.person, case.org);
    let command =
        Command { action: Some(action), actor, form: Map::new(), ..Command::timer(app.now()) };
    let about = About::case(&case);
    let mut facts = snapshot(&app, &release, about, Some(session.id()), &command.form).await?;
    let orgs = app.orgs();
    let mut items = Vec::with_capacity(SHOWN);
    for org in nearest(&orgs, case.org, filter.q.as_deref().unwrap_or_default()) {
        facts.orgs.insert(org.id, store::cases::org_facts(org, orgs.mode(org.id).0, None));
        let refused = engine::form::candidate_refusal(
            &release,
            &case,
            &facts,
            &command,
            &filter.field,
            &org.id.to_string(),
            app.now(),
        );
        if refused.is_none() {
            items.push(choice(&orgs, org));
        }
        if items.len() == SHOWN {
            break;
        }
    }
    Ok(Json(List::whole(items)))
}

/// Units by distance in the tree, then in the country, then by stars and name.
fn nearest<'o>(orgs: &'o Orgs, from: OrgId, q: &str) -> Vec<&'o Org> {
    let q = q.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&q);
    let home = orgs.get(from);
    let mut found: Vec<&Org> = orgs.all();
    found.retain(|org| org.standing != Standing::Closed);
    found.retain(|org| q.is_empty() || has(&org.name) || has(&org.code));
    found.sort_by_key(|org| {
        let shared = home.map_or(0, |home| shared_units(&home.path, &org.path));
        let abroad = home.is_some_and(|home| home.province != org.province);
        (Reverse(shared), abroad, Reverse(org.stars), org.name.clone())
    });
    found.truncate(ASKED);
    found
}

/// Units that two paths have in common, from the top.
fn shared_units(one: &str, other: &str) -> usize {
    one.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count()
}

fn choice(orgs: &Orgs, org: &Org) -> OrgChoice {
    OrgChoice {
        id: org.id.to_string(),
        code: org.code.clone(),
        name: org.name.clone(),
        above: org.parent.and_then(|above| orgs.get(above)).map(|above| above.name.clone()),
        province: org.province.clone(),
        stars: org.stars,
    }
}
