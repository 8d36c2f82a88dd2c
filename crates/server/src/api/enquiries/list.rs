//! `GET /enquiries`: what waits to be answered.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::enquiries;
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::row::CaseRowView;
use crate::view::{List, Words};
use axum::extract::State;
use rulebook::model::Field;
use serde::Serialize;
use serde_json::{Map, Value};
use store::Show;
use store::cases::KeptCase;
use utoipa::ToSchema;

/// Most enquiries of the list; a desk that owes more sees those that press most.
const MOST: u32 = 100;
/// So much of what they wrote last is shown in the list, in characters.
const GLIMPSE: usize = 60;

/// An enquiry in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnquiryRow {
    #[serde(flatten)]
    row: CaseRowView,
    /// Whether they wait for us; otherwise we have answered last.
    waiting: bool,
    /// Whether it is mine.
    mine: bool,
    urgent: bool,
    kind: Option<Words>,
    channel: Option<Words>,
    /// When an answer was promised for.
    promised_at: Option<String>,
    /// The beginning of what they wrote last.
    glimpse: String,
    /// Messages and photos of theirs since somebody of the unit looked.
    unread: i64,
}

/// Open enquiries in my scope: what waits for us first, what is due first of it, then those that
/// were answered and nobody closed.
#[utoipa::path(
    get, path = "/enquiries", tag = "enquiries", operation_id = "enquiries_list",
    responses((status = 200, body = List<EnquiryRow>)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
) -> Answer<Json<List<EnquiryRow>>> {
    let open = app.store().pressing_cases(enquiries::PROCESS, &session.scope, MOST).await?;
    let ids: Vec<_> = open.iter().map(|kept| kept.row.id).collect();
    let unread = app.store().unread_enquiries(&ids).await?;
    let mut rows = Vec::with_capacity(open.len());
    for kept in &open {
        let mine = kept.row.assignee == Some(session.id());
        let unread = unread.get(&kept.row.id).copied().unwrap_or(0);
        rows.push(row(&app, kept, (mine, unread)).await?);
    }
    rows.sort_by_key(|row| !row.waiting);
    Ok(Json(List::whole(rows)))
}

async fn row(app: &App, kept: &KeptCase, (mine, unread): (bool, i64)) -> Answer<EnquiryRow> {
    let data = &kept.data;
    let mut said = data.get(enquiries::MESSAGE).cloned().unwrap_or_default();
    app.store().open_sealed(&mut said, Show::Clear).await?;
    let said = said.as_str().unwrap_or_default();
    let glimpse: String = said.chars().take(GLIMPSE).collect();
    let more = said.chars().count() > GLIMPSE;
    let release = app.releases().pinned(&kept.row.release)?;
    let form = release.forms.get(enquiries::PROCESS);
    let field = |id: &str| form.and_then(|form| form.fields.iter().find(|field| field.id == id));
    let promised = data.get(enquiries::PROMISED).and_then(Value::as_str);
    Ok(EnquiryRow {
        row: CaseRowView::of(app, &kept.row),
        waiting: kept.row.state == enquiries::RECEIVED,
        mine,
        unread,
        urgent: data.get("urgent").and_then(Value::as_bool).unwrap_or(false),
        kind: field("enquiry_kind").and_then(|field| chosen(field, data)),
        channel: field("enquiry_channel").and_then(|field| chosen(field, data)),
        promised_at: promised.map(str::to_owned),
        glimpse: if more { format!("{glimpse}…") } else { glimpse },
    })
}

/// The words of what was chosen in a field.
pub fn chosen(field: &Field, data: &Map<String, Value>) -> Option<Words> {
    let key = data.get(&field.id)?.as_str()?;
    let choice = field.choices.iter().find(|choice| choice.id == key)?;
    Some((&choice.title).into())
}
