//! `POST /cases`: open a case.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::{self, Key, Late, Open, Submission};
use crate::http::extract::Json;
use crate::http::prefer::{Prefer, minimal};
use crate::problem::{Answer, Problem};
use crate::view::case::{CaseView, page};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{CaseId, CustomerId, UnitId};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A case to open.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBody {
    process: String,
    #[serde(default)]
    subject: Subject,
    #[serde(default)]
    #[schema(value_type = Object)]
    form: Map<String, Value>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    late: Option<Late>,
}

/// What it is about.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    /// The vehicle's owner when nobody is named.
    #[schema(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// The enquiry it grows out of.
    #[schema(value_type = Option<String>)]
    from: Option<CaseId>,
}

impl OpenBody {
    /// Reads the body; what it says twice is refused.
    pub fn read(body: &Value) -> Answer<Open> {
        let read: Self = serde_json::from_value(body.clone()).map_err(|e| {
            Problem::new("bad-request").detail(
                format!("请求内容无法理解：{e}"),
                format!("The request cannot be understood: {e}"),
            )
        })?;
        Ok(Open {
            process: read.process,
            unit: read.subject.unit,
            customer: read.subject.customer,
            from: read.subject.from,
            submission: Submission { form: read.form, reason: read.reason, late: read.late },
        })
    }
}

/// Opens a case at my acting station. The same `Idempotency-Key` again gives the same case. With
/// `Prefer: return=minimal` the answer says only where it stands.
#[utoipa::path(
    post, path = "/cases", tag = "cases", operation_id = "cases_open",
    params(("Idempotency-Key" = Option<String>, Header), ("Prefer" = Option<String>, Header)),
    request_body = OpenBody,
    responses(
        (status = 201, body = CaseView),
        (status = 204, description = "Opened; `Location` names it, as `Prefer` asked"),
        (status = 422),
    ),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn open(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    key: Key,
    prefer: Prefer,
    Json(body): Json<Value>,
) -> Answer<Response> {
    let open = OpenBody::read(&body)?;
    let id = command::open(&app, &session, &key, &open, &body).await?;
    let location = format!("/api/v1/cases/{id}");
    if prefer.minimal {
        return Ok(minimal(location));
    }
    let case = page(&app, &session, id).await?;
    let location = [(header::LOCATION, location)];
    Ok((StatusCode::CREATED, location, super::tagged(case)).into_response())
}
