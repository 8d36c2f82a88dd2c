//! `POST /customers/{id}/unmask`: the data in clear, with the reason on record.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{CustomerId, Text};
use serde::{Deserialize, Serialize};
use store::StoreError;
use utoipa::ToSchema;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    reason: String,
}

/// The data in clear.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clear {
    name: Option<String>,
    phone: Option<String>,
    address: Option<String>,
}

/// The data in clear; who looked, when and why is journaled.
#[utoipa::path(
    post, path = "/customers/{id}/unmask", tag = "customers", operation_id = "customers_unmask",
    params(("id" = String, Path)), request_body = Reason,
    responses((status = 200, body = Clear), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("unmask"))),
)]
pub async fn unmask(
    State(app): State<App>,
    session: Allowed<perm::Unmask>,
    Path(id): Path<CustomerId>,
    Json(body): Json<Reason>,
) -> Answer<Json<Clear>> {
    let reason = said(&body)?;
    let counter = session.counter_act();
    let (scope, me) = (&session.scope, (session.id(), counter.as_ref()));
    let customer = match app.store().unmask_customer(id, scope, me, &reason, session.now).await {
        Err(StoreError::NotFound(_)) => return Err(not_mine()),
        found => found?,
    };
    let clear = |p: &Option<store::Personal>| p.as_ref().map(|p| p.reveal().to_owned());
    Ok(Json(Clear {
        name: clear(&customer.name),
        phone: clear(&customer.phone),
        address: clear(&customer.address),
    }))
}

/// The reason as kept; without one nobody looks.
pub(super) fn said(body: &Reason) -> Answer<String> {
    let reason: String = clean::text(&body.reason).chars().take(200).collect();
    if reason.chars().count() < 2 {
        return Err(Problem::new("reason-needed").field(
            "reason",
            "required",
            Text::new("请写明查看原因，例如“通知取车”", "Say why, for example \"pickup call\""),
        ));
    }
    Ok(reason)
}

/// A customer may be found by an exact number anywhere, and read where they are served.
pub(super) fn not_mine() -> Problem {
    Problem::new("not-found").detail(
        "没有这位客户，或不是您的站销售或服务的客户；先为其车辆开单，再查看",
        "There is no such customer, or your station neither sells to nor serves them; open a case \
         for the vehicle first",
    )
}
