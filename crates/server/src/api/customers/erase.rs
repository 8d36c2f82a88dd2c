//! `POST /customers/{id}/erasure`: erases a customer's data, or takes the request down where
//! something holds it up.

use super::record::{CustomerRecord, of};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::privacy;
use crate::problem::{Answer, Problem};
use crate::view::PersonRef;
use axum::extract::State;
use base::{CustomerId, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::StoreError;
use store::erasure::ErasureRequest;
use utoipa::ToSchema;

/// Why personal data is erased: the grounds of article 47 of the Personal Information Protection
/// Law (个人信息保护法第四十七条).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The customer asked for it (本人要求).
    Asked,
    /// The customer withdrew consent (撤回同意).
    ConsentWithdrawn,
    /// What it was for is done, or its time is over (目的已实现、保存期届满).
    PurposeDone,
}

impl Ground {
    const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::PurposeDone => "purpose_done",
        }
    }
}

/// A request for erasure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    #[schema(value_type = String)]
    ground: Ground,
}

/// A request that waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ErasureRequest)]
pub struct RequestView {
    /// `asked`, `consent_withdrawn`, `purpose_done`.
    pub ground: String,
    /// When it was asked for.
    pub asked_at: String,
    /// Who took it down.
    pub by: Option<PersonRef>,
}

impl RequestView {
    /// A request with the name of who took it down.
    pub fn of(request: &ErasureRequest, names: &HashMap<PersonId, PersonRef>) -> Self {
        Self {
            ground: request.ground.clone(),
            asked_at: request.asked_at.to_string(),
            by: names.get(&request.asked_by).cloned(),
        }
    }
}

/// Erases a customer's personal data for good. Where a case, a term, the time of keeping or a hold
/// stands against it, the request is kept and stands in the list until it can be met.
#[utoipa::path(
    post, path = "/customers/{id}/erasure", tag = "customers", operation_id = "customers_erase",
    params(("id" = String, Path)), request_body = Erasure,
    responses((status = 200, body = CustomerRecord), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn erase(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
    Json(body): Json<Erasure>,
) -> Answer<Json<CustomerRecord>> {
    let (store, now, me) = (app.store(), session.now, session.id());
    let customer = store.customer_seen(id, &session.scope).await?;
    let id = customer.id;
    if !customer.erased {
        let (_, held) = privacy::held(&app, &session, id).await?;
        let ground = body.ground.word();
        if held.is_empty() {
            match store.erase_customer(id, me, ground, now).await {
                Err(StoreError::Moved) => return Err(held_now()),
                done => done?,
            };
        } else {
            store.ask_erasure(id, ground, me, now).await?;
        }
    }
    Ok(Json(of(&app, &session, id).await?))
}

/// Takes a waiting request back; the customer thought better of it.
#[utoipa::path(
    delete, path = "/customers/{id}/erasure", tag = "customers",
    operation_id = "customers_erase_withdraw", params(("id" = String, Path)),
    responses((status = 200, body = CustomerRecord), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn withdraw(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CustomerRecord>> {
    let id = app.store().customer_seen(id, &session.scope).await?.id;
    app.store().withdraw_erasure(id, session.id(), session.now).await?;
    Ok(Json(of(&app, &session, id).await?))
}

/// Something came between the look and the act.
fn held_now() -> Problem {
    Problem::new("conflict").detail(
        "刚才有人为这位客户开了工单或加了保全；请刷新后再看",
        "Somebody opened a case for this customer or put a hold a moment ago; please look again",
    )
}
