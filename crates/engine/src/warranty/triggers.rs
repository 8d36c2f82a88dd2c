//! Statutory triggers: repeated repairs and long waits that open the next remedy.

use crate::decision::Why;
use crate::verdict::{EarlierRepair, TriggerState, VerdictFacts};
use base::Day;
use base::time::{add_days, days_between};
use rulebook::model::{TermRules, WarrantyTrigger};

/// The triggers reached or near, with their steps.
pub fn count(
    rules: &TermRules,
    facts: &VerdictFacts,
    starts: Day,
    why: &mut Vec<Why>,
) -> Vec<TriggerState> {
    let mut repairs: Vec<&EarlierRepair> =
        facts.repairs.iter().filter(|r| r.to >= starts && r.from <= facts.reported_on).collect();
    repairs.sort_unstable_by_key(|r| (r.to, r.from));
    let mut out = Vec::new();
    for trigger in &rules.triggers {
        let (count, at) = match trigger.counts.as_str() {
            "days_in_repair" => days_in_repair(&repairs, trigger.limit),
            "days_waiting_parts" => {
                running(repairs.iter().map(|r| (r.waiting_parts_days, r.to)), trigger.limit)
            }
            _ => running(
                repairs.iter().filter(|r| r.component == facts.component).map(|r| (1, r.to)),
                trigger.limit,
            ),
        };
        let near = trigger.warn_at.unwrap_or(trigger.limit);
        if count >= near.min(trigger.limit) {
            why.push(explain(trigger, count));
            out.push(TriggerState {
                id: trigger.id.clone(),
                count,
                limit: trigger.limit,
                at,
                clause: trigger.clause.first().cloned().unwrap_or_default(),
            });
        }
    }
    out
}

fn explain(trigger: &WarrantyTrigger, count: i64) -> Why {
    let code = if count >= trigger.limit { "trigger_reached" } else { "trigger_near" };
    Why::new(code, format!("term/trigger/{}", trigger.id), &trigger.clause)
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
