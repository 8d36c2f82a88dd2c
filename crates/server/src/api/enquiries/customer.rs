//! `POST /enquiries/{id}/customer`: whoever asks is that customer.

use crate::api::customers::refusal;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::enquiries;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{CaseId, CustomerId};
use serde::Deserialize;
use store::StoreError;
use utoipa::ToSchema;

/// Who it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    #[schema(value_type = String)]
    customer: CustomerId,
}

/// Whoever asks is a customer we know: the file that the enquiry made goes into theirs, as by a
/// merge, and is parted again like one. What they typed of themselves is not taken over: it is not
/// proven. A file that holds more than enquiries is not moved here.
#[utoipa::path(
    post, path = "/enquiries/{id}/customer", tag = "enquiries", operation_id = "enquiries_customer",
    params(("id" = String, Path)), request_body = Known,
    responses((status = 204), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn customer(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CaseId>,
    Json(body): Json<Known>,
) -> Answer<StatusCode> {
    let store = app.store();
    let case = store.case(id, &session.scope).await?.state;
    if case.process != enquiries::PROCESS {
        return Err(Problem::new("not-found"));
    }
    let known = match store.customer_seen(body.customer, &session.scope).await {
        Ok(customer) if !customer.erased => store.kept_customer(customer.id).await?,
        Ok(_) | Err(StoreError::NotFound(_)) => {
            return Err(Problem::new("not-found").detail(
                "找不到这位客户，或不是本单位服务的客户",
                "There is no such customer, or none that your units serve",
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let Some(asking) = case.customer else { return Err(more()) };
    if asking == known {
        return Ok(StatusCode::NO_CONTENT);
    }
    if !store.is_only_asked(asking).await? {
        return Err(more());
    }
    if let Some(why) = store.merge_forbidden((known, asking), app.today()).await? {
        return Err(refusal(&why));
    }
    let number = case.number.unwrap_or_default();
    let reason = format!("{number} 来信人即这位客户");
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    match store.merge_customers((known, asking), None, &reason, by, session.now).await {
        Err(StoreError::Moved) => return Err(Problem::new("busy").retry_after(1)),
        done => done?,
    };
    app.told(id, &[case.org]);
    Ok(StatusCode::NO_CONTENT)
}

fn more() -> Problem {
    Problem::new("merge-refused").detail(
        "这条咨询的档案里还有别的车或单，不在这里改；请在客户页合并两份档案",
        "The file of this enquiry holds other vehicles or cases; merge the two files on their page",
    )
}
