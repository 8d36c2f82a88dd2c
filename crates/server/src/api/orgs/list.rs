//! `GET /orgs`: the organisation tree.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Json;
use crate::orgs::Orgs;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use base::OrgId;
use serde::Serialize;
use std::collections::BTreeMap;
use store::org::Org;
use utoipa::ToSchema;

/// An organisation unit with its place in the tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrgRow {
    id: String,
    code: String,
    name: String,
    kind: String,
    parent: Option<String>,
    stars: Option<i64>,
    registered: bool,
    province: Option<String>,
    /// For `If-Match` when it is changed.
    version: i64,
    /// Whether I see what happens there.
    in_scope: bool,
    /// The mode it works in: `simple` (简易), `standard` (标准), `full` (完整).
    mode: String,
    /// The unit that sets the mode, itself or one above; none where nobody does.
    mode_from: Option<String>,
    /// How often in the last 30 days the same person did what the other checks (自行核准).
    self_approvals: i64,
}

/// Over how many days self-approvals are counted.
const COUNTED_DAYS: i64 = 30;

impl OrgRow {
    fn new(orgs: &Orgs, session: &Session, org: &Org, self_approvals: i64) -> Self {
        let (mode, from) = orgs.mode(org.id);
        Self {
            id: org.id.to_string(),
            code: org.code.clone(),
            name: org.name.clone(),
            kind: org.kind.clone(),
            parent: org.parent.map(|p| p.to_string()),
            stars: org.stars,
            registered: org.registered,
            province: org.province.clone(),
            version: org.version,
            in_scope: session.scope.holds(&org.path),
            mode: mode.to_owned(),
            mode_from: from.map(|org| org.id.to_string()),
            self_approvals,
        }
    }

    /// One unit as it now stands.
    pub async fn one(app: &App, session: &Session, id: OrgId) -> Answer<Self> {
        let counted = counted(app, session).await?;
        let orgs = app.orgs();
        let org = orgs.get(id).ok_or_else(|| Problem::new("not-found"))?;
        Ok(Self::new(&orgs, session, org, counted.get(&id).copied().unwrap_or_default()))
    }
}

async fn counted(app: &App, session: &Session) -> Answer<BTreeMap<OrgId, i64>> {
    let since = app.now().plus_seconds(-COUNTED_DAYS * 86_400);
    Ok(app.store().self_approvals(&session.scope, since).await?.into_iter().collect())
}

/// The organisation tree, parents before children.
#[utoipa::path(
    get, path = "/orgs", tag = "people", operation_id = "orgs_list",
    responses((status = 200, body = List<OrgRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn orgs(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
) -> Answer<Json<List<OrgRow>>> {
    let counted = counted(&app, &session).await?;
    let orgs = app.orgs();
    let count = |id: OrgId| counted.get(&id).copied().unwrap_or_default();
    let all = orgs.all().into_iter();
    let rows = all.map(|org| OrgRow::new(&orgs, &session, org, count(org.id)));
    Ok(Json(List::whole(rows.collect())))
}
