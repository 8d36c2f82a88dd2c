//! `GET /certificates/mine`: what I hold.

use super::row::CertificateRow;
use crate::app::App;
use crate::auth::SignedIn;
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use store::Scope;

/// What I hold: one row, or none for who never had a certificate.
#[utoipa::path(
    get, path = "/certificates/mine", tag = "people", operation_id = "certificates_mine",
    responses((status = 200, body = List<CertificateRow>)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn mine(State(app): State<App>, session: SignedIn) -> Answer<Json<List<CertificateRow>>> {
    let today = app.today();
    let scope = Scope::company().own(session.id());
    let held = app.store().certificate_holders(&scope, &[], 1).await?;
    let rows = held.iter().map(|one| CertificateRow::of(&app, &session.release, one, today));
    Ok(Json(List::whole(rows.collect())))
}
