//! `GET /customers/{id}`.

use super::CustomerView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::CustomerId;

/// A customer of mine, masked: sold to or served by the units in my scope.
#[utoipa::path(
    get, path = "/customers/{id}", tag = "customers", operation_id = "customers_get",
    params(("id" = String, Path)),
    responses((status = 200, body = CustomerView), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CustomerView>> {
    Ok(Json((&app.store().customer_seen(id, &session.scope).await?).into()))
}
