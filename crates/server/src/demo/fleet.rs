//! The vehicles of the script, registered with their owners.

use super::company::{Company, outlets_of_the_day};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::time::add_days;
use base::{OrgId, PersonId, UnitId};
use simulator::Vehicle;
use store::customer::NewCustomer;
use store::unit::{NewUnit, UnitFields};
use tokio::task::JoinSet;

/// Vehicles that are written at once: their transactions share a commit.
const AT_ONCE: usize = 32;

/// Vehicles as they stand in the register: ids and models, in the order of the script.
pub type Registered = (Vec<UnitId>, Vec<String>);

/// Who writes vehicles down, and the models there are.
#[derive(Clone)]
struct Clerk {
    app: App,
    actor: PersonId,
    /// Model and product.
    models: Vec<(String, String)>,
}

/// Registers the vehicles of the day one by one, the oldest first: their ids and models.
pub async fn register(app: &App, company: &Company, vehicles: &[Vehicle]) -> Answer<Registered> {
    let clerk = Clerk::new(app).await?;
    let outlets: Vec<OrgId> = outlets_of_the_day(company).map(|org| org.id).collect();
    if outlets.is_empty() {
        return Err(Problem::new("internal"));
    }
    let mut registered = Registered::default();
    for vehicle in vehicles {
        let outlet = outlets[vehicle.outlet % outlets.len()];
        let (unit, model) = clerk.one(vehicle, outlet).await?;
        registered.0.push(unit);
        registered.1.push(model);
    }
    Ok(registered)
}

/// Registers many vehicles, each with the outlet that sold it, several at once.
pub async fn register_many(app: &App, sold: Vec<(Vehicle, OrgId)>) -> Answer<Registered> {
    let clerk = Clerk::new(app).await?;
    let mut registered = Registered::default();
    for part in sold.chunks(AT_ONCE) {
        let mut writing = JoinSet::new();
        for (place, (vehicle, outlet)) in part.iter().cloned().enumerate() {
            let clerk = clerk.clone();
            writing.spawn(async move { (place, clerk.one(&vehicle, outlet).await) });
        }
        let mut written: Vec<_> = writing.join_all().await;
        written.sort_by_key(|(place, _)| *place);
        for (_, one) in written {
            let (unit, model) = one?;
            registered.0.push(unit);
            registered.1.push(model);
        }
    }
    Ok(registered)
}

impl Clerk {
    async fn new(app: &App) -> Answer<Self> {
        let release = app.releases().current(app.today())?;
        let models: Vec<_> =
            release.catalog.models.iter().map(|m| (m.id.clone(), m.product.clone())).collect();
        let actor = app.store().login("admin").await?.map(|(person, _)| person.id);
        match actor {
            Some(actor) if !models.is_empty() => Ok(Self { app: app.clone(), actor, models }),
            _ => Err(Problem::new("internal")),
        }
    }

    async fn one(&self, vehicle: &Vehicle, outlet: OrgId) -> Answer<(UnitId, String)> {
        let (app, models) = (&self.app, &self.models);
        let (model, product) = models[vehicle.model % models.len()].clone();
        let customer = NewCustomer {
            name: Some(vehicle.owner.name.clone()),
            phone: Some(vehicle.owner.phone.clone()),
            org: Some(outlet),
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
            org: Some(outlet),
            marked: Some(false),
            ..UnitFields::default()
        };
        let components =
            vehicle.components.iter().map(|(part, serial)| ((*part).to_owned(), serial.clone()));
        let unit = NewUnit { fields, components: components.collect(), owner: Some(owner) };
        Ok((app.store().add_unit(unit, self.actor, app.now()).await?, model))
    }
}
