//! `GET /customers/{id}/dealings`: what there was with a customer, as one list.

use super::record::EventView;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::row::CaseRowView;
use crate::view::told::{ToldView, views};
use crate::view::unit::UnitHitView;
use crate::view::{List, PersonRef};
use axum::extract::State;
use base::{CustomerId, PersonId, UnitId};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::cases::KeptCase;
use store::customer::{Dealing, Dealt};
use utoipa::{IntoParams, ToSchema};

/// The measure whose events are visits (进厂台次).
const VISITS: &str = "vehicles_in";
/// The fields in which a case says what it is about: a call its matter, an order its symptom.
const MATTERS: [&str; 3] = ["call_matter", "symptom", "question"];

/// Where a page begins.
#[derive(Debug, Deserialize, IntoParams)]
pub struct After {
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Something there was with a customer (往来).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dealing)]
pub struct DealingView {
    id: String,
    /// `visit`, `call`, `case`, `told`, `bought`, `sold`, `file`.
    kind: &'static str,
    at: String,
    /// The case of a visit or a call, or by which a vehicle was sold.
    case: Option<DealtCase>,
    /// What a visit or call was about, as it was said.
    matter: Option<String>,
    told: Option<ToldView>,
    /// The vehicle bought or sold.
    unit: Option<UnitHitView>,
    /// What changed in the file.
    event: Option<EventView>,
}

/// A case by number, with its row where it is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealtCase {
    id: String,
    number: String,
    row: Option<CaseRowView>,
}

/// What there was with a customer of mine, the latest first: visits, calls and other cases of my
/// scope, messages from there, vehicles bought and sold, changes of the file. Masked.
#[utoipa::path(
    get, path = "/customers/{id}/dealings", tag = "customers", operation_id = "customers_dealings",
    params(("id" = String, Path), After),
    responses((status = 200, body = List<DealingView>), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn dealings(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
    Query(after): Query<After>,
) -> Answer<Json<List<DealingView>>> {
    let store = app.store();
    let id = store.customer_seen(id, &session.scope).await?.id;
    let seen = (&session.scope, app.zone());
    let page = store.dealings(id, seen, after.cursor.as_deref(), session.now).await?;
    let names = names(&app, &page.items).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for dealing in page.items {
        items.push(view(&app, &session, &names, dealing).await?);
    }
    Ok(Json(List::page(items, page.next)))
}

/// Processes whose opening is a visit: those that the measure of vehicles received counts.
pub fn visiting(release: &Release) -> Vec<&str> {
    let counted = release.measures.get(VISITS).into_iter().flat_map(|measure| &measure.on);
    counted.filter_map(|event| event.process.as_deref()).collect()
}

async fn names(app: &App, items: &[Dealing]) -> Answer<HashMap<PersonId, PersonRef>> {
    let actor = |dealing: &Dealing| match &dealing.what {
        Dealt::Event(event) => event.actor,
        _ => None,
    };
    let ids: Vec<PersonId> = items.iter().filter_map(actor).collect();
    let people = app.store().people_named(&ids).await?;
    Ok(people.iter().map(|p| (p.id, PersonRef::new(p.id, p.name.reveal()))).collect())
}

async fn view(
    app: &App,
    session: &Session,
    names: &HashMap<PersonId, PersonRef>,
    dealing: Dealing,
) -> Answer<DealingView> {
    let (id, at) = (dealing.key(), dealing.at.to_string());
    let empty = |kind| DealingView {
        id,
        kind,
        at,
        case: None,
        matter: None,
        told: None,
        unit: None,
        event: None,
    };
    Ok(match dealing.what {
        Dealt::Case(kept) => DealingView {
            matter: matter(&kept),
            case: Some(DealtCase {
                id: kept.row.id.to_string(),
                number: kept.row.number.clone(),
                row: Some(CaseRowView::of(app, &kept.row)),
            }),
            ..empty(kind(&session.release, &kept.row.process))
        },
        Dealt::Told(told) => {
            let told = views(app, session, vec![*told]).await?.pop();
            DealingView { told, ..empty("told") }
        }
        Dealt::Bought(unit) => {
            DealingView { unit: Some(vehicle(app, session, unit).await?), ..empty("bought") }
        }
        Dealt::Sold(unit, case, number) => DealingView {
            unit: Some(vehicle(app, session, unit).await?),
            case: Some(DealtCase { id: case.to_string(), number, row: None }),
            ..empty("sold")
        },
        Dealt::Event(event) => {
            DealingView { event: Some(EventView::of(event, names)), ..empty("file") }
        }
    })
}

fn kind(release: &Release, process: &str) -> &'static str {
    if release.scripts.values().any(|script| script.process == process) {
        "call"
    } else if visiting(release).contains(&process) {
        "visit"
    } else {
        "case"
    }
}

fn matter(kept: &KeptCase) -> Option<String> {
    let text = |field: &str| kept.data.get(field)?.as_str().map(str::to_owned);
    MATTERS.iter().find_map(|field| text(field))
}

async fn vehicle(app: &App, session: &Session, unit: UnitId) -> Answer<UnitHitView> {
    let head = app.store().unit_head(unit).await?;
    Ok(UnitHitView::of(&session.release, head.id, &head.fields, None))
}
