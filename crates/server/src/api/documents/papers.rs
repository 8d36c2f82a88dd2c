//! `GET /papers`: what forms lie on, for the print settings of a workstation; `GET
//! /papers/{paper}/test` is the page they are set by.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs;
use crate::docs::asked::Asked;
use crate::docs::dress::{Dress, dressed};
use crate::docs::ruler;
use crate::http::extract::{Json, Path, Query};
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use crate::view::Words;
use crate::view::paper::PaperView;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::Lang;
use rulebook::model::{Document, Paper};
use serde::Serialize;
use utoipa::ToSchema;

/// Papers and the forms printed on them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Papers {
    papers: Vec<PaperView>,
    documents: Vec<PrintedForm>,
}

/// A form of the release in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrintedForm {
    id: String,
    title: Words,
    /// Keys of the papers it may lie on, the usual one first.
    papers: Vec<String>,
    copies: Vec<Words>,
    /// Whether it can be printed blank in advance.
    blank: bool,
}

/// Every paper with its measures, and which forms lie on it.
#[utoipa::path(
    get, path = "/papers", tag = "documents", operation_id = "papers_list",
    responses((status = 200, body = Papers)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn list(session: Allowed<perm::DocumentRead>) -> Answer<Json<Papers>> {
    let form = |form: &Document| PrintedForm {
        id: form.id.clone(),
        title: (&form.title).into(),
        papers: form.papers().map(|paper| paper.key().to_owned()).collect(),
        copies: form.copies.iter().map(Words::from).collect(),
        blank: docs::may_be_blank(form),
    };
    Ok(Json(Papers {
        papers: Paper::ALL.map(PaperView::from).to_vec(),
        documents: session.release.documents.values().map(form).collect(),
    }))
}

/// A page with rulers and a cross, to see how far a printer is off.
#[utoipa::path(
    get, path = "/papers/{paper}/test", tag = "documents", operation_id = "papers_test",
    params(("paper" = String, Path), Asked),
    responses((status = 200, content_type = "text/html"), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn test(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(paper): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let paper = Paper::named(&paper).ok_or_else(|| Problem::new("not-found"))?;
    let lang = asked.lang.as_deref().map_or(session.lang, Lang::from_tag);
    let page = ruler::page(paper, lang, &app.today().to_string());
    let dress = Dress { look: asked.look()?, ..Dress::default() };
    let page = dressed(&page, &dress).into_owned();
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(page)).into_response())
}
