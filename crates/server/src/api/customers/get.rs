//! `GET /customers/{id}`.

use super::CustomerView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::CustomerId;

/// A customer, masked.
#[utoipa::path(
    get, path = "/customers/{id}", tag = "customers", operation_id = "customers_get",
    params(("id" = String, Path)),
    responses((status = 200, body = CustomerView), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn get(
    State(app): State<App>,
    _: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CustomerView>> {
    Ok(Json((&app.store().customer(id).await?).into()))
}
