//! The company of a test: the people of the demonstration, without its vehicles and cases.

use base::time::add_months;
use base::{Day, UnitId};
use server::App;
use std::sync::atomic::{AtomicU64, Ordering};
use store::customer::NewCustomer;
use store::unit::{NewUnit, UnitFields};

pub use server::demo::PASSWORD;

static SOLD: AtomicU64 = AtomicU64::new(1);

/// Builds organisation and people.
///
/// # Panics
/// When the store fails.
pub async fn build(app: &App) {
    server::demo::people(app).await.expect("the company is made");
}

/// Registers a vehicle that an outlet of the northern station sold so many months ago.
///
/// # Panics
/// When the store fails.
pub async fn sold(app: &App, months_ago: i64) -> UnitId {
    let number = SOLD.fetch_add(1, Ordering::SeqCst);
    let store = app.store();
    let actor = store.login("admin").await.expect("answers").expect("an administrator").0.id;
    let orgs = app.orgs();
    let outlet = orgs.by_code("D0101").expect("an outlet").id;
    let sold_on: Day = add_months(app.today(), -months_ago).expect("a day");
    let owner = NewCustomer {
        name: Some("王小明".into()),
        phone: Some(format!("138{number:08}")),
        org: Some(outlet),
        consent: true,
        ..NewCustomer::default()
    };
    let owner = store.add_customer(owner, app.now()).await.expect("a customer");
    let fields = UnitFields {
        frame_no: Some(format!("LRFR62401{number:05}")),
        product: Some("ebike".into()),
        model: Some("RF-R6".into()),
        plate: Some(format!("江A{number:05}")),
        card_no: Some(format!("BX2401{number:05}")),
        card_state: Some("ok".into()),
        usage: Some("household".into()),
        sale_channel: Some("store".into()),
        sold_on: Some(sold_on),
        invoice_date: Some(sold_on),
        invoice_no: Some(format!("FP{number:08}")),
        registered_on: Some(sold_on),
        price_fen: Some(329_900),
        org: Some(outlet),
        marked: Some(false),
        ..UnitFields::default()
    };
    let components = [("li_battery", "BT"), ("hub_motor", "HM"), ("controller", "CT")]
        .map(|(component, prefix)| (component.to_owned(), format!("{prefix}2401{number:06}")));
    let unit = NewUnit { fields, components: components.into(), owner: Some(owner) };
    store.add_unit(unit, actor, app.now()).await.expect("a vehicle")
}
