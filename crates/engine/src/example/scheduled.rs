//! A step of a story in which a schedule runs.

use super::failure;
use super::story::{HOME, Teller};
use crate::command::Command;
use crate::schedule::{Asked, Occurrence, Plan, SALE, Subject, Vehicle};
use base::{CustomerId, Day, Text, UnitId};
use rulebook::Traces;
use rulebook::model::schedule::Subjects;
use rulebook::model::{Schedule, Step};

/// How far back the run of a schedule is looked for, in seconds: a year and a month.
const LOOK_BACK: i64 = 397 * 86_400;

/// What the schedule of a step opens, as the background work would: nothing where it is not for
/// this organisation unit or its run was made before.
pub fn command(
    teller: &mut Teller<'_>,
    step: &Step,
    traces: &mut Traces,
) -> Result<Option<Command>, Text> {
    let id = step.schedule.as_deref().unwrap_or_default();
    let known = teller.release.schedules.get(id);
    let schedule = known.filter(|schedule| schedule.opens == teller.process.id);
    let schedule = schedule.ok_or_else(|| {
        failure(
            format!("没有开出“{}”的定期任务“{id}”", teller.process.id),
            format!("there is no schedule `{id}` that opens `{}`", teller.process.id),
        )
    })?;
    let plan = Plan::new(schedule, &teller.facts.zone, &teller.release.calendars);
    let found = plan.between(teller.now.plus_seconds(-LOOK_BACK), teller.now);
    let runs = found.runs.iter().rev();
    let of_units = schedule.each == Subjects::Unit;
    let mut ages = runs.map(|run| (run, vehicle(teller, schedule, run)));
    let (run, vehicle) = ages.find(|(_, v)| !of_units || v.is_some()).ok_or_else(|| {
        failure(
            format!("“{id}”到现在没有轮到：{}", schedule.rule().zh),
            format!("`{id}` has not come up by now: {}", schedule.rule().en),
        )
    })?;
    let (release, zone, now) = (teller.release, &teller.facts.zone, teller.now);
    let asked = Asked { release, schedule, run, zone, now };
    let path = format!("schedule/{id}");
    let subject = Subject { vehicle, ..Subject::org(HOME, &teller.facts.org) };
    if !asked.is_for(subject) {
        traces.passed.insert(path);
        return Ok(None);
    }
    let (command, made) = (asked.command(subject, None), (id.to_owned(), run.period.clone()));
    if !teller.made.insert(made) {
        return Ok(None);
    }
    traces.bit.insert(path);
    Ok(Some(command))
}

/// The vehicle of the story where it comes of an age on the day of the run.
fn vehicle<'t>(
    teller: &'t Teller<'_>,
    schedule: &Schedule,
    run: &Occurrence,
) -> Option<Vehicle<'t>> {
    let unit = teller.facts.unit.as_ref()?;
    let of = |name: &str| unit.get(name).and_then(|day| day.as_str()?.parse::<Day>().ok());
    let sold = SALE.iter().find_map(|name| of(name))?;
    let (_, age) = schedule.sold_for(run.day).into_iter().find(|(day, _)| *day == sold)?;
    let customer = teller.facts.customer.as_ref();
    let owner = customer.map(|_| CustomerId(1));
    Some(Vehicle { id: UnitId(1), owner, age, unit: Some(unit), customer })
}
