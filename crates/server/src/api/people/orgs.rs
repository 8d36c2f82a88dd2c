//! `GET /orgs`: the organisation tree.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use serde::Serialize;
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
    /// Whether I see what happens there.
    in_scope: bool,
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
    let orgs = app.orgs();
    let rows = orgs.all().into_iter().map(|org| OrgRow {
        id: org.id.to_string(),
        code: org.code.clone(),
        name: org.name.clone(),
        kind: org.kind.clone(),
        parent: org.parent.map(|p| p.to_string()),
        stars: org.stars,
        registered: org.registered,
        province: org.province.clone(),
        in_scope: session.scope.holds(&org.path),
    });
    Ok(Json(List::whole(rows.collect())))
}
