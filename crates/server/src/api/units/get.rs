//! `GET /units/{id}`: the vehicle's page.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::campaign::CampaignRef;
use crate::view::coverage::{Coverage, coverage};
use crate::view::heed::heeded;
use crate::view::past::UnitPastView;
use crate::view::unit::{OutletRef, UnitHitView};
use crate::view::{ClauseView, Words};
use axum::extract::State;
use base::{CustomerId, UnitId};
use rulebook::model::Permission;
use serde::Serialize;
use store::StoreError;
use store::unit::{Unit, UnitWarning};
use utoipa::ToSchema;

/// The process of a hazard.
const HAZARD: &str = "hazard";

/// A vehicle with everything that hangs on it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitView {
    #[serde(flatten)]
    hit: UnitHitView,
    product: Option<String>,
    make: Option<String>,
    colour: Option<String>,
    usage: Option<String>,
    sale_channel: Option<String>,
    invoice_date: Option<String>,
    invoice_no: Option<String>,
    registered_on: Option<String>,
    activated_on: Option<String>,
    manufactured_on: Option<String>,
    /// Price paid, in fen.
    price: Option<i64>,
    unverified: bool,
    /// `ok`, `lost`, `void`.
    card_state: String,
    components: Vec<ComponentView>,
    owner: Option<crate::view::unit::OwnerRef>,
    warnings: Vec<WarningView>,
    /// The open hazard (安全隐患) for which it is out of use: nothing is repaired, issued or handed
    /// over before its release.
    hazard: Option<HazardRef>,
    cases: Vec<UnitCase>,
    coverage: Option<Coverage>,
    /// Former owners, void cards, components taken out.
    #[serde(flatten)]
    past: UnitPastView,
}

/// A component now built in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentView {
    component: String,
    title: Words,
    serial: Option<String>,
    since: Option<String>,
    /// Whether it is not the one from new.
    replaced: bool,
    /// The case that built it in.
    case: Option<String>,
}

/// Something to heed whenever the vehicle comes.
#[derive(Debug, Serialize, ToSchema)]
pub struct WarningView {
    code: String,
    text: Words,
    clause: Option<ClauseView>,
}

/// A hazard that is not released yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct HazardRef {
    id: String,
    number: String,
}

/// A case of the vehicle.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitCase {
    id: String,
    number: String,
    process_title: Words,
    state: Words,
    opened_at: String,
    closed_at: Option<String>,
    component: Option<String>,
    component_title: Option<Words>,
}

/// The vehicle's page: what it is, what is covered until when, what happened to it.
#[utoipa::path(
    get, path = "/units/{id}", tag = "units", operation_id = "units_get",
    params(("id" = String, Path)),
    responses((status = 200, body = UnitView), (status = 404)),
    extensions(("x-permission" = json!("unit_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::UnitRead>,
    Path(id): Path<UnitId>,
) -> Answer<Json<UnitView>> {
    let unit = app.store().unit(id, &session.scope).await?;
    Ok(Json(view(&app, &session, &unit).await?))
}

/// The page of a vehicle.
pub async fn view(app: &App, session: &Session, unit: &Unit) -> Answer<UnitView> {
    let release = &session.release;
    let fields = &unit.fields;
    let day = |day: Option<base::Day>| day.map(|day| day.to_string());
    let mut hit = UnitHitView::of(release, unit.id, fields, unit.owner.as_ref());
    let open = app.store().open_campaigns(&[unit.id]).await?.remove(&unit.id);
    hit.campaigns = open.unwrap_or_default().iter().map(CampaignRef::from).collect();
    let owner = seen_owner(app, session, unit).await?;
    let heeded = heeded(app, session, &[unit.id], owner.as_slice()).await?;
    hit.heeded = heeded.with(Some(unit.id), owner);
    hit.org = unit.org.as_ref().map(|o| OutletRef { id: o.id.to_string(), name: o.name.clone() });
    Ok(UnitView {
        owner: hit.customer.clone(),
        hit,
        product: fields.product.clone(),
        make: fields.make.clone(),
        colour: fields.colour.clone(),
        usage: fields.usage.clone(),
        sale_channel: fields.sale_channel.clone(),
        invoice_date: day(fields.invoice_date),
        invoice_no: fields.invoice_no.clone(),
        registered_on: day(fields.registered_on),
        activated_on: day(fields.activated_on),
        manufactured_on: day(fields.manufactured_on),
        price: fields.price_fen,
        unverified: fields.unverified,
        card_state: fields.card_state.clone().unwrap_or_else(|| "ok".into()),
        components: unit
            .components
            .iter()
            .map(|c| ComponentView {
                title: release
                    .catalog
                    .component(&c.component)
                    .map_or_else(|| Words::key(&c.component), |known| (&known.title).into()),
                component: c.component.clone(),
                serial: c.serial.clone(),
                since: day(c.since),
                replaced: c.since.is_some(),
                case: c.case.map(|id| id.to_string()),
            })
            .collect(),
        warnings: unit.warnings.iter().map(|w| warning(session, w)).collect(),
        hazard: unit
            .cases
            .iter()
            .find(|row| row.process == HAZARD && row.closed_at.is_none())
            .map(|row| HazardRef { id: row.id.to_string(), number: row.number.clone() }),
        cases: unit.cases.iter().map(|row| case_row(app, row)).collect(),
        coverage: coverage(app, session, unit).await?,
        past: {
            let past = app.store().unit_past(unit.id, &session.scope).await?;
            UnitPastView::of(release, past, session.may(Permission::CustomerRead))
        },
    })
}

/// The owner, where the caller knows them: what was agreed with somebody is not told to all.
async fn seen_owner(app: &App, session: &Session, unit: &Unit) -> Answer<Option<CustomerId>> {
    let owner = unit.owner.as_ref().filter(|_| session.may(Permission::CustomerRead));
    let Some(owner) = owner else { return Ok(None) };
    match app.store().customer_seen(owner.id, &session.scope).await {
        Err(StoreError::NotFound(_)) => Ok(None),
        found => Ok(Some(found?.id)),
    }
}

fn warning(session: &Session, warning: &UnitWarning) -> WarningView {
    let text = |key: &str| warning.values.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let known = super::super::words::warning(&warning.code);
    WarningView {
        code: warning.code.clone(),
        text: match (text("zh").or_else(|| text("text")), text("en")) {
            (Some(zh), Some(en)) => Words { zh, en },
            (Some(zh), None) => Words::key(&zh),
            _ => known,
        },
        clause: text("clause").map(|id| ClauseView::of(&session.release, &id, session.lang)),
    }
}

fn case_row(app: &App, row: &store::cases::CaseRow) -> UnitCase {
    let release = app.releases().pinned(&row.release).ok();
    let process = release.as_ref().and_then(|r| r.processes.get(&row.process));
    let state = process.and_then(|p| p.state(&format!("main.{}", row.state)));
    UnitCase {
        id: row.id.to_string(),
        number: row.number.clone(),
        process_title: process.map_or_else(|| Words::key(&row.process), |p| (&p.title).into()),
        state: state.map_or_else(|| Words::key(&row.state), |s| (&s.title).into()),
        opened_at: row.opened_at.to_string(),
        closed_at: row.closed_at.map(|at| at.to_string()),
        component: row.component.clone(),
        component_title: row.component.as_ref().map(|id| {
            let known = release.as_ref().and_then(|r| r.catalog.component(id));
            known.map_or_else(|| Words::key(id), |c| (&c.title).into())
        }),
    }
}
