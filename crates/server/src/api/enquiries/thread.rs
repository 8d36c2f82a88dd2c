//! `GET /enquiries/{id}`: what was written to and fro, and the notes among us.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::enquiries;
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::PersonRef;
use axum::extract::State;
use base::CaseId;
use serde::Serialize;
use store::Show;
use utoipa::ToSchema;

/// An enquiry as staff read it. Who may open the case reads its texts: they were written to us.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnquiryThread {
    id: String,
    number: String,
    /// Name and number as they typed them, masked; not proven.
    name_said: Option<String>,
    phone_said: Option<String>,
    /// Frame number or plate as they wrote it.
    vehicle_said: Option<String>,
    /// The address they wrote from, masked; not proven.
    email_said: Option<String>,
    /// Whether answers go to it as letters.
    by_letter: bool,
    messages: Vec<EnquiryMessage>,
    /// Photos they sent.
    photos: Vec<EnquiryPicture>,
}

/// One message, or a note of ours.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnquiryMessage {
    id: String,
    /// `theirs`, `ours` or `note`; a note never leaves the house.
    by: String,
    person: Option<PersonRef>,
    text: String,
    at: String,
    /// Files of an answer.
    photos: Vec<String>,
}

/// A photo they sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnquiryPicture {
    id: String,
    at: String,
}

/// The thread of an enquiry in my scope.
#[utoipa::path(
    get, path = "/enquiries/{id}", tag = "enquiries", operation_id = "enquiries_thread",
    params(("id" = String, Path)),
    responses((status = 200, body = EnquiryThread), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn thread(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
) -> Answer<Json<EnquiryThread>> {
    let case = app.store().case(id, &session.scope).await?.state;
    let store = app.store();
    let (said, photos) = if case.process == enquiries::PROCESS {
        (enquiries::thread::said(&app, id).await?, store.enquiry_photos(id).await?)
    } else {
        (vec![], vec![])
    };
    let mut told = Vec::new();
    for field in ["name_said", "phone_said"] {
        let mut value = case.data.get(field).cloned().unwrap_or_default();
        store.open_sealed(&mut value, Show::Masked).await?;
        told.push(value.as_str().map(str::to_owned));
    }
    let phone_said = told.pop().flatten();
    let mut email = case.data.get(enquiries::MAIL_FROM).cloned().unwrap_or_default();
    store.open_sealed(&mut email, Show::Clear).await?;
    let email_said = email.as_str().and_then(store::email::normal);
    let email_said = email_said.as_deref().map(store::email::masked);
    let smtp = app.channels().is_some_and(|channels| channels.settings().smtp.is_some());
    let vehicle = case.data.get("vehicle_said").and_then(|value| value.as_str());
    let messages = said.into_iter().map(|said| EnquiryMessage {
        id: said.id,
        by: said.by.word().to_owned(),
        person: said.person.map(|(id, name)| PersonRef::new(id, &name)),
        text: said.text,
        at: said.at.to_string(),
        photos: said.files.iter().map(ToString::to_string).collect(),
    });
    Ok(Json(EnquiryThread {
        id: id.to_string(),
        number: case.number.unwrap_or_default(),
        name_said: told.pop().flatten(),
        phone_said,
        vehicle_said: vehicle.map(str::to_owned),
        by_letter: smtp && email_said.is_some(),
        email_said,
        messages: messages.collect(),
        photos: photos
            .into_iter()
            .map(|photo| EnquiryPicture { id: photo.id.to_string(), at: photo.at.to_string() })
            .collect(),
    }))
}
