//! `GET /customers/{id}/record`: what was done with a customer's data, and what an erasure waits
//! for.

use super::erase::RequestView;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path};
use crate::privacy::{self, Held};
use crate::problem::Answer;
use crate::view::PersonRef;
use axum::extract::State;
use base::CustomerId;
use serde::Serialize;
use std::collections::HashMap;
use store::erasure::CustomerEvent;
use utoipa::ToSchema;

/// The record of a customer's data.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerRecord {
    erased: bool,
    /// The erasure that was asked for and waits.
    request: Option<RequestView>,
    /// What holds an erasure up today; empty when it may be done.
    held: Vec<Held>,
    /// What an erasure takes away.
    loses: Loses,
    /// What happened to the data, the latest first: who looked at it, when and why.
    events: Vec<EventView>,
}

/// What an erasure takes away.
#[derive(Debug, Serialize, ToSchema)]
pub struct Loses {
    /// Photos, signatures and scans.
    files: i64,
    /// Papers that nobody can read any more.
    documents: i64,
    /// Cases that stay, without a name.
    cases: i64,
    /// Vehicles whose owner is then unknown.
    vehicles: usize,
}

/// Something that happened to the data.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// `registered`, `completed`, `unmasked`, `copied`, `held`, `hold_lifted`, `erasure_asked`,
    /// `erasure_withdrawn`, `erased`, `corrected`, `merged`, `merged_into`, `parted`,
    /// `parted_from`.
    event: String,
    at: String,
    by: Option<PersonRef>,
    reason: Option<String>,
    /// How a correction was proven: `code`, `identity`, `officer`.
    means: Option<String>,
    /// Fields that were looked at or corrected: `name`, `phone`, `address`, `id_last4`.
    fields: Vec<String>,
    ground: Option<String>,
}

/// What was done with a customer's data, and what an erasure waits for.
#[utoipa::path(
    get, path = "/customers/{id}/record", tag = "customers", operation_id = "customers_record",
    params(("id" = String, Path)),
    responses((status = 200, body = CustomerRecord), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn record(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CustomerRecord>> {
    Ok(Json(of(&app, &session, id).await?))
}

/// The record of one customer in scope.
pub async fn of(app: &App, session: &Session, id: CustomerId) -> Answer<CustomerRecord> {
    let customer = app.store().customer_seen(id, &session.scope).await?;
    let id = customer.id;
    let (keeps, held) = privacy::held(app, session, id).await?;
    let request = app.store().erasure_request(id).await?;
    let events = app.store().customer_events(id).await?;
    let mut people: Vec<_> = events.iter().filter_map(|event| event.actor).collect();
    people.extend(request.iter().map(|request| request.asked_by));
    people.sort_unstable();
    people.dedup();
    let people = app.store().people_named(&people).await?;
    let names = people.iter().map(|p| (p.id, PersonRef::new(p.id, p.name.reveal()))).collect();
    Ok(CustomerRecord {
        erased: customer.erased,
        request: request.map(|request| RequestView::of(&request, &names)),
        held: if customer.erased { vec![] } else { held },
        loses: Loses {
            files: keeps.files,
            documents: keeps.documents,
            cases: keeps.cases,
            vehicles: keeps.vehicles.len(),
        },
        events: events.into_iter().map(|event| EventView::of(event, &names)).collect(),
    })
}

impl EventView {
    /// An event with the names of people.
    pub fn of(event: CustomerEvent, names: &HashMap<base::PersonId, PersonRef>) -> Self {
        let text = |key: &str| event.body.get(key).and_then(|v| v.as_str()).map(str::to_owned);
        let fields = event.body.get("fields").and_then(serde_json::Value::as_array);
        Self {
            at: event.at.to_string(),
            by: event.actor.and_then(|id| names.get(&id).cloned()),
            reason: text("reason"),
            ground: text("ground"),
            means: text("means"),
            fields: fields
                .into_iter()
                .flatten()
                .filter_map(|field| field.as_str().map(str::to_owned))
                .collect(),
            event: event.event,
        }
    }
}

impl CustomerRecord {
    /// What happened, the latest first.
    pub fn events(&self) -> &[EventView] {
        &self.events
    }
}

impl EventView {
    /// What it is called.
    pub fn words(&self) -> (&'static str, &'static str) {
        match self.event.as_str() {
            "registered" => ("登记", "registered"),
            "unmasked" => ("查看完整信息", "looked at in full"),
            "corrected" => ("更正", "corrected"),
            "completed" => ("补全资料", "completed"),
            "copied" => ("导出副本", "copy taken out"),
            "merged" => ("并入另一份资料", "another file merged in"),
            "merged_into" => ("并入保留的资料", "merged into the kept file"),
            "parted" | "parted_from" => ("撤销合并", "merge taken back"),
            "held" => ("加保全", "hold put"),
            "hold_lifted" => ("解除保全", "hold lifted"),
            "erasure_asked" => ("受理注销请求", "erasure asked for"),
            "erasure_withdrawn" => ("撤回注销请求", "erasure taken back"),
            _ => ("其他", "other"),
        }
    }

    /// When, who and why.
    pub fn line(&self) -> String {
        let by = self.by.as_ref().map(|by| by.name.as_str());
        let parts = [Some(self.at.as_str()), by, self.reason.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
