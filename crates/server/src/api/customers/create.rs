//! `POST /customers`.

use super::CustomerView;
use crate::api::units::create::mobile;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use serde::Deserialize;
use store::customer::NewCustomer;
use utoipa::ToSchema;

/// Longest name and address.
const MAX_TEXT: usize = 200;

/// A customer as told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomerBody {
    name: String,
    phone: Option<String>,
    address: Option<String>,
    #[serde(default)]
    consent: bool,
}

/// Registers a customer; the same name and phone again gives the one already there.
#[utoipa::path(
    post, path = "/customers", tag = "customers", operation_id = "customers_create",
    request_body = NewCustomerBody,
    responses((status = 201, body = CustomerView), (status = 422)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Json(body): Json<NewCustomerBody>,
) -> Answer<(StatusCode, Json<CustomerView>)> {
    let name = clean::text(&body.name);
    if name.is_empty() || name.chars().count() > MAX_TEXT {
        return Err(Problem::new("form-invalid").field(
            "name",
            "required",
            Text::new("请填写姓名", "Please give the name"),
        ));
    }
    let phone = match body.phone.as_deref().filter(|p| !p.trim().is_empty()) {
        Some(raw) => Some(mobile(raw)?),
        None => None,
    };
    let address = body.address.as_deref().map(clean::text).filter(|a| !a.is_empty());
    let new = NewCustomer {
        name: Some(name),
        phone,
        address: address.map(|a| a.chars().take(MAX_TEXT).collect()),
        org: Some(session.org.id),
        consent: body.consent,
        ..NewCustomer::default()
    };
    let id = app.store().add_customer(new, session.now).await?;
    let customer = app.store().customer(id).await?;
    Ok((StatusCode::CREATED, Json((&customer).into())))
}
