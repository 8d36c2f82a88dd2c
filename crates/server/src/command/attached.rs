//! Which files a form may name: one's own, those of cases in sight, and fresh ones of colleagues.
//!
//! A file that a case names is seen by everybody who sees the case. Who could name any file in a
//! case of their own would read any file.

use super::Submission;
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use base::{FileId, Text};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Most files of one form.
const MOST: usize = 200;
/// Most photos of one paper that is entered late.
const MAX_PHOTOS: usize = 5;

/// Refuses what is submitted with a file that is not there, or not for this person.
pub async fn submitted(app: &App, session: &Session, submission: &Submission) -> Answer<()> {
    check(app, session, &submission.form).await?;
    let Some(late) = submission.late.as_ref().filter(|late| !late.photos.is_empty()) else {
        return Ok(());
    };
    let unread = late.photos.iter().find(|id| id.parse::<FileId>().is_err());
    if unread.is_some() || late.photos.len() > MAX_PHOTOS {
        return Err(Problem::new("form-invalid").field(
            "late.photos",
            "file",
            Text::new(
                format!("纸单照片按编号列出,最多 {MAX_PHOTOS} 张"),
                format!("Photos of the paper are given by their ids, {MAX_PHOTOS} at most"),
            ),
        ));
    }
    let photos = Map::from_iter([("late.photos".to_owned(), json!(late.photos))]);
    check(app, session, &photos).await
}

/// Refuses a form that names a file that is not there, or not for this person.
pub async fn check(app: &App, session: &Session, form: &Map<String, Json>) -> Answer<()> {
    let named: BTreeSet<FileId> = form.values().flat_map(files).collect();
    if named.is_empty() {
        return Ok(());
    }
    if named.len() > MOST {
        return Err(Problem::new("form-invalid").detail(
            format!("一张表最多附 {MOST} 个文件；请分几次提交"),
            format!("A form holds at most {MOST} files; submit them in several steps"),
        ));
    }
    let named: Vec<FileId> = named.into_iter().collect();
    let at_hand = app.store().files_at_hand(&named, session.id(), &session.scope).await?;
    let strange = |value: &Json| files(value).iter().any(|file| !at_hand.contains(file));
    match form.iter().find(|(_, value)| strange(value)) {
        None => Ok(()),
        Some((field, _)) => Err(Problem::new("form-invalid").field(
            field,
            "file",
            Text::new(
                "没有这个文件，或不在您的可见范围内；请重新拍照或上传",
                "There is no such file, or it lies outside what you may see; take or upload it \
                 again",
            ),
        )),
    }
}

/// Every file a value names, however deep.
fn files(value: &Json) -> Vec<FileId> {
    match value {
        Json::String(text) => text.parse().into_iter().collect(),
        Json::Array(list) => list.iter().flat_map(files).collect(),
        Json::Object(map) => map.values().flat_map(files).collect(),
        _ => vec![],
    }
}
