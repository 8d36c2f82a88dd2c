//! `GET /documents/{id}`: the page as HTML; `{id}.pdf` where a renderer is configured.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::DocumentId;

/// The document as it was made; frozen ones never change.
#[utoipa::path(
    get, path = "/documents/{id}", tag = "documents", operation_id = "documents_get",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = 404), (status = 501)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<String>,
) -> Answer<Response> {
    if id.strip_suffix(".pdf").is_some() {
        return Err(Problem::new("no-renderer").detail(
            "本机未配置 PDF 生成；请在浏览器中打开单据，用打印功能另存为 PDF",
            "No PDF renderer is configured; open the document and print it to PDF in the browser",
        ));
    }
    let id: DocumentId = id.parse().map_err(|_| Problem::new("not-found"))?;
    let (_, html) = app.store().document(id, &session.scope).await?;
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(html)).into_response())
}
