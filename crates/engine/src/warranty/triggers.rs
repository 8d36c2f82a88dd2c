//! Triggers (法定情形): repeated repairs and long waits that open the next remedy.

use super::TermFacts;
use crate::decision::Why;
use crate::verdict::{EarlierRepair, TriggerState};
use crate::why::Steps;
use base::Day;
use base::time::{add_days, days_between};
use rulebook::model::{TermRules, WarrantyTrigger};

/// The company's triggers reached or near, with their steps.
pub fn count(
    rules: &TermRules,
    facts: &TermFacts<'_>,
    starts: Day,
    why: &mut impl Steps,
) -> Vec<TriggerState> {
    let all = rules.triggers.iter();
    all.filter_map(|trigger| count_one(trigger, facts, starts, "term", why)).collect()
}

/// One trigger, when it is reached or near: from one before the limit on, where nothing else is
/// said. `owner` is the file it stands in, `term` or `law`.
pub fn count_one(
    trigger: &WarrantyTrigger,
    facts: &TermFacts<'_>,
    starts: Day,
    owner: &str,
    why: &mut impl Steps,
) -> Option<TriggerState> {
    let limit = trigger.limit;
    if facts.repairs.is_empty() && limit > 0 {
        return None;
    }
    let mut repairs: Vec<&EarlierRepair> =
        facts.repairs.iter().filter(|r| r.to >= starts && r.from <= facts.reported_on).collect();
    repairs.sort_unstable_by_key(|r| (r.to, r.from));
    let (count, at) = match trigger.counts.as_str() {
        "days_in_repair" => days_in_repair(&repairs, limit),
        "days_waiting_parts" => {
            running(repairs.iter().map(|r| (r.waiting_parts_days, r.to)), limit)
        }
        // What the repairer took by his own doing; waiting for the maker's part is not his.
        "days_of_one_repair" => longest(
            repairs.iter().map(|r| (days_between(r.from, r.to) - r.waiting_parts_days, *r)),
            limit,
        ),
        // From handing in, in a repair that waited for parts.
        "days_of_one_wait" => longest(
            repairs
                .iter()
                .filter(|r| r.waiting_parts_days > 0)
                .map(|r| (days_between(r.from, r.to), *r)),
            limit,
        ),
        _ => running(
            repairs.iter().filter(|r| r.component == facts.component).map(|r| (1, r.to)),
            limit,
        ),
    };
    let near = trigger.warn_at.unwrap_or(limit - 1).max(1);
    if count < near.min(limit) {
        return None;
    }
    why.step(|| explain(trigger, count, owner));
    Some(TriggerState {
        id: trigger.id.clone(),
        count,
        limit,
        at,
        clause: trigger.clause.first().cloned().unwrap_or_default(),
    })
}

fn explain(trigger: &WarrantyTrigger, count: i64, owner: &str) -> Why {
    let code = if count >= trigger.limit { "trigger_reached" } else { "trigger_near" };
    Why::new(code, format!("{owner}/trigger/{}", trigger.id), &trigger.clause)
        .with("count", count)
        .with("limit", trigger.limit)
}

/// The sum, and the day on which it reached the limit.
fn running(items: impl Iterator<Item = (i64, Day)>, limit: i64) -> (i64, Option<Day>) {
    items.fold((0_i64, None), |(sum, at), (n, day)| {
        let sum = sum.saturating_add(n);
        (sum, at.or_else(|| (sum >= limit).then_some(day)))
    })
}

/// The longest of single repairs, and the day on which it reached the limit.
fn longest<'r>(
    items: impl Iterator<Item = (i64, &'r EarlierRepair)>,
    limit: i64,
) -> (i64, Option<Day>) {
    items.fold((0_i64, None), |(most, at), (days, repair)| {
        let reached = || (days >= limit).then(|| add_days(repair.from, limit)).flatten();
        (most.max(days), at.or_else(reached))
    })
}

/// Days in repair over all parts, overlaps once.
fn days_in_repair(repairs: &[&EarlierRepair], limit: i64) -> (i64, Option<Day>) {
    let mut spans: Vec<(Day, Day)> = repairs.iter().map(|r| (r.from, r.to)).collect();
    spans.sort_unstable();
    let (mut sum, mut at, mut counted) = (0_i64, None, Day::MIN);
    for (from, to) in spans {
        let from = from.max(counted);
        if from >= to {
            continue;
        }
        let before = sum;
        sum += days_between(from, to);
        counted = to;
        if at.is_none() && sum >= limit {
            at = add_days(from, limit - before);
        }
    }
    (sum, at)
}
