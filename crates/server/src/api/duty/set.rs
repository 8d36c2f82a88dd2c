//! `PUT /duty/{org}`: who is on duty on a day of every week, or on single days.

use super::page::{DutyRoster, roster};
use super::wrong;
use crate::app::{App, Audience};
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::time::add_days;
use base::{Day, OrgId, PersonId};
use serde::Deserialize;
use store::StoreError;
use store::duty::{DutyDay, DutyShift};
use utoipa::ToSchema;

/// Most shifts of a day.
const MOST_SHIFTS: usize = 8;
/// Most days set at once.
const MOST_DAYS: usize = 31;
/// How far ahead single days are planned.
const AHEAD: i64 = 400;

/// What some days are to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyBody {
    /// The version that was looked at.
    version: i64,
    /// Days of every week, 1 Monday to 7 Sunday.
    #[serde(default)]
    weekdays: Vec<u8>,
    /// Single days, `2026-11-20`, in place of what the week says.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    days: Vec<Day>,
    /// Their shifts; none: nobody is on duty.
    #[serde(default)]
    shifts: Vec<DutyShiftBody>,
    /// The single days go by the week again.
    #[serde(default)]
    as_the_week: bool,
}

/// A shift.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyShiftBody {
    #[schema(value_type = String)]
    person: PersonId,
    /// `17:30`
    from: String,
    /// `08:30`; no later than the beginning: of the next day.
    to: String,
}

/// Puts people on duty at a unit in my scope.
#[utoipa::path(
    put, path = "/duty/{org}", tag = "duty", operation_id = "duty_set",
    params(("org" = String, Path)), request_body = DutyBody,
    responses((status = 200, body = DutyRoster), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn set(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(org): Path<OrgId>,
    Json(body): Json<DutyBody>,
) -> Answer<Json<DutyRoster>> {
    let path = app.orgs().get(org).map(|org| org.path.clone());
    if !path.is_some_and(|path| session.scope.holds(&path)) {
        return Err(Problem::new("not-found"));
    }
    let days = days(&app, &body)?;
    let mut shifts = shifts(&app, org, &body).await?;
    if !body.days.is_empty() && shifts.is_empty() && !body.as_the_week {
        let on = DutyDay::On(body.days[0]);
        shifts.push(DutyShift { org, on, from_minute: 0, minutes: 1440, person: None });
    }
    let done = app.store();
    match done.set_duty(org, &days, &shifts, body.version, (session.id(), app.now())).await {
        Err(StoreError::Taken("duty")) => {
            return Err(Problem::new("conflict").detail(
                "值班表刚被别人改过，已重新读取；请核对后再改",
                "Somebody has just changed this roster; look at it again and repeat the change",
            ));
        }
        done => done?,
    }
    app.changed("duty", None, Audience::Everybody);
    Ok(Json(roster(&app, &session, org, None).await?))
}

/// The days that are set; single ones not before yesterday, whose night may not be over.
fn days(app: &App, body: &DutyBody) -> Answer<Vec<DutyDay>> {
    let count = body.weekdays.len() + body.days.len();
    if count == 0 || count > MOST_DAYS || (!body.weekdays.is_empty() && !body.days.is_empty()) {
        return Err(wrong(
            "days",
            "请选星期或日期其中一种，一次最多 31 天",
            "Choose days of the week or single days, 31 at most",
        ));
    }
    if body.weekdays.iter().any(|weekday| !(1..=7).contains(weekday)) {
        return Err(wrong("weekdays", "星期是 1 到 7", "A day of the week is 1 to 7"));
    }
    let today = app.today();
    let first = add_days(today, -1).unwrap_or(today);
    let last = add_days(today, AHEAD).unwrap_or(today);
    if body.days.iter().any(|day| *day < first || *day > last) {
        return Err(wrong(
            "days",
            "过去的日期不能再改，也不能超过一年以后",
            "Days that are over, or lie more than a year ahead, are not planned",
        ));
    }
    let weekly = body.weekdays.iter().map(|weekday| DutyDay::Weekly(*weekday));
    Ok(weekly.chain(body.days.iter().map(|day| DutyDay::On(*day))).collect())
}

async fn shifts(app: &App, org: OrgId, body: &DutyBody) -> Answer<Vec<DutyShift>> {
    if body.shifts.len() > MOST_SHIFTS {
        return Err(wrong("shifts", "一天最多 8 个班次", "A day has 8 shifts at most"));
    }
    if body.as_the_week && !body.shifts.is_empty() {
        return Err(wrong(
            "shifts",
            "恢复按周排班时不再填班次",
            "A day that goes by the week has no shifts of its own",
        ));
    }
    let serving = app.store().candidates(org, &[]).await?;
    let mut shifts: Vec<DutyShift> = Vec::new();
    for shift in &body.shifts {
        if !serving.iter().any(|found| found.person.id == shift.person) {
            return Err(wrong(
                "person",
                "值班人员要在本单位或上级单位任职",
                "Whoever is on duty holds an office at this unit or above",
            ));
        }
        let read = minute(&shift.from, false).zip(minute(&shift.to, true));
        let (from, to) = read
            .ok_or_else(|| wrong("from", "时间写成 08:30 这样", "A time is written like 08:30"))?;
        let minutes = if to > from { to - from } else { 1440 + to - from };
        let (end, same) = (from + minutes, |other: &&DutyShift| other.person == Some(shift.person));
        let meets =
            |other: &DutyShift| from < other.from_minute + other.minutes && other.from_minute < end;
        if shifts.iter().filter(same).any(meets) {
            return Err(wrong(
                "shifts",
                "同一个人的两个班次时间重叠",
                "Two shifts of the same person overlap",
            ));
        }
        // The store writes it for each of the days.
        let on = DutyDay::Weekly(1);
        let person = Some(shift.person);
        shifts.push(DutyShift { org, on, from_minute: from, minutes, person });
    }
    Ok(shifts)
}

/// The minute of `08:30`; `24:00` where a day may end.
fn minute(text: &str, end: bool) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && (at < 1440 || (end && at == 1440))).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn a_time_is_read_or_refused() {
        for (text, end, expect) in [
            ("08:30", false, Some(510)),
            ("8：05", false, Some(485)),
            ("24:00", true, Some(1440)),
            ("24:00", false, None),
            ("24:01", true, None),
            ("08:60", false, None),
            ("0830", false, None),
            ("-1:00", false, None),
            ("99999:00", false, None),
        ] {
            assert_eq!(minute(text, end), expect, "{text}");
        }
    }
}
