//! How every edit is kept: on the version it was made on, bad or good, with its sentences in the
//! journal.

use super::view::Saved;
use crate::app::App;
use crate::auth::Session;
use crate::command::Key;
use crate::drafts::edit::Wish;
use crate::drafts::{MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, Working, differing};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use rulebook::PackSource;
use rulebook::diff::diff;
use serde_json::json;
use store::StoreError;
use store::draft::{DraftChange, DraftRow, DraftState, Files, Release};

/// Most sentences of one journal entry.
const MOST_SENTENCES: usize = 50;

/// A draft that may be edited, on the version the asker saw.
pub async fn editable(app: &App, id: i64, key: &Key) -> Answer<Working> {
    let working = on_version(app, id, key).await?;
    in_state(&working.row, &[DraftState::Open])?;
    Ok(working)
}

/// A draft on the version the asker saw; whoever changes one must say it.
pub async fn on_version(app: &App, id: i64, key: &Key) -> Answer<Working> {
    let working = Working::load(app, id).await?;
    if key.seen()? != working.row.version {
        return Err(stale(working.row.version));
    }
    Ok(working)
}

/// Refuses what a draft in its state does not allow.
pub fn in_state(row: &DraftRow, allowed: &[DraftState]) -> Answer<()> {
    if allowed.contains(&row.state) {
        return Ok(());
    }
    let (zh, en) = match row.state {
        DraftState::Open => ("草稿还在编辑，请先提交审核", "it is still open; submit it first"),
        DraftState::InReview => (
            "草稿正在审核；要修改请先退回",
            "it is in review; to change it, have it returned first",
        ),
        DraftState::Approved => (
            "草稿已通过审核；要修改请先退回",
            "it is approved; to change it, have it returned first",
        ),
        DraftState::Published => ("草稿已发布；请新建草稿", "it is published; begin a new draft"),
        DraftState::Withdrawn => ("草稿已撤回；请新建草稿", "it was withdrawn; begin a new draft"),
    };
    let problem = Problem::new("draft-state").with("state", row.state.word().into());
    Err(problem.detail(zh, format!("The draft cannot do that now: {en}")))
}

fn stale(current: i64) -> Problem {
    Problem::new("precondition-failed").with("current_version", current.into()).detail(
        "草稿已被他人修改，请刷新后再改",
        "Somebody changed the draft meanwhile; read it again and repeat your change",
    )
}

/// Writes a change of a draft.
pub async fn change(
    app: &App,
    session: &Session,
    id: i64,
    change: DraftChange,
) -> Answer<DraftRow> {
    let changed = app.store().change_draft(id, change, session.id(), session.now).await;
    changed.map_err(|error| match error {
        StoreError::Stale { current } => stale(current),
        StoreError::Taken("release") => super::publish::behind(),
        other => other.into(),
    })
}

/// Keeps an edit; what was wrong with them before or is now is told, not refused.
pub async fn keep(
    app: &App,
    session: &Session,
    working: &Working,
    wish: &Wish,
) -> Answer<impl IntoResponse + use<>> {
    let (sources, what) = wish.written(working)?;
    bounded(&sources)?;
    let before = working.compiled(app).await?;
    let mut after = working.clone();
    after.files = differing(&working.base.sources, &sources);
    after.sources = sources;
    let compiled = after.compiled(app).await?;
    if after.sources != working.sources {
        let sentences = match (&before.release, &compiled.release) {
            (Some(a), Some(b)) => {
                let all = diff(a, b).into_iter().flat_map(|difference| difference.sentences);
                all.take(MOST_SENTENCES).collect()
            }
            _ => vec![what.clone()],
        };
        let body = json!({ "what": what, "sentences": sentences });
        let files = Files::All(after.files.clone());
        let edit = edit(&working.row, files, ("edited", body));
        after.row = change(app, session, working.row.id, edit).await?;
    }
    Ok(tagged(after.row.version, Saved::of(&after, &compiled)))
}

/// A change that leaves a draft open.
pub fn edit(row: &DraftRow, files: Files, event: (&'static str, serde_json::Value)) -> DraftChange {
    DraftChange {
        version: row.version,
        state: row.state,
        base: row.base.clone(),
        files,
        release: Release::Untouched,
        event,
    }
}

/// Refuses packs too large to be worked with.
pub fn bounded(sources: &[PackSource]) -> Answer<()> {
    let files = || sources.iter().flat_map(|pack| pack.files.values());
    let total: usize = files().map(String::len).sum();
    let largest = files().map(String::len).max().unwrap_or(0);
    if total > MOST_BYTES || largest > MOST_FILE_BYTES || files().count() > MOST_FILES {
        return Err(Problem::new("too-large").detail(
            "草稿太大：每个文件最多 1 MB，全部最多 16 MB、2000 个文件",
            "The draft is too large: 1 MB a file, 16 MB and 2,000 files in all",
        ));
    }
    Ok(())
}

/// An answer with the draft's version as its tag.
pub fn tagged<T: serde::Serialize>(
    version: i64,
    body: T,
) -> ([(HeaderName, HeaderValue); 1], Json<T>) {
    let tag = HeaderValue::from_str(&format!("\"v{version}\""));
    ([(header::ETAG, tag.unwrap_or(HeaderValue::from_static("\"\"")))], Json(body))
}
