//! `GET /documents/{id}`: the page as HTML; `{id}.pdf` where a renderer is configured.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs::pdf::{self, PdfError};
use crate::http::extract::Path;
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::DocumentId;
use store::StoreError;

/// The document as it was made, in the language of its template; frozen ones never change. `lang`
/// is the language of a refusal.
#[utoipa::path(
    get, path = "/documents/{id}", tag = "documents", operation_id = "documents_get",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, content_type = "text/html"), (status = 404), (status = 501)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<String>,
) -> Answer<Response> {
    let (id, as_pdf) = id.strip_suffix(".pdf").map_or((id.as_str(), false), |id| (id, true));
    let id: DocumentId = id.parse().map_err(|_| Problem::new("not-found"))?;
    let found = match app.store().document(id, &session.scope).await {
        // The packing list of what was sent elsewhere.
        Err(StoreError::NotFound(_)) => app.store().document(id, &session.own_cases()).await,
        found => found,
    };
    let (row, html) = found?;
    if as_pdf {
        let folder = app.scratch(&format!("{id}-{}", app.now().0));
        let bytes = pdf::render(&html, folder).await.map_err(|error| refused(&error))?;
        let name = format!("inline; filename=\"{}-{id}.pdf\"", row.document);
        let headers =
            [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, &name)];
        return Ok((headers, bytes).into_response());
    }
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(html)).into_response())
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
