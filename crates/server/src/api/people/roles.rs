//! `GET /people/roles`: the roles of the rulebook, and where I may give them.

use crate::app::App;
use crate::auth::{Allowed, Giver, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{ClauseView, List, Words};
use axum::extract::State;
use rulebook::model::Reach;
use serde::Serialize;
use utoipa::ToSchema;

/// A role of the rulebook (角色).
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleRow {
    id: String,
    title: Words,
    /// What it allows outside the processes.
    permissions: Vec<Words>,
    /// How far it sees: `own`, `station`, `subtree`, `company`.
    #[schema(value_type = String)]
    reach: Reach,
    clauses: Vec<ClauseView>,
    /// Roles whose holders give it; an administrator may give every role.
    given_by: Vec<Words>,
    /// Units at and below which I may give it; empty where I may not.
    mine_at: Vec<String>,
}

/// The roles of staff.
#[utoipa::path(
    get, path = "/people/roles", tag = "people", operation_id = "people_roles",
    responses((status = 200, body = List<RoleRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn roles(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
) -> Answer<Json<List<RoleRow>>> {
    let giver = Giver::of(&app, &session);
    let release = &session.release;
    let of_staff = release.roles.values().filter(|role| !role.permissions.is_empty());
    let rows = of_staff.map(|role| RoleRow {
        id: role.id.clone(),
        title: (&role.title).into(),
        permissions: role.permissions.iter().map(|right| right.title().into()).collect(),
        reach: role.reach,
        clauses: role.clause.iter().map(|id| ClauseView::of(release, id, session.lang)).collect(),
        given_by: role
            .given_by
            .iter()
            .filter_map(|id| Some((&release.roles.get(id)?.title).into()))
            .collect(),
        mine_at: giver.roots(role).into_iter().map(|org| org.to_string()).collect(),
    });
    Ok(Json(List::whole(rows.collect())))
}
