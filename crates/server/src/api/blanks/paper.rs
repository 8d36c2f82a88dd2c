//! `GET /blanks/{id}/paper`: the forms of a block, blank but for their numbers.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs;
use crate::docs::asked::Asked;
use crate::docs::dress::{Dress, dressed};
use crate::http::extract::{Path, Query};
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use rulebook::model::Document;
use serde_json::json;
use store::blank::BlankState;

/// The forms of a block that nothing was heard of, each with its number and code, and empty where
/// somebody writes.
#[utoipa::path(
    get, path = "/blanks/{id}/paper", tag = "documents", operation_id = "blanks_paper",
    params(("id" = String, Path), Asked),
    responses((status = 200, content_type = "text/html"), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn paper(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let block = app.store().blank_block(id, &session.scope).await?;
    let release = app.releases().pinned(&block.release)?;
    let form = release.documents.get(&block.document);
    let form = form.ok_or_else(|| Problem::new("not-found"))?;
    let company = app.store().setting("company_name").await?;
    let orgs = app.orgs();
    let org = orgs.get(block.org);
    let numbers = app.store().blank_numbers(id).await?;
    let contexts: Vec<_> = numbers
        .iter()
        .filter(|one| one.state == BlankState::Printed)
        .map(|one| {
            json!({
                "blank": true,
                "case": {
                    "number": one.number,
                    "station": org.map(|org| org.name.as_str()),
                    "station_code": org.map(|org| org.code.as_str()),
                },
                "company": company,
                "data": {}, "unit": null, "customer": null, "now": null,
            })
        })
        .collect();
    let title = format!("{} {}–{}", form.title.zh, block.range.0, block.range.1);
    let page = docs::blanks(app.zone(), &release, form, &title, &contexts)?;
    let papers: Vec<_> = Document::papers(form).collect();
    let dress = Dress {
        paper: asked.paper(&papers)?,
        look: asked.look()?,
        copies: asked.copies()?,
        mark: None,
    };
    let page = dressed(&page, &dress).into_owned();
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(page)).into_response())
}
