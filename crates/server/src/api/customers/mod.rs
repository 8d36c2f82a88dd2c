//! Customers (客户), masked.

mod compare;
mod copy;
mod correct;
mod create;
mod dealings;
mod email;
mod erase;
mod get;
mod holds;
mod merge;
mod record;
mod search;
mod standing;
mod unmask;
mod wechat;

pub use compare::refusal;
pub use erase::RequestView;
pub use record::of as record_of;

use crate::app::App;
use serde::Serialize;
use store::customer::Customer;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/customers`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search::search, create::create))
        .routes(routes!(get::get))
        .routes(routes!(dealings::dealings))
        .routes(routes!(compare::likely))
        .routes(routes!(compare::duplicates))
        .routes(routes!(compare::compare))
        .routes(routes!(merge::merge))
        .routes(routes!(merge::merges))
        .routes(routes!(merge::part))
        .routes(routes!(merge::apart))
        .routes(routes!(unmask::unmask))
        .routes(routes!(record::record))
        .routes(routes!(email::put))
        .routes(routes!(wechat::code, wechat::end))
        .routes(routes!(standing::get))
        .routes(routes!(standing::put))
        .routes(routes!(copy::copy))
        .routes(routes!(correct::correct))
        .routes(routes!(correct::code))
        .routes(routes!(erase::erase, erase::withdraw))
        .routes(routes!(holds::put))
        .routes(routes!(holds::lift))
}

/// A customer, masked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerView {
    id: String,
    name_masked: Option<String>,
    phone_masked: Option<String>,
    address_masked: Option<String>,
    consent: bool,
    erased: bool,
}

impl From<&Customer> for CustomerView {
    fn from(customer: &Customer) -> Self {
        let masked = |p: &Option<store::Personal>| p.as_ref().map(store::Personal::masked);
        Self {
            id: customer.id.to_string(),
            name_masked: customer.name_masked(),
            phone_masked: masked(&customer.phone),
            address_masked: masked(&customer.address),
            consent: customer.consent,
            erased: customer.erased,
        }
    }
}
