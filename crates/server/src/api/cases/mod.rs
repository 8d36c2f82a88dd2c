//! Cases (案件): listed, opened, shown, acted on.

mod act;
mod get;
mod handover;
mod list;
mod note;
mod open;
mod orgs;
mod postings;
mod preview;
mod preview_open;
mod told;

use crate::app::App;
use crate::http::extract::Json;
use crate::view::case::CaseView;
use axum::http::{HeaderName, header};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/cases`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::open))
        .routes(routes!(preview_open::preview_open))
        .routes(routes!(get::get))
        .routes(routes!(act::act))
        .routes(routes!(preview::preview))
        .routes(routes!(handover::hand_on, handover::take_back))
        .routes(routes!(orgs::orgs))
        .routes(routes!(note::note))
        .routes(routes!(postings::postings))
        .routes(routes!(told::told))
}

/// A case with its version as entity tag.
fn tagged(case: CaseView) -> ([(HeaderName, String); 1], Json<CaseView>) {
    ([(header::ETAG, format!("\"v{}\"", case.version))], Json(case))
}
