//! `GET /documents/{id}`: the page as HTML; `{id}.pdf` where a renderer is configured.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::docs::asked::Asked;
use crate::docs::dress::{Dress, dressed};
use crate::docs::pdf::{self, PdfError};
use crate::http::extract::{Path, Query};
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::DocumentId;
use rulebook::model::Document;
use store::document::{DocumentRow, DocumentStatus};
use store::{Scope, StoreError};

/// The document as it was made, in the language of its template; frozen ones never change. What is
/// asked lies around it: another paper, the offsets of a printer, and that it is a reprint. `lang`
/// is the language of a refusal.
#[utoipa::path(
    get, path = "/documents/{id}", tag = "documents", operation_id = "documents_get",
    params(("id" = String, Path), Asked),
    responses((status = 200, content_type = "text/html"), (status = 404), (status = 422),
        (status = 501)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let (id, as_pdf) = id.strip_suffix(".pdf").map_or((id.as_str(), false), |id| (id, true));
    let id: DocumentId = id.parse().map_err(|_| Problem::new("not-found"))?;
    let (row, html) = seen(&app, &session, id).await?;
    let known = form(&app, &row).await?;
    let papers: Vec<_> = known.iter().flat_map(Document::papers).collect();
    let dress = Dress {
        paper: asked.paper(&papers)?,
        look: asked.look()?,
        copies: asked.copies()?,
        mark: asked.print.and_then(|print| mark(&row, print)),
    };
    let html = dressed(&html, &dress).into_owned();
    if as_pdf {
        let bytes = pdf(&app, &format!("{id}-{}", app.now().0), &html).await?;
        let name = format!("inline; filename=\"{}-{id}.pdf\"", row.document);
        let headers =
            [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, &name)];
        return Ok((headers, bytes).into_response());
    }
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(html)).into_response())
}

/// A document in reach, with its page.
pub(super) async fn seen(
    app: &App,
    session: &Session,
    id: DocumentId,
) -> Answer<(DocumentRow, String)> {
    match app.store().document(id, &session.scope).await {
        // The packing list of what was sent elsewhere.
        Err(StoreError::NotFound(_)) => Ok(app.store().document(id, &session.own_cases()).await?),
        found => Ok(found?),
    }
}

/// The form it was made from, in the release of its case.
pub(super) async fn form(app: &App, row: &DocumentRow) -> Answer<Option<Document>> {
    let case = app.store().case(row.case, &Scope::company()).await?.state;
    let release = app.releases().pinned(&case.release)?;
    Ok(release.documents.get(&row.document).cloned())
}

/// What the paper says of itself at this print: a later one that it is a reprint, a document that
/// another has replaced that it is void. Nobody names a print that is not counted or next.
fn mark(row: &DocumentRow, print: i64) -> Option<String> {
    let print = print.clamp(1, row.printed + 1);
    let again = (print > 1).then(|| format!("补打第{}次", print - 1));
    match (row.status == DocumentStatus::Void, again) {
        (true, Some(again)) => Some(format!("作废 {again}")),
        (true, None) => Some("作废".to_owned()),
        (false, again) => again,
    }
}

/// The page as PDF; where there is no Chromium, a sentence on what to do instead.
pub(super) async fn pdf(app: &App, name: &str, html: &str) -> Answer<Vec<u8>> {
    pdf::render(html, app.scratch(name)).await.map_err(|error| refused(&error))
}

fn refused(error: &PdfError) -> Problem {
    match error {
        PdfError::NoRenderer => Problem::new("no-renderer").detail(
            "本机没有 Chromium，不能生成 PDF；请在浏览器中打开单据，用打印功能另存为 PDF",
            "There is no Chromium here to make a PDF; open the document and print it to PDF",
        ),
        PdfError::Failed(_) | PdfError::Io(_) => {
            tracing::error!(%error, "a document could not be made a PDF");
            Problem::new("no-renderer").detail(
                "PDF 生成失败；请在浏览器中打开单据，用打印功能另存为 PDF",
                "The PDF could not be made; open the document and print it to PDF in the browser",
            )
        }
    }
}
