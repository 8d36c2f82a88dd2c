//! What measures count of a command, found while its entries are written: dimensions have the
//! values of that moment.

use super::run::Run;
use crate::count::{Delta, Kept};
use base::{Instant, Word};
use rulebook::expr::{Expr, Value};
use rulebook::model::{ClockEvent, Deadline, Dimension, Measure, Unit, Watch};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Longest value of a dimension, in characters.
const LONGEST: usize = 80;

/// An event as measures read it: the root `event`.
type Event = BTreeMap<String, Value>;

impl Run<'_> {
    /// An action was written down: what looks at it, and at how it was done.
    pub(super) fn count_action(&mut self, action: &str) {
        let Some(index) = self.release.counting.process(&self.case.process) else { return };
        let Some(place) = self.entries.len().checked_sub(1) else { return };
        let event = self.event(action, self.occurred, 1, None);
        self.count(place, index.action(action), &event, None);
        if self.command.late.is_some() {
            self.count(place, index.late_entries(), &event, None);
        }
        let rules = [
            (index.reasons(), ["require_overridden", "require_passed_late"]),
            (index.noted(), ["require_noted", "require_noted"]),
        ];
        for (watches, codes) in rules {
            if watches.is_empty() {
                continue;
            }
            let why = self.entries.get(place).map_or(&[][..], |entry| &entry.why);
            let passed = why.iter().filter(|why| codes.contains(&why.code.as_ref()));
            let paths: Vec<String> = passed.map(|why| why.rule.to_string()).collect();
            for path in paths {
                let event = self.event(&path, self.occurred, 1, None);
                self.count(place, watches, &event, None);
            }
        }
    }

    /// The same person did what somebody else checks; its entry is the last one.
    pub(super) fn count_self_approved(&mut self, rule: &str) {
        let Some(index) = self.release.counting.process(&self.case.process) else { return };
        let Some(place) = self.entries.len().checked_sub(1) else { return };
        if !index.self_approved().is_empty() {
            let event = self.event(rule, self.occurred, 1, None);
            self.count(place, index.self_approved(), &event, None);
        }
    }

    /// The case closed.
    pub(super) fn count_closed(&mut self) {
        let Some(index) = self.release.counting.process(&self.case.process) else { return };
        let Some(place) = self.entries.len().checked_sub(1) else { return };
        if index.closed().is_empty() {
            return;
        }
        self.view.refresh_head(&self.case);
        let state = self.case.full_state("main").unwrap_or_default();
        let event = self.event(&state, self.occurred, 1, None);
        self.count(place, index.closed(), &event, None);
    }

    /// Time did something to a deadline instance; its entry is the last one.
    pub(super) fn count_clock(
        &mut self,
        rule: &Deadline,
        instance: usize,
        what: ClockEvent,
        at: Instant,
        times: u32,
    ) {
        let Some(entry) = self.entries.len().checked_sub(1) else { return };
        self.count_at(entry, rule, instance, what, at, times);
    }

    /// An act ended a deadline instance; its entry is the act's.
    pub(super) fn count_clock_in(
        &mut self,
        entry: usize,
        rule: &Deadline,
        instance: usize,
        what: ClockEvent,
    ) {
        self.count_at(entry, rule, instance, what, self.occurred, 1);
    }

    fn count_at(
        &mut self,
        entry: usize,
        rule: &Deadline,
        instance: usize,
        what: ClockEvent,
        at: Instant,
        times: u32,
    ) {
        let Some(index) = self.release.counting.process(&self.case.process) else { return };
        let watches: Vec<Watch> = index.clock(&rule.id, what).cloned().collect();
        if watches.is_empty() {
            return;
        }
        let subject = format!("{}/{}", self.case.process, rule.id);
        let event = self.event(&subject, at, times, Some(instance));
        let clock = (what == ClockEvent::Breached).then(|| self.clock(instance)).flatten();
        self.count(entry, &watches, &event, clock.as_deref());
    }

    /// Breaches were annulled: what each counted is taken back, on the day it was counted on, the
    /// latest first.
    pub(super) fn count_annulled(&mut self, rule: &Deadline, instance: usize, times: u32) {
        let Some(entry) = self.entries.len().checked_sub(1) else { return };
        if let Some(clock) = self.clock(instance) {
            let mut left: BTreeMap<String, i64> = BTreeMap::new();
            let mut back = Vec::new();
            for kept in self.case.counted.iter_mut().rev().filter(|kept| kept.clock == clock) {
                let left = left.entry(kept.delta.measure.clone()).or_insert(i64::from(times));
                let taken = kept.events.min(*left);
                if taken > 0 {
                    back.push(times_over(&kept.delta.taken_back(), taken));
                    kept.events -= taken;
                    *left -= taken;
                }
            }
            self.case.counted.retain(|kept| kept.events > 0);
            self.note(entry, back);
        }
        self.count_at(entry, rule, instance, ClockEvent::Annulled, self.occurred, times);
    }

    /// The instance's name: which deadline, which start of it.
    fn clock(&self, instance: usize) -> Option<String> {
        self.case.deadlines.get(instance).map(|d| format!("{}/{}", d.deadline, d.round))
    }

    fn event(&self, subject: &str, at: Instant, times: u32, instance: Option<usize>) -> Event {
        let state = instance.and_then(|place| self.case.deadlines.get(place));
        let started = state.map_or(Value::Null, |d| Value::Instant(d.started_at));
        let due =
            state.map_or(Value::Null, |d| Value::Instant(d.memory.first_due.unwrap_or(d.due_at)));
        let person = self.command.actor.person.filter(|_| instance.is_none());
        let component = self.case.data.get("component").and_then(serde_json::Value::as_str);
        let component = component.and_then(|id| self.release.catalog.component(id));
        let group = component.map(|found| Word::read(&found.group));
        let actor = person.map_or(Value::Null, |id| Value::Text(id.to_string().into()));
        let facts = Value::Record(BTreeMap::from([
            ("at".to_owned(), Value::Instant(at)),
            ("process".to_owned(), Value::Text(Word::read(&self.case.process))),
            ("subject".to_owned(), Value::Text(Word::read(subject))),
            ("times".to_owned(), Value::Number(Decimal::from(times))),
            ("started".to_owned(), started),
            ("due".to_owned(), due),
            ("group".to_owned(), group.map_or(Value::Null, Value::Text)),
            ("actor".to_owned(), actor),
        ]));
        BTreeMap::from([("event".to_owned(), facts)])
    }

    /// Counts an event for whoever looks at it. `clock`: it is a breach of that instance.
    fn count(&mut self, entry: usize, watches: &[Watch], event: &Event, clock: Option<&str>) {
        for watch in watches {
            let Some(measure) = self.release.measures.get(&watch.measure) else { continue };
            if watch.undo {
                self.undo(entry, &measure.id);
                continue;
            }
            let Some((delta, events)) = self.delta(measure, event) else { continue };
            if clock.is_some() || !measure.undo.is_empty() {
                self.keep(clock.unwrap_or_default(), &delta, events);
            }
            self.note(entry, vec![times_over(&delta, events)]);
        }
    }

    /// Everything the case counted for a measure and did not take back yet is taken back.
    fn undo(&mut self, entry: usize, measure: &str) {
        let (back, left) = std::mem::take(&mut self.case.counted)
            .into_iter()
            .partition::<Vec<_>, _>(|kept| kept.delta.measure == measure);
        self.case.counted = left;
        let back = back.iter().map(|kept| times_over(&kept.delta.taken_back(), kept.events));
        self.note(entry, back.collect());
    }

    fn keep(&mut self, clock: &str, delta: &Delta, events: i64) {
        let same = |kept: &&mut Kept| kept.clock == clock && kept.delta == *delta;
        match self.case.counted.iter_mut().rev().find(same) {
            Some(kept) => kept.events += events,
            None => self.case.counted.push(Kept {
                clock: clock.to_owned(),
                delta: delta.clone(),
                events,
            }),
        }
    }

    fn note(&mut self, entry: usize, deltas: Vec<Delta>) {
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.counted.extend(deltas.into_iter().filter(|d| d.times != 0 || d.amount != 0));
        }
    }

    /// What one event counts, and how many events this stands for.
    fn delta(&self, measure: &Measure, event: &Event) -> Option<(Delta, i64)> {
        let ask = |expr: &Expr| expr.eval(&(event, &self.view));
        if measure.when.as_ref().is_some_and(|when| !ask(when).is_true()) {
            return None;
        }
        let facts = event.get("event")?;
        let Value::Instant(at) = facts.at(["at"]) else { return None };
        let times = match facts.at(["times"]) {
            Value::Number(times) => times.to_i64().unwrap_or(1),
            _ => 1,
        };
        let amount = match &measure.value {
            None => unit_of(measure.unit),
            Some(value) => steps(&ask(value), measure.unit)?,
        };
        let by = measure.by.iter().filter_map(|id| {
            let dimension: &Dimension = self.release.dimensions.get(id)?;
            Some((id.clone(), key(&ask(&dimension.value))))
        });
        let delta = Delta {
            measure: measure.id.clone(),
            org: self.case.org,
            day: self.facts.zone.day(*at),
            by: by.collect(),
            bucket: measure.bucket(amount),
            times: 1,
            amount,
        };
        Some((delta, times))
    }
}

