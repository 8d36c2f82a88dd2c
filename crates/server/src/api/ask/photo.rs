//! `POST /ask/{word}/photos` and `GET /ask/{word}/photos/{id}`: photos of an enquiry.

use super::look::AskedPhoto;
use crate::app::App;
use crate::auth::Place;
use crate::enquiries::{self, limits, link, thread};
use crate::files;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base::FileId;
use store::StoreError;

/// Sends a photo: JPEG, PNG or WebP as the body. It is drawn anew, so that nothing hidden in it,
/// such as where it was taken, is kept.
#[utoipa::path(
    post, path = "/ask/{word}/photos", tag = "ask", operation_id = "ask_photo",
    params(("word" = String, Path)),
    request_body(content_type = "application/octet-stream", content = String),
    responses(
        (status = 201, body = AskedPhoto), (status = 404), (status = 413), (status = 415),
        (status = 429),
    ),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn send(
    State(app): State<App>,
    place: Place,
    Path(word): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Answer<(StatusCode, Json<AskedPhoto>)> {
    let found = link::behind(&app, &place, &word).await?.state;
    let id = found.id.ok_or_else(|| Problem::new("not-found"))?;
    app.limits().count(limits::PHOTOS, &place.0, app.now())?;
    let bytes = body.map_err(|_| files::too_large())?;
    let declared = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let declared = declared.map(str::to_owned);
    let permit = app.limits().drawing().acquire().await;
    let _permit = permit.map_err(|_| Problem::new("internal"))?;
    let made =
        tokio::task::spawn_blocking(move || files::accept(bytes.to_vec(), declared.as_deref()));
    let mut file = made.await.map_err(|_| Problem::new("internal"))??;
    if file.width.is_none() {
        return Err(Problem::new("unsupported-type").detail(
            "这里只收照片：JPEG、PNG 或 WebP",
            "Only photos are taken here: JPEG, PNG or WebP",
        ));
    }
    file.taken = None;
    match app.store().add_enquiry_photo(id, found.customer, (&file, None), app.now()).await {
        Err(StoreError::Taken(_)) => Err(Problem::new("not-allowed-now").detail(
            "照片已经够多了，或这条咨询已经办结",
            "There are photos enough, or the enquiry is closed",
        )),
        kept => {
            let photo = AskedPhoto::of(kept?, app.now());
            app.told(id, &[found.org]);
            Ok((StatusCode::CREATED, Json(photo)))
        }
    }
}

/// A photo of the enquiry behind the link: one of theirs, or one of an answer.
#[utoipa::path(
    get, path = "/ask/{word}/photos/{id}", tag = "ask", operation_id = "ask_photo_get",
    params(("word" = String, Path), ("id" = String, Path)),
    responses(
        (status = 200, content_type = "application/octet-stream"), (status = 404), (status = 429),
    ),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn get(
    State(app): State<App>,
    place: Place,
    Path((word, photo)): Path<(String, String)>,
) -> Answer<Response> {
    let found = link::behind(&app, &place, &word).await?.state;
    let id = found.id.ok_or_else(|| Problem::new("not-found"))?;
    let (kind, bytes) = if let Ok(file) = photo.parse::<FileId>() {
        let named = thread::said(&app, id).await?;
        if !named.iter().any(|said| said.files.contains(&file)) {
            return Err(Problem::new("not-found"));
        }
        let (row, bytes) = app.store().file(file).await?;
        (row.kind, bytes)
    } else {
        let number = photo.parse().map_err(|_| Problem::new("not-found"))?;
        app.store().enquiry_photo(id, number).await?
    };
    Ok(enquiries::picture(&kind, bytes))
}
