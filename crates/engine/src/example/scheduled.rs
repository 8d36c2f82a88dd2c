//! A step of a story in which a schedule runs.

use super::failure;
use super::story::{HOME, Teller};
use crate::command::Command;
use crate::schedule::{Asked, Plan};
use base::Text;
use rulebook::Traces;
use rulebook::model::Step;

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
    let run = found.runs.last().ok_or_else(|| {
        failure(
            format!("“{id}”到现在没有轮到：{}", schedule.rule().zh),
            format!("`{id}` has not come up by now: {}", schedule.rule().en),
        )
    })?;
    let (release, zone, now) = (teller.release, &teller.facts.zone, teller.now);
    let asked = Asked { release, schedule, run, zone, now };
    let path = format!("schedule/{id}");
    if !asked.is_for(&teller.facts.org) {
        traces.passed.insert(path);
        return Ok(None);
    }
    if !teller.made.insert((id.to_owned(), run.period.clone())) {
        return Ok(None);
    }
    traces.bit.insert(path);
    Ok(Some(asked.command(HOME, &teller.facts.org, None)))
}
