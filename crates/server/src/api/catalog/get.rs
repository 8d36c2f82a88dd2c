//! `GET /catalog`: products, models, components, faults, causes, price list.

use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::Words;
use rulebook::model::Permission;
use serde::Serialize;
use utoipa::ToSchema;

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatalogView {
    products: Vec<Item>,
    models: Vec<ModelItem>,
    components: Vec<ComponentItem>,
    faults: Vec<FaultItem>,
    causes: Vec<Item>,
    prices: Vec<PriceView>,
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

/// A line of the price list, in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceView {
    code: String,
    title: Words,
    kind: String,
    component: Option<String>,
    models: Vec<String>,
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
pub async fn get(session: Allowed<perm::RulebookRead>) -> Answer<Json<CatalogView>> {
    let release = &session.release;
    let catalog = &release.catalog;
    let all_prices = session.may(Permission::FigureRead);
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
        prices: release
            .prices
            .values()
            .map(|p| PriceView {
                code: p.code.clone(),
                title: (&p.title).into(),
                kind: p.kind.clone(),
                component: p.component.clone(),
                models: p.models.clone(),
                retail: p.retail.0,
                ex_factory: all_prices.then_some(p.ex_factory.0),
            })
            .collect(),
    }))
}
