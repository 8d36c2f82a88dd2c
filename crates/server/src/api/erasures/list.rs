//! `GET /erasures`: what was asked for and waits; what nothing holds up any more stands first.

use crate::api::customers::{CustomerView, RequestView};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::privacy::{self, Held};
use crate::problem::Answer;
use crate::view::{List, PersonRef};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An erasure that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingErasure {
    customer: CustomerView,
    request: RequestView,
    /// What still holds it up; empty when it may be done now.
    held: Vec<Held>,
}

/// Erasures that were asked for and wait, those that may be done now first.
#[utoipa::path(
    get, path = "/erasures", tag = "customers", operation_id = "erasures_list",
    responses((status = 200, body = List<WaitingErasure>)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
) -> Answer<Json<List<WaitingErasure>>> {
    let requests = app.store().erasure_requests(&session.scope).await?;
    let ids: Vec<_> = requests.iter().map(|request| request.asked_by).collect();
    let people = app.store().people_named(&ids).await?;
    let names = people.iter().map(|p| (p.id, PersonRef::new(p.id, p.name.reveal()))).collect();
    let mut waiting = Vec::with_capacity(requests.len());
    for request in requests {
        let (_, held) = privacy::held(&app, &session, request.customer.id).await?;
        waiting.push(WaitingErasure {
            customer: (&request.customer).into(),
            request: RequestView::of(&request, &names),
            held,
        });
    }
    waiting.sort_by_key(|one| !one.held.is_empty());
    Ok(Json(List::whole(waiting)))
}
