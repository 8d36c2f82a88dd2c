//! `GET /counters`: the counters of the stations in my reach.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{List, OrgRef, PersonRef};
use axum::extract::State;
use base::PersonId;
use rulebook::model::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// A counter.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterRow {
    id: String,
    name: String,
    org: OrgRef,
    /// How long nobody may do anything before it locks.
    idle_seconds: i64,
    /// Whether it locks after each act too.
    per_act: bool,
    opened_by: Option<PersonRef>,
    opened_at: String,
    /// When somebody last stepped up to it.
    used_at: Option<String>,
    /// Whether I may end it.
    manageable: bool,
}

/// The counters of the stations in my reach.
#[utoipa::path(
    get, path = "/counters", tag = "people", operation_id = "counters_list",
    responses((status = 200, body = List<CounterRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
) -> Answer<Json<List<CounterRow>>> {
    let counters = app.store().counters(&session.scope, session.now).await?;
    let by: Vec<PersonId> = counters.iter().map(|counter| counter.opened_by).collect();
    let names = app.store().people_named(&by).await?;
    let orgs = app.orgs();
    let manageable = session.may(Permission::PeopleWrite);
    let rows = counters.into_iter().filter_map(|counter| {
        let by = names.iter().find(|person| person.id == counter.opened_by);
        Some(CounterRow {
            id: counter.id.to_string(),
            org: orgs.get(counter.org)?.into(),
            name: counter.name,
            idle_seconds: counter.idle_seconds,
            per_act: counter.per_act,
            opened_by: by.map(|person| PersonRef::new(person.id, person.name.reveal())),
            opened_at: counter.opened_at.to_string(),
            used_at: counter.used_at.map(|at| at.to_string()),
            manageable,
        })
    });
    Ok(Json(List::whole(rows.collect())))
}
