//! `POST /customers/{id}/holds`: keeps a customer's data whatever is asked (保全), until it is
//! lifted or its day is over.

use super::record::{CustomerRecord, of};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{CustomerId, Day, Text};
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest reason.
const MAX: usize = 200;

/// A hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// Why: a lawsuit, a request of an authority.
    reason: String,
    /// The last day it stands; without one until it is lifted.
    #[schema(value_type = Option<String>)]
    through: Option<Day>,
}

/// Puts a hold: nothing of the customer is erased while it stands.
#[utoipa::path(
    post, path = "/customers/{id}/holds", tag = "customers", operation_id = "customers_hold",
    params(("id" = String, Path)), request_body = NewHold,
    responses((status = 200, body = CustomerRecord), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
    Json(body): Json<NewHold>,
) -> Answer<Json<CustomerRecord>> {
    let reason: String = clean::text(&body.reason).chars().take(MAX).collect();
    if reason.chars().count() < 2 {
        return Err(Problem::new("reason-needed").field(
            "reason",
            "required",
            Text::new(
                "请写明保全原因，例如诉讼案号",
                "Say why, for example the number of a lawsuit",
            ),
        ));
    }
    if body.through.is_some_and(|day| day < app.today()) {
        return Err(Problem::new("form-invalid").field(
            "through",
            "range",
            Text::new("到期日早于今天", "The last day is in the past"),
        ));
    }
    let customer = app.store().customer_seen(id, &session.scope).await?;
    let id = customer.id;
    if customer.erased {
        return Err(Problem::new("not-found").detail(
            "这位客户的个人信息已删除，没有可保全的内容",
            "This customer's data was erased; there is nothing left to hold",
        ));
    }
    app.store().put_hold(id, &reason, body.through, session.id(), session.now).await?;
    Ok(Json(of(&app, &session, id).await?))
}

/// Lifts a hold.
#[utoipa::path(
    post, path = "/customers/{id}/holds/{hold}/lift", tag = "customers",
    operation_id = "customers_hold_lift", params(("id" = String, Path), ("hold" = String, Path)),
    responses((status = 200, body = CustomerRecord), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn lift(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path((id, hold)): Path<(CustomerId, String)>,
) -> Answer<Json<CustomerRecord>> {
    let id = app.store().customer_seen(id, &session.scope).await?.id;
    let hold: i64 = hold.parse().map_err(|_| Problem::new("not-found"))?;
    app.store().lift_hold(id, hold, session.id(), session.now).await?;
    Ok(Json(of(&app, &session, id).await?))
}
