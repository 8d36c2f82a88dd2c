//! `POST /callbacks/sms/{word}`: what the provider of text messages reports of them later.

use super::{nobody, settings};
use crate::app::{App, Audience};
use crate::auth::Place;
use crate::enquiries::limits;
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::body::Bytes;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// As both providers want to be answered, each by its own names.
#[derive(Debug, Serialize, ToSchema)]
pub struct Heard {
    code: i64,
    msg: &'static str,
    result: i64,
    errmsg: &'static str,
}

/// Keeps which messages reached their telephones, and why the others did not. The providers sign
/// nothing: the word in the address is the proof. What is reported twice, or of messages nobody
/// knows, changes nothing.
#[utoipa::path(
    post, path = "/callbacks/sms/{word}", tag = "session", operation_id = "callbacks_sms",
    params(("word" = String, Path)),
    request_body(content = String, content_type = "application/json"),
    responses((status = 200, body = Heard), (status = 404), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn report(
    State(app): State<App>,
    place: Place,
    Path(word): Path<String>,
    body: Bytes,
) -> Answer<Json<Heard>> {
    app.limits().check(limits::WRONG, &place.0, app.now())?;
    let sms = settings(&app).and_then(|settings| settings.sms.as_ref());
    let Some(sms) = sms.filter(|sms| sms.reports_to(&word)) else {
        return Err(nobody(&app, &place));
    };
    for report in sms.reports(&body) {
        let found = app.store().report_delivery("sms", &report, app.now()).await?;
        if let Some((case, org)) = found {
            app.changed("case", Some(case.to_string()), Audience::Orgs(vec![org]));
        }
    }
    Ok(Json(Heard { code: 0, msg: "OK", result: 0, errmsg: "OK" }))
}
