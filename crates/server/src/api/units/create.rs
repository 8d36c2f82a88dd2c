//! `POST /units`: take a vehicle down at the counter.

use super::get::{UnitView, view};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::imports::{clean, fields::Phone, workbook::Cell};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Day, Text};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::customer::NewCustomer;
use store::unit::{NewUnit, UnitFields};
use utoipa::ToSchema;

/// Most components named at once.
const MAX_COMPONENTS: usize = 40;
/// Longest number or name.
const MAX_TEXT: usize = 64;

/// A vehicle as taken down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    frame_no: Option<String>,
    model: Option<String>,
    make: Option<String>,
    colour: Option<String>,
    plate: Option<String>,
    card_no: Option<String>,
    #[schema(value_type = Option<String>)]
    sold_on: Option<Day>,
    #[schema(value_type = Option<String>)]
    invoice_date: Option<Day>,
    invoice_no: Option<String>,
    #[serde(default)]
    components: BTreeMap<String, String>,
    customer: Option<Owner>,
    #[serde(default)]
    unverified: bool,
}

/// The owner as told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    name: Option<String>,
    phone: Option<String>,
}

/// Takes a vehicle down; without papers it is marked unverified and reviewed later.
#[utoipa::path(
    post, path = "/units", tag = "units", operation_id = "units_create",
    request_body = Registration,
    responses((status = 201, body = UnitView), (status = 422)),
    extensions(("x-permission" = json!("unit_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::UnitWrite>,
    Json(body): Json<Registration>,
) -> Answer<(StatusCode, Json<UnitView>)> {
    check(&body, app.today(), &session.release)?;
    let owner = match &body.customer {
        Some(owner) => Some(customer(&app, &session, owner).await?),
        None => None,
    };
    let code = |text: &Option<String>| text.as_deref().map(clean::code).filter(|t| !t.is_empty());
    let words = |text: &Option<String>| text.as_deref().map(clean::text).filter(|t| !t.is_empty());
    let model = code(&body.model);
    let known = session.release.catalog.models.iter().find(|m| Some(&m.id) == model.as_ref());
    let unit = NewUnit {
        fields: UnitFields {
            frame_no: code(&body.frame_no),
            product: known.map(|m| m.product.clone()),
            model,
            make: words(&body.make),
            colour: words(&body.colour),
            plate: code(&body.plate),
            card_no: code(&body.card_no),
            sold_on: body.sold_on,
            invoice_date: body.invoice_date,
            invoice_no: code(&body.invoice_no),
            org: Some(session.org.id),
            unverified: body.unverified,
            ..UnitFields::default()
        },
        components: body
            .components
            .iter()
            .map(|(component, serial)| (component.clone(), clean::code(serial)))
            .collect(),
        owner,
    };
    let id = app.store().add_unit(unit, session.id(), session.now).await?;
    let unit = app.store().unit(id, &session.scope).await?;
    Ok((StatusCode::CREATED, Json(view(&app, &session, &unit).await?)))
}

/// Registers the owner as told at the counter.
pub async fn customer(
    app: &App,
    session: &crate::auth::Session,
    owner: &Owner,
) -> Answer<base::CustomerId> {
    let phone = match owner.phone.as_deref().filter(|p| !p.trim().is_empty()) {
        None => None,
        Some(raw) => Some(mobile(raw)?),
    };
    let new = NewCustomer {
        name: owner.name.as_deref().map(clean::text).filter(|n| !n.is_empty()),
        phone,
        org: Some(session.org.id),
        ..NewCustomer::default()
    };
    Ok(app.store().add_customer(new, session.now).await?)
}

/// A mobile number, or a problem that says what one looks like.
pub fn mobile(raw: &str) -> Answer<String> {
    match crate::imports::fields::phone(&Cell::Text(raw.to_owned())) {
        Phone::Plain(p) | Phone::Normalised(p) | Phone::FullWidth(p) | Phone::Number(p) => Ok(p),
        Phone::DigitsLost | Phone::Invalid => Err(Problem::new("form-invalid").field(
            "phone",
            "invalid",
            Text::new(
                "不是手机号；应为 11 位、以 1 开头，例如 13800138000",
                "Not a mobile number; it has 11 digits from 1, for example 13800138000",
            ),
        )),
    }
}

fn check(body: &Registration, today: Day, release: &rulebook::Release) -> Answer<()> {
    let mut problem = Problem::new("form-invalid");
    let mut wrong = false;
    let mut refuse = |field: &str, code: &str, zh: &str, en: &str| {
        wrong = true;
        problem = problem.clone().field(field, code, Text::new(zh, en));
    };
    for (field, day) in [("sold_on", body.sold_on), ("invoice_date", body.invoice_date)] {
        if day.is_some_and(|day| day > today) {
            refuse(field, "range", "日期晚于今天", "The date lies in the future");
        }
    }
    for (field, text) in [
        ("frame_no", &body.frame_no),
        ("model", &body.model),
        ("make", &body.make),
        ("colour", &body.colour),
        ("plate", &body.plate),
        ("card_no", &body.card_no),
        ("invoice_no", &body.invoice_no),
    ] {
        if text.as_ref().is_some_and(|t| t.chars().count() > MAX_TEXT) {
            refuse(field, "range", "最多 64 个字符", "At most 64 characters");
        }
    }
    if body.components.len() > MAX_COMPONENTS
        || body.components.values().any(|s| s.chars().count() > MAX_TEXT)
    {
        refuse("components", "range", "部件编号过多或过长", "Too many or too long serials");
    }
    if body.components.keys().any(|key| release.catalog.component(key).is_none()) {
        refuse("components", "choice", "有目录中没有的部件", "A component is not in the catalogue");
    }
    let named = [&body.frame_no, &body.make, &body.plate, &body.card_no];
    if named.iter().all(|t| t.as_deref().is_none_or(|t| clean::code(t).is_empty())) {
        refuse(
            "frame_no",
            "required",
            "车架号、车牌、卡号、品牌至少填一项",
            "Give at least one of frame number, plate, card number or make",
        );
    }
    if wrong { Err(problem) } else { Ok(()) }
}
