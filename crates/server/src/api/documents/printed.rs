//! `POST /documents/{id}/printed`: it goes to the printer.

use crate::app::{App, Audience};
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{DocumentId, Text};
use rulebook::model::Paper;
use serde::{Deserialize, Serialize};
use store::Printing;
use store::document::DocumentStatus;
use utoipa::ToSchema;

/// Longest reason, in characters.
const MAX: usize = 200;

/// What is printed on what.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintBody {
    /// The paper; the usual one of the form where nothing is said.
    paper: Option<String>,
    /// Why it is printed again (补打原因), where there is something to say.
    reason: Option<String>,
}

/// How often it was printed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Printed {
    /// Number of this print, from 1: from the second on the paper says 补打第 n 次.
    printed: i64,
}

/// Counts a print and writes it into the case's journal. Whatever no signature freezes is frozen
/// by its first print.
#[utoipa::path(
    post, path = "/documents/{id}/printed", tag = "documents", operation_id = "documents_printed",
    params(("id" = String, Path)), request_body = PrintBody,
    responses((status = 200, body = Printed), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn printed(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<DocumentId>,
    Json(body): Json<PrintBody>,
) -> Answer<Json<Printed>> {
    let (row, _) = super::get::seen(&app, &session, id).await?;
    let form = super::get::form(&app, &row).await?;
    let reason = clean::text(body.reason.as_deref().unwrap_or_default());
    if reason.chars().count() > MAX {
        let long = Text::new("原因最多 200 字", "A reason has at most 200 characters");
        return Err(Problem::new("form-invalid").field("reason", "too_long", long));
    }
    let usual = form.as_ref().map_or(Paper::A4, |form| form.paper);
    let paper = body.paper.as_deref().and_then(Paper::named).unwrap_or(usual);
    let draft = row.status == DocumentStatus::Draft;
    let printing = Printing {
        document: id,
        case: row.case,
        key: &row.document,
        paper: paper.key(),
        reason: Some(reason.as_str()).filter(|reason| !reason.is_empty()),
        freezes: draft && form.is_some_and(|form| form.frozen_by.is_none()),
    };
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    let printed = app.store().print_document(printing, by, session.now).await?;
    let case = app.store().case(row.case, &store::Scope::company()).await?;
    let orgs = Audience::Orgs(vec![case.state.org]);
    app.changed("case", Some(row.case.to_string()), orgs);
    Ok(Json(Printed { printed }))
}
