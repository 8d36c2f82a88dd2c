//! What the register already holds of what a workbook names.

use super::sale::Sale;
use super::{Known, TakenFrame, clean, sale, workbook::Sheet};
use crate::app::App;
use crate::problem::Answer;
use rulebook::Release;
use store::Scope;
use store::unit::UnitHit;

/// Outlets are organisation units of these kinds.
const SELLERS: [&str; 3] = ["outlet", "station", "agent"];

/// Asks the register about every number the sheet names.
pub async fn known(app: &App, release: &Release, sheet: &Sheet) -> Answer<Known> {
    let mut known = Known {
        models: release.catalog.models.iter().map(|m| m.id.clone()).collect(),
        outlets: app
            .orgs()
            .all()
            .into_iter()
            .filter(|org| SELLERS.contains(&org.kind.as_str()))
            .map(|org| (org.code.clone(), org.name.clone()))
            .collect(),
        ..Known::default()
    };
    let numbers = sale::numbers(sheet);
    let frames: Vec<String> = numbers.frames.into_iter().collect();
    for frame in app.store().known_frames(&frames).await? {
        for hit in exact(app, &frame).await? {
            let owner = hit.owner.as_ref();
            let reveal = |p: &Option<store::Personal>| p.as_ref().map(|p| p.reveal().to_owned());
            let name = owner.and_then(|o| reveal(&o.name)).unwrap_or_default();
            let phone = owner.and_then(|o| reveal(&o.phone));
            known.frames.insert(frame.clone(), TakenFrame { name, phone });
        }
    }
    for card in numbers.cards {
        for hit in exact(app, &card).await? {
            let same = hit.fields.card_no.as_deref().map(clean::code) == Some(card.clone());
            if let Some(frame) = hit.fields.frame_no.filter(|_| same) {
                known.cards.insert(card.clone(), clean::code(&frame));
            }
        }
    }
    for battery in numbers.batteries {
        for hit in exact(app, &battery).await? {
            if let Some(frame) = hit.fields.frame_no.filter(|_| hit.matched_by == "serial") {
                let key = ("li_battery".to_owned(), battery.clone());
                known.serials.insert(key, clean::code(&frame));
            }
        }
    }
    Ok(known)
}

async fn exact(app: &App, number: &str) -> Answer<Vec<UnitHit>> {
    if number.chars().count() < 2 {
        return Ok(vec![]);
    }
    Ok(app.store().find_units(number, &Scope::company(), 2).await?)
}

/// A sale as a vehicle with its owner, ready to be registered.
pub fn unit_of(
    app: &App,
    release: &Release,
    sale: &Sale,
) -> (store::unit::NewUnit, store::customer::NewCustomer) {
    let orgs = app.orgs();
    let outlet = sale.outlet.as_deref().and_then(|code| orgs.by_code(code)).map(|org| org.id);
    let model = release.catalog.models.iter().find(|m| m.id == sale.model);
    let fields = store::unit::UnitFields {
        frame_no: Some(sale.frame_no.clone()),
        product: model.map(|m| m.product.clone()),
        model: Some(sale.model.clone()),
        colour: sale.colour.clone(),
        card_no: sale.card_no.clone(),
        card_state: sale.card_no.as_ref().map(|_| "ok".to_owned()),
        sale_channel: Some("store".into()),
        sold_on: sale.sold_on,
        invoice_date: sale.invoice_no.as_ref().and(sale.sold_on),
        invoice_no: sale.invoice_no.clone(),
        registered_on: sale.sold_on,
        manufactured_on: sale::made_in(sale),
        price_fen: sale.price.map(|price| price.0),
        org: outlet,
        ..store::unit::UnitFields::default()
    };
    let owner = store::customer::NewCustomer {
        name: Some(sale.name.clone()),
        phone: sale.phone.clone(),
        id_number: sale.identity.clone(),
        org: outlet,
        ..store::customer::NewCustomer::default()
    };
    let components = sale.serials.clone();
    (store::unit::NewUnit { fields, components, owner: None }, owner)
}
