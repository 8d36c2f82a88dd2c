//! `GET /people`: staff in my scope.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::{List, OrgRef, Words};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most people on a page.
const PAGE: u32 = 100;

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only those who hold this role.
    role: Option<String>,
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRow {
    id: String,
    login: String,
    name: String,
    org: Option<OrgRef>,
    roles: Vec<HeldRole>,
    skills: Vec<String>,
    certificate: Option<CertificateView>,
    away: bool,
    active: bool,
}

/// A role with its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRole {
    role: String,
    title: Words,
    org: Option<OrgRef>,
}

/// A repair certificate (维修上岗证).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CertificateView {
    number: String,
    expires: String,
    valid: bool,
}

impl CertificateView {
    /// The certificate as it stands on a day.
    pub fn of(certificate: &store::person::Certificate, today: base::Day) -> Self {
        Self {
            number: certificate.number.clone(),
            expires: certificate.expires.to_string(),
            valid: certificate.expires >= today,
        }
    }
}

/// Staff in my scope.
#[utoipa::path(
    get, path = "/people", tag = "people", operation_id = "people_list", params(Filter),
    responses((status = 200, body = List<PersonRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<PersonRow>>> {
    let people = app.store().people(&session.scope, filter.role.as_deref(), PAGE).await?;
    let orgs = app.orgs();
    let today = app.today();
    let rows = people.into_iter().map(|person| PersonRow {
        id: person.id.to_string(),
        name: person.name.reveal().to_owned(),
        org: orgs.get(person.org).map(OrgRef::from),
        roles: person
            .roles
            .iter()
            .map(|held| HeldRole {
                role: held.role.clone(),
                title: session
                    .release
                    .roles
                    .get(&held.role)
                    .map_or_else(|| Words::key(&held.role), |r| (&r.title).into()),
                org: orgs.get(held.org).map(OrgRef::from),
            })
            .collect(),
        certificate: person.certificate.as_ref().map(|c| CertificateView::of(c, today)),
        away: person.away_until.is_some_and(|until| until >= today),
        skills: person.skills,
        login: person.login,
        active: person.active,
    });
    Ok(Json(List::whole(rows.collect())))
}
