//! `GET /ask/{word}`: an enquiry behind its link.

use crate::app::App;
use crate::auth::Place;
use crate::enquiries::thread::{self, By};
use crate::enquiries::{self, link};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::Instant;
use serde::Serialize;
use store::cases::LoadedCase;
use utoipa::ToSchema;

/// An enquiry as whoever wrote it sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedThread {
    number: String,
    /// The company that answers.
    company: String,
    /// `received`, `answered` or `closed`.
    state: String,
    opened_at: String,
    /// By when an answer was promised, while it is awaited.
    promised_at: Option<String>,
    messages: Vec<AskedMessage>,
    photos: Vec<AskedPhoto>,
    /// Photos that may still be sent.
    photos_left: i64,
}

/// One message.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedMessage {
    id: String,
    /// Whether the company wrote it.
    ours: bool,
    text: String,
    at: String,
    /// Photos of an answer.
    photos: Vec<String>,
}

/// A photo they sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedPhoto {
    id: String,
    at: String,
}

impl AskedPhoto {
    /// A photo by number and time.
    pub fn of(id: i64, at: Instant) -> Self {
        Self { id: id.to_string(), at: at.to_string() }
    }
}

/// The enquiry behind a link: what was written to and fro. Names of staff, notes and everything
/// else of the case stay inside.
#[utoipa::path(
    get, path = "/ask/{word}", tag = "ask", operation_id = "ask_look",
    params(("word" = String, Path)),
    responses((status = 200, body = AskedThread), (status = 404), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn look(
    State(app): State<App>,
    place: Place,
    Path(word): Path<String>,
) -> Answer<Json<AskedThread>> {
    let found = link::behind(&app, &place, &word).await?;
    Ok(Json(shown(&app, found).await?))
}

/// The thread as it now stands.
pub async fn shown(app: &App, found: LoadedCase) -> Answer<AskedThread> {
    let case = found.state;
    let Some(id) = case.id else { return Err(crate::problem::Problem::new("not-found")) };
    let state = case.full_state("main").unwrap_or_default();
    let state = state.strip_prefix("main.").unwrap_or(&state).to_owned();
    let said = thread::said(app, id).await?;
    let photos = app.store().enquiry_photos(id).await?;
    let promised = case.data.get(enquiries::PROMISED).and_then(|at| at.as_str());
    // Notes among us stay inside.
    let outside = said.into_iter().filter(|said| said.by != By::Note);
    let messages = outside.map(|said| AskedMessage {
        id: said.id,
        ours: said.by == By::Ours,
        text: said.text,
        at: said.at.to_string(),
        photos: said.files.iter().map(ToString::to_string).collect(),
    });
    let left = store::enquiry::MOST_PHOTOS - i64::try_from(photos.len()).unwrap_or(i64::MAX);
    Ok(AskedThread {
        number: case.number.unwrap_or_default(),
        company: app.store().setting("company_name").await?.unwrap_or_default(),
        promised_at: promised.filter(|_| state == "received").map(str::to_owned),
        state,
        opened_at: case.opened_at.to_string(),
        messages: messages.collect(),
        photos: photos.into_iter().map(|photo| AskedPhoto::of(photo.id, photo.at)).collect(),
        photos_left: left.max(0),
    })
}
