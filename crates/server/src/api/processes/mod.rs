//! `GET /processes`: what can be opened, with the start forms.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::{actor_at, snapshot};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::form::{Drawing, FormSchema};
use crate::view::{List, Words};
use axum::extract::State;
use base::UnitId;
use engine::{Command, Opening};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/processes`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// For what a case would be opened.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Subject {
    /// The vehicle.
    #[param(value_type = Option<String>)]
    unit: Option<UnitId>,
}

/// A process that can be opened or looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessView {
    id: String,
    title: Words,
    area: String,
    /// `unit`, `customer`, `none`.
    subject: String,
    /// Whether I may open one at my station.
    can_open: bool,
    /// The start form, for those I may open.
    form: Option<FormSchema>,
}

/// The processes of the release in force.
#[utoipa::path(
    get, path = "/processes", tag = "cases", operation_id = "processes_list", params(Subject),
    responses((status = 200, body = List<ProcessView>)),
    extensions(("x-permission" = json!("case_read"))),
)]
async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(subject): Query<Subject>,
) -> Answer<Json<List<ProcessView>>> {
    let release = &session.release;
    let org = session.org.id;
    let actor = actor_at(&app, &session.person, org);
    let mut customer = None;
    if let Some(unit) = subject.unit {
        let unit = app.store().unit_head(unit).await?;
        customer = unit.owner.map(|owner| owner.id);
    }
    let about = snapshot::About { case: None, org, unit: subject.unit, customer };
    let facts = snapshot::snapshot(&app, release, about, Some(session.id()), &Map::new()).await?;
    let drawing = Drawing { app: &app, session: &session, release, case: None, org, facts: &facts };
    let mut views = Vec::with_capacity(release.processes.len());
    for process in release.processes.values() {
        let can_open = process.start.doers().iter().any(|by| actor.roles.contains(by));
        let command = Command {
            action: Some("open".into()),
            opening: Some(Opening {
                process: process.id.clone(),
                org,
                unit: subject.unit,
                customer,
                parent: None,
            }),
            actor: actor.clone(),
            ..Command::timer(app.now())
        };
        let form = if can_open { drawing.form(&process.start, &command).await? } else { None };
        let form = form.map(FormSchema::without_shelves);
        views.push(ProcessView {
            id: process.id.clone(),
            title: (&process.title).into(),
            area: process.area.clone(),
            subject: process.subject.clone(),
            can_open,
            form,
        });
    }
    Ok(Json(List::whole(views)))
}
