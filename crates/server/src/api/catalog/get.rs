//! `GET /catalog`: products, models, components, faults, causes, price list.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::Words;
use axum::extract::State;
use engine::Terms;
use rulebook::model::{BuyerClass, Permission};
use serde::Serialize;
use store::org::Standing;
use utoipa::ToSchema;

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatalogView {
    products: Vec<Item>,
    models: Vec<ModelItem>,
    components: Vec<ComponentItem>,
    faults: Vec<FaultItem>,
    causes: Vec<Item>,
    prices: Vec<ChargeView>,
}

/// A key with its words.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    id: String,
    title: Words,
}

/// A model (车型).
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelItem {
    id: String,
    title: Words,
    product: String,
}

/// A component (部件).
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentItem {
    id: String,
    title: Words,
    group: String,
    class: String,
    serial: bool,
}

/// A fault with the components that can have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultItem {
    id: String,
    title: Words,
    components: Vec<String>,
}

/// Something that may be charged, in fen, at the prices of the station's terms today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeView {
    code: String,
    title: Words,
    kind: String,
    component: Option<String>,
    models: Vec<String>,
    /// Standard hours of a job, in thousandths; its price is that of an hour.
    standard: Option<i64>,
    retail: i64,
    /// What a registered station pays; only for those who see figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    ex_factory: Option<i64>,
}

/// The catalogue of the release in force.
#[utoipa::path(
    get, path = "/catalog", tag = "rulebook", operation_id = "catalog_get",
    responses((status = 200, body = CatalogView)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
) -> Answer<Json<CatalogView>> {
    let release = &session.release;
    let catalog = &release.catalog;
    let all_prices = session.may(Permission::FigureRead);
    let book = app.masters().of(release).book;
    let registered = session.org.registered && session.org.standing == Standing::Active;
    let terms = Terms::of(session.org.stars, registered, app.today());
    let charges = book.charges().filter_map(|charge| {
        let price = |class| book.price(&charge.code, class, terms.stars, terms.day);
        // What nobody has priced yet cannot be charged.
        let retail = price(BuyerClass::Retail)?.amount.0;
        Some(ChargeView {
            code: charge.code.clone(),
            title: (&charge.title).into(),
            kind: charge.kind.clone(),
            component: charge.component.clone(),
            models: charge.models.clone(),
            standard: charge.standard.map(|hours| hours.0),
            retail,
            ex_factory: price(BuyerClass::ExFactory).filter(|_| all_prices).map(|p| p.amount.0),
        })
    });
    let item = |id: &String, title: &base::Text| Item { id: id.clone(), title: title.into() };
    Ok(Json(CatalogView {
        products: catalog.products.values().map(|p| item(&p.id, &p.title)).collect(),
        models: catalog
            .models
            .iter()
            .map(|m| ModelItem {
                id: m.id.clone(),
                title: (&m.title).into(),
                product: m.product.clone(),
            })
            .collect(),
        components: catalog
            .components
            .iter()
            .map(|c| ComponentItem {
                id: c.id.clone(),
                title: (&c.title).into(),
                group: c.group.clone(),
                class: c.class.clone(),
                serial: c.serial,
            })
            .collect(),
        faults: catalog
            .faults
            .iter()
            .map(|f| FaultItem {
                id: f.id.clone(),
                title: (&f.title).into(),
                components: f.components.clone(),
            })
            .collect(),
        causes: catalog.causes.iter().map(|c| item(&c.id, &c.title)).collect(),
        prices: charges.collect(),
    }))
}
