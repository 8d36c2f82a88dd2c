//! `POST /callbacks/mail`: a letter that the company's mail server brings.

use super::{nobody, settings};
use crate::app::App;
use crate::auth::Place;
use crate::enquiries::limits;
use crate::http::extract::{Json, Query};
use crate::mail::{self, Done, Envelope, MailIn, PROOF};
use crate::problem::{Answer, Problem};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use base::CaseId;
use serde::{Deserialize, Serialize};
use store::Scope;
use utoipa::{IntoParams, ToSchema};

/// What the mail server knows of a letter beside its text.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Who sent it, as the servers told one another.
    sender: Option<String>,
    /// To whom it is delivered.
    recipient: Option<String>,
}

/// What became of a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailTaken {
    /// `opened`, `written`, `known` (it was brought before), `dropped` (no person wrote it).
    done: &'static str,
    /// The number of the enquiry.
    number: Option<String>,
    /// Why it was dropped: `auto_submitted`, `bulk`, `list`, `report`, `bounce`, `own`.
    why: Option<&'static str>,
}

/// The mail server has proven itself; asked before the letter is read.
pub struct Proven(MailIn);

impl FromRequestParts<App> for Proven {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let place = Place::of(app, &parts.extensions, &parts.headers);
        app.limits().check(limits::WRONG, &place.0, app.now())?;
        let word = parts.headers.get(PROOF).and_then(|word| word.to_str().ok());
        let own = settings(app).and_then(|settings| settings.mail_in.as_ref());
        match (own, word) {
            (Some(own), Some(word)) if own.knows(word) => Ok(Self(own.clone())),
            _ => Err(nobody(app, &place)),
        }
    }
}

/// Takes a letter into the queue of enquiries: into the thread it answers, or as a new enquiry. The
/// head `X-Sanbao-Mail` bears the word of the channels file. The same letter again changes nothing.
#[utoipa::path(
    post, path = "/callbacks/mail", tag = "session", operation_id = "callbacks_mail",
    params(Told), request_body(content = String, content_type = "message/rfc822"),
    responses(
        (status = 200, body = MailTaken), (status = 404), (status = 413), (status = 422),
        (status = 429),
    ),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn bring(
    State(app): State<App>,
    Proven(own): Proven,
    Query(told): Query<Told>,
    letter: Result<Bytes, BytesRejection>,
) -> Answer<Json<MailTaken>> {
    let letter = letter
        .map_err(|_| Problem::new("too-large").detail("这封信太大", "The letter is too large"))?;
    let envelope = Envelope { sender: told.sender, recipient: told.recipient };
    let done = mail::take(&app, &own, envelope, letter.to_vec()).await?;
    let (done, case, why) = match done {
        Done::Opened(case) => ("opened", Some(case), None),
        Done::Written(case) => ("written", Some(case), None),
        Done::Known(case) => ("known", Some(case), None),
        Done::Dropped(why) => ("dropped", None, Some(why)),
    };
    let number = match case {
        Some(case) => number(&app, case).await?,
        None => None,
    };
    Ok(Json(MailTaken { done, number, why }))
}

async fn number(app: &App, case: CaseId) -> Answer<Option<String>> {
    Ok(app.store().case(case, &Scope::company()).await?.state.number)
}
