//! The vehicles of the script, registered with their owners.

use super::company::Company;
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::UnitId;
use base::time::add_days;
use simulator::Vehicle;
use store::customer::NewCustomer;
use store::unit::{NewUnit, UnitFields};

/// Registers the vehicles, the oldest first: their ids and models.
pub async fn register(
    app: &App,
    company: &Company,
    vehicles: &[Vehicle],
) -> Answer<(Vec<UnitId>, Vec<String>)> {
    let release = app.releases().current(app.today())?;
    let models: Vec<(String, String)> =
        release.catalog.models.iter().map(|m| (m.id.clone(), m.product.clone())).collect();
    let outlets: Vec<_> = company.values().filter(|org| org.kind == "outlet").collect();
    if models.is_empty() || outlets.is_empty() {
        return Err(Problem::new("internal"));
    }
    let actor = app.store().login("admin").await?.map(|(person, _)| person.id);
    let actor = actor.ok_or_else(|| Problem::new("internal"))?;
    let mut registered = (Vec::new(), Vec::new());
    for vehicle in vehicles {
        let (model, product) = models[vehicle.model % models.len()].clone();
        let outlet = outlets[vehicle.outlet % outlets.len()];
        let customer = NewCustomer {
            name: Some(vehicle.owner.name.clone()),
            phone: Some(vehicle.owner.phone.clone()),
            org: Some(outlet.id),
            consent: vehicle.owner.consent,
            ..NewCustomer::default()
        };
        let owner = app.store().add_customer(customer, app.now()).await?;
        let fields = UnitFields {
            frame_no: Some(format!("L{}{}", model.replace('-', ""), vehicle.serial)),
            product: Some(product),
            model: Some(model.clone()),
            colour: Some(vehicle.colour.to_owned()),
            plate: Some(vehicle.plate.clone()),
            card_no: Some(vehicle.card_no.clone()),
            card_state: Some("ok".into()),
            usage: Some("household".into()),
            sale_channel: Some("store".into()),
            sold_on: Some(vehicle.sold_on),
            invoice_date: Some(vehicle.sold_on),
            invoice_no: Some(vehicle.invoice_no.clone()),
            registered_on: add_days(vehicle.sold_on, 1),
            manufactured_on: Some(vehicle.made_on),
            price_fen: Some(vehicle.price.0),
            org: Some(outlet.id),
            marked: Some(false),
            ..UnitFields::default()
        };
        let components =
            vehicle.components.iter().map(|(part, serial)| ((*part).to_owned(), serial.clone()));
        let unit = NewUnit { fields, components: components.collect(), owner: Some(owner) };
        registered.0.push(app.store().add_unit(unit, actor, app.now()).await?);
        registered.1.push(model);
    }
    Ok(registered)
}
