//! `POST /files`: upload a photo, a signature or a scan.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::files;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// A file as kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    id: String,
    kind: String,
    bytes: i64,
    width: Option<i64>,
    height: Option<i64>,
    /// An earlier file with the same content: the photo may have been used before.
    same_as: Option<String>,
}

/// Keeps a file. It is dropped after 24 h unless an action refers to it.
#[utoipa::path(
    post, path = "/files", tag = "files", operation_id = "files_create",
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 201, body = FileView), (status = 413), (status = 415)),
    extensions(("x-permission" = json!("file_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::FileWrite>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<FileView>)> {
    let upload = first_file(multipart).await?;
    let made = tokio::task::spawn_blocking(move || {
        files::accept(upload.bytes, upload.declared.as_deref())
    });
    let file = made.await.map_err(|_| Problem::new("internal"))??;
    let row = app.store().add_file(file, session.id(), session.now).await?;
    Ok((
        StatusCode::CREATED,
        Json(FileView {
            id: row.id.to_string(),
            kind: row.kind,
            bytes: row.bytes,
            width: row.width,
            height: row.height,
            same_as: row.same_as.map(|id| id.to_string()),
        }),
    ))
}

/// An uploaded file as it came.
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its declared type.
    pub declared: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The part called `file` of a multipart body.
pub async fn first_file(multipart: Result<Multipart, MultipartRejection>) -> Answer<Upload> {
    let missing = || {
        Problem::new("bad-request").detail(
            "请以 multipart/form-data 上传，文件字段名为 file",
            "Upload as multipart/form-data with the file in a part named `file`",
        )
    };
    let mut multipart = multipart.map_err(|_| missing())?;
    while let Some(field) = multipart.next_field().await.map_err(|e| broken(&e))? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("upload").chars().take(200).collect();
        let declared = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|e| broken(&e))?.to_vec();
        return Ok(Upload { name, declared, bytes });
    }
    Err(missing())
}

fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return files::too_large();
    }
    Problem::new("bad-request").detail("上传中断，请重试", "The upload broke off; please try again")
}
