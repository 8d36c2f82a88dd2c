//! What the register already holds of what a workbook names.

use super::sale::Sale;
use super::{Known, TakenFrame, clean, sale, workbook::Sheet};
use crate::app::App;
use crate::problem::Answer;
use rulebook::Release;

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
    for holder in app.store().holders_of_frames(&frames).await? {
        let taken =
            TakenFrame { name: holder.name, phone: holder.phone, returned: holder.returned };
        known.frames.insert(holder.frame, taken);
    }
    let cards: Vec<String> = numbers.cards.into_iter().collect();
    for taken in app.store().numbers_taken("card", &cards).await? {
        // A vehicle is also found by cards it had before; only its present one is taken.
        if taken.card.as_deref().map(clean::code).as_ref() == Some(&taken.number) {
            known.cards.insert(taken.number, clean::code(&taken.frame));
        }
    }
    let batteries: Vec<String> = numbers.batteries.into_iter().collect();
    for taken in app.store().numbers_taken("serial", &batteries).await? {
        let key = ("li_battery".to_owned(), taken.number);
        known.serials.insert(key, clean::code(&taken.frame));
    }
    Ok(known)
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
