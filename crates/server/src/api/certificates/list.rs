//! `GET /certificates`: who holds what, by station.

use super::row::{CertificateRow, Standing};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Most people on the wall.
const MAX_PEOPLE: u32 = 1000;

/// Roles that stand on the wall whether they hold a certificate or not: who repairs.
const REPAIRERS: &[&str] = &["technician"];

/// Which part of the wall.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only people with this skill.
    skill: Option<String>,
    /// Only certificates that stand so.
    standing: Option<Standing>,
}

/// Who holds what in my scope, station by station.
#[utoipa::path(
    get, path = "/certificates", tag = "people", operation_id = "certificates_list",
    params(Filter), responses((status = 200, body = List<CertificateRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<CertificateRow>>> {
    let today = app.today();
    let holders = app.store().certificate_holders(&session.scope, REPAIRERS, MAX_PEOPLE).await?;
    let rows = holders.iter().map(|one| CertificateRow::of(&app, &session.release, one, today));
    let wanted = |row: &CertificateRow| {
        filter.skill.as_deref().is_none_or(|skill| row.can(skill))
            && filter.standing.is_none_or(|standing| row.standing == standing)
    };
    Ok(Json(List::whole(rows.filter(wanted).collect())))
}
