//! `PUT /customers/{id}/email`: where a customer wants letters, or that they want none.

use super::unmask::not_mine;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{CustomerId, Text};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::email::{masked, normal};
use utoipa::ToSchema;

/// An e-mail address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailBody {
    /// The whole address; nothing forgets it.
    email: Option<String>,
}

/// The address as it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmailView {
    email_masked: Option<String>,
}

/// Keeps the e-mail address a customer gives, or forgets it; that it was done stands in their
/// record.
#[utoipa::path(
    put, path = "/customers/{id}/email", tag = "customers", operation_id = "customers_email",
    params(("id" = String, Path)), request_body = EmailBody,
    responses((status = 200, body = EmailView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
    Json(body): Json<EmailBody>,
) -> Answer<Json<EmailView>> {
    match app.store().customer_seen(id, &session.scope).await {
        Ok(customer) if !customer.erased => {}
        Ok(_) | Err(StoreError::NotFound(_)) => return Err(not_mine()),
        Err(error) => return Err(error.into()),
    }
    let written = body.email.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let email = written.map(|text| {
        normal(text).ok_or_else(|| {
            let sentence = Text::new(
                "写完整的邮箱地址，如 wang@example.com",
                "Write a whole address, as wang@example.com",
            );
            Problem::new("form-invalid").field("email", "invalid", sentence)
        })
    });
    let email = email.transpose()?;
    let counter = session.counter_act();
    let by = (Some(session.id()), counter.as_ref());
    app.store().put_customer_email(id, email.as_deref(), by, session.now).await?;
    Ok(Json(EmailView { email_masked: email.as_deref().map(masked) }))
}
