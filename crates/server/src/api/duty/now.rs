//! `GET /duty/now`: who is on duty now, or at a time somebody is about to promise.

use super::{DutyHours, clock, names, person};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::duty;
use crate::enquiries;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::{OrgRef, PersonRef};
use axum::extract::State;
use base::{Instant, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// At which time, and for whom.
#[derive(Debug, Deserialize, IntoParams)]
pub struct At {
    /// An instant; now when absent.
    #[param(value_type = Option<String>)]
    at: Option<Instant>,
    /// For the unit that takes online enquiries, rather than for mine.
    #[serde(default)]
    desk: bool,
}

/// Who answers for a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyPost {
    /// For which unit it was asked.
    org: Option<OrgRef>,
    /// Whether the unit is open then.
    open: bool,
    /// Its opening hours of that day.
    hours: Vec<DutyHours>,
    /// Whose roster it is; none where nobody keeps one.
    kept_by: Option<OrgRef>,
    /// Who is on duty; empty in a gap.
    on: Vec<DutyPerson>,
    /// Who is told where nobody is on duty.
    heads: Vec<PersonRef>,
}

/// Somebody on duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyPerson {
    person: PersonRef,
    /// Whose office they hold meanwhile.
    stands_for: Option<PersonRef>,
    /// Until when.
    until: String,
}

/// Who is on duty for my unit, or for the unit that takes online enquiries.
#[utoipa::path(
    get, path = "/duty/now", tag = "duty", operation_id = "duty_now",
    params(At), responses((status = 200, body = DutyPost)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn now(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(asked): Query<At>,
) -> Answer<Json<DutyPost>> {
    let at = asked.at.unwrap_or_else(|| app.now());
    let release = &session.release;
    let org = if asked.desk { enquiries::desk(&app, release)? } else { session.org.id };
    let orgs = app.orgs();
    let code = orgs.get(org).map(|org| org.code.clone()).unwrap_or_default();
    let post = duty::post(&app, org, at).await?;
    let heads = duty::heads(&app, release, org).await?;
    let mut ids: Vec<PersonId> = heads.iter().map(|(id, _)| *id).collect();
    ids.extend(post.on.iter().flat_map(|on| [Some(on.person), on.stands_for]).flatten());
    let names = names(&app, &ids).await?;
    let mut heads: Vec<PersonId> = heads.into_iter().map(|(id, _)| id).collect();
    heads.dedup();
    let hours = enquiries::open_on(release, &code, app.zone().day(at));
    let on = post.on.iter().map(|on| DutyPerson {
        person: person(&names, on.person),
        stands_for: on.stands_for.map(|id| person(&names, id)),
        until: on.until.to_string(),
    });
    Ok(Json(DutyPost {
        org: orgs.get(org).map(OrgRef::from),
        open: !enquiries::closed_now(release, &code, app.zone(), at),
        hours: hours.iter().map(|h| DutyHours { from: clock(h.from), to: clock(h.to) }).collect(),
        kept_by: post.kept_by.and_then(|id| orgs.get(id)).map(OrgRef::from),
        on: on.collect(),
        heads: heads.into_iter().map(|id| person(&names, id)).collect(),
    }))
}