fn times_over(delta: &Delta, events: i64) -> Delta {
    Delta {
        times: delta.times.saturating_mul(events),
        amount: delta.amount.saturating_mul(events),
        ..delta.clone()
    }
}

/// What one event is where no value is written.
const fn unit_of(unit: Unit) -> i64 {
    match unit {
        Unit::Number => 1_000,
        Unit::Count | Unit::Money | Unit::Duration => 1,
    }
}

/// A value in the steps of a unit: times, thousandths, fen, seconds. `None` when it is missing.
fn steps(value: &Value, unit: Unit) -> Option<i64> {
    let whole = |number: Decimal| {
        number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
    };
    match (value, unit) {
        (Value::Number(number), Unit::Count) => whole(*number),
        (Value::Number(number), Unit::Number) => {
            number.checked_mul(Decimal::ONE_THOUSAND).and_then(whole)
        }
        (Value::Money(fen), Unit::Money) => whole(*fen),
        (Value::Number(zero), Unit::Money | Unit::Duration) if zero.is_zero() => Some(0),
        (Value::Seconds(seconds), Unit::Duration) => Some(*seconds),
        _ => None,
    }
}

/// A value as the key of a dimension. The signs that part keys do not occur in keys of a rulebook;
/// in free text they give way.
fn key(value: &Value) -> String {
    let text = match value {
        Value::Text(text) => text.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Date(day) => day.to_string(),
        _ => String::new(),
    };
    text.chars().take(LONGEST).map(|c| if matches!(c, ';' | '=') { ' ' } else { c }).collect()
}
