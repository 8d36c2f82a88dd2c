//! `GET /duty`: the roster of a unit, day by day, with its gaps.

use super::{DutyHours, clock, names, person};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::duty;
use crate::enquiries;
use crate::http::extract::{Json, Query};
use crate::problem::{Answer, Problem};
use crate::view::{OrgRef, PersonRef};
use axum::extract::State;
use base::time::add_days;
use base::{Day, Hours, OrgId, PersonId};
use rulebook::model::Permission;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::duty::{DutyDay, DutyShift};
use utoipa::{IntoParams, ToSchema};

/// Days laid out at once.
const DAYS: i64 = 14;

/// Which unit, and from which day.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Which {
    /// The unit; mine when absent.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// The first day, `2026-11-20`; today when absent.
    #[param(value_type = Option<String>)]
    from: Option<Day>,
}

/// The roster of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyRoster {
    org: OrgRef,
    /// How often it was changed: sent back with the next change.
    version: i64,
    /// Whether I may change it.
    may_edit: bool,
    /// What stands for every week, Monday first.
    week: Vec<DutyWeekday>,
    /// The days asked for, in order.
    days: Vec<DutyDate>,
    /// Who may be put on duty: whoever holds an office at the unit or above.
    people: Vec<PersonRef>,
    /// Units whose roster I may look at.
    units: Vec<OrgRef>,
}

/// What stands for a day of every week.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyWeekday {
    /// 1 Monday to 7 Sunday.
    weekday: u8,
    shifts: Vec<DutyStretch>,
}

/// One day of the roster.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyDate {
    day: String,
    /// 1 Monday to 7 Sunday.
    weekday: u8,
    /// Whether it has a plan of its own, in place of the week's.
    own: bool,
    shifts: Vec<DutyStretch>,
    /// Opening hours.
    open: Vec<DutyHours>,
    /// Closed, and nobody on duty: what comes then is the head's.
    gaps: Vec<DutyHours>,
    /// More than one person at a time.
    overlaps: Vec<DutyHours>,
}

/// Somebody's shift.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyStretch {
    person: PersonRef,
    #[serde(flatten)]
    hours: DutyHours,
    /// No longer in service: nobody is on duty then.
    gone: bool,
}

/// The roster of a unit in my scope, two weeks of it.
#[utoipa::path(
    get, path = "/duty", tag = "duty", operation_id = "duty_page",
    params(Which), responses((status = 200, body = DutyRoster), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn page(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(which): Query<Which>,
) -> Answer<Json<DutyRoster>> {
    let org = which.org.unwrap_or(session.org.id);
    Ok(Json(roster(&app, &session, org, which.from).await?))
}

/// The roster as it now stands.
pub async fn roster(
    app: &App,
    session: &Session,
    id: OrgId,
    from: Option<Day>,
) -> Answer<DutyRoster> {
    let orgs = app.orgs();
    let seen = |org: &store::org::Org| session.scope.holds(&org.path);
    let org = orgs.get(id).filter(|org| seen(org)).ok_or_else(|| Problem::new("not-found"))?;
    let first = from.unwrap_or_else(|| app.today());
    let last = add_days(first, DAYS - 1).unwrap_or(first);
    let before = add_days(first, -1).unwrap_or(first);
    // Read before the shifts: what was written between is then refused, never lost.
    let version = app.store().duty_version(id).await?;
    let shifts = app.store().duty_shifts(&[id], before, last).await?;
    let ids: Vec<PersonId> = shifts.iter().filter_map(|shift| shift.person).collect();
    let names = names(app, &ids).await?;
    let mut people = app.store().candidates(id, &[]).await?;
    people.sort_by_key(|found| found.person.org != id);
    let serving: Vec<PersonId> = people.iter().map(|found| found.person.id).collect();
    let layout = Layout { app, session, code: &org.code, shifts: &shifts, names, serving };
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        days.push(layout.date(day));
        let Some(next) = add_days(day, 1) else { break };
        day = next;
    }
    let week = (1..=7).map(|weekday| {
        let on = shifts.iter().filter(|shift| shift.on == DutyDay::Weekly(weekday));
        DutyWeekday { weekday, shifts: layout.stretches(on) }
    });
    let people = people.iter().map(|p| PersonRef::new(p.person.id, p.person.name.reveal()));
    Ok(DutyRoster {
        org: org.into(),
        version,
        may_edit: session.may(Permission::PeopleWrite),
        week: week.collect(),
        days,
        people: people.collect(),
        units: orgs.all().into_iter().filter(|org| seen(org)).map(OrgRef::from).collect(),
    })
}

/// What a roster is laid out with.
struct Layout<'a> {
    app: &'a App,
    session: &'a Session,
    code: &'a str,
    shifts: &'a [DutyShift],
    names: BTreeMap<PersonId, String>,
    serving: Vec<PersonId>,
}

impl Layout<'_> {
    fn date(&self, day: Day) -> DutyDate {
        let zone = self.app.zone();
        let before = add_days(day, -1).unwrap_or(day);
        let mut spans = duty::spans(self.shifts, zone, before, day);
        spans.retain(|span| self.serving.contains(&span.person));
        let open = enquiries::open_on(&self.session.release, self.code, day);
        let hours = |hours: Vec<Hours>| {
            hours.iter().map(|h| DutyHours { from: clock(h.from), to: clock(h.to) }).collect()
        };
        DutyDate {
            day: day.to_string(),
            weekday: u8::try_from(day.weekday().to_monday_one_offset()).unwrap_or_default(),
            own: self.shifts.iter().any(|shift| shift.on == DutyDay::On(day)),
            shifts: self.stretches(duty::of_day(self.shifts, day).into_iter()),
            gaps: hours(duty::gaps(day, zone, &open, &spans)),
            overlaps: hours(duty::overlaps(day, zone, &spans)),
            open: hours(open),
        }
    }

    fn stretches<'b>(&self, shifts: impl Iterator<Item = &'b DutyShift>) -> Vec<DutyStretch> {
        let stretch = |shift: &DutyShift| {
            let id = shift.person?;
            let end = shift.from_minute.saturating_add(shift.minutes);
            // A day that ends at midnight reads 24:00.
            let to = if end == 1440 { end } else { end % 1440 };
            Some(DutyStretch {
                person: person(&self.names, id),
                hours: DutyHours { from: clock(shift.from_minute), to: clock(to) },
                gone: !self.serving.contains(&id),
            })
        };
        shifts.filter_map(stretch).collect()
    }
}
