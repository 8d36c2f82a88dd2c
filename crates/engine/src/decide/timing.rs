//! Deadlines of a case: what a command starts, stops, pauses and moves; what time does to them.

use super::refuse;
use super::run::{Refused, Run};
use crate::case::DeadlineStatus;
use crate::deadline::{Fired, Setting};
use crate::decision::{Followup, Why};
use base::calendar::UnknownYear;
use base::{Calendar, Instant};
use rulebook::expr::Value;
use rulebook::model::{Action, Deadline, Process, StateKind, Trigger};
use std::collections::BTreeSet;

/// The message of a warning; its text is the why of the entry.
pub const DEADLINE_WARNING: &str = "deadline_warning";

impl<'a> Run<'a> {
    fn setting(&self, rule: &'a Deadline) -> Setting<'a> {
        Setting { rule, zone: &self.facts.zone, calendar: self.calendar(&rule.calendar) }
    }

    /// The calendar of that name; `always` and unknown names get the company's first, for working
    /// days need one.
    fn calendar(&self, name: &str) -> Option<&'a Calendar> {
        let (facts, release) = (&self.facts.calendars, &self.release.calendars);
        facts
            .get(name)
            .or_else(|| release.get(name))
            .or_else(|| facts.values().next())
            .or_else(|| release.values().next())
    }

    fn rule(&self, id: &str) -> Option<&'a Deadline> {
        self.process.deadlines.iter().find(|rule| rule.id == id)
    }

    fn explain(&self, code: &str, rule: &Deadline) -> Why {
        Why::new(code, format!("{}/{}", self.process.id, rule.id), &rule.clause)
            .with("deadline", rule.id.as_str())
    }

    /// The date a deadline runs to, as the case now says.
    fn until(&self, rule: &Deadline) -> Option<Instant> {
        match rule.until.as_ref()?.eval(&self.view) {
            Value::Instant(at) => Some(at),
            Value::Date(day) => Some(self.facts.zone.end_of(day)),
            _ => None,
        }
    }

    /// Fires what was due before now, in order: warnings, breaches, missed repeats.
    pub fn advance(&mut self) {
        let mut fired: Vec<(usize, Fired)> = Vec::new();
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let setting = self.setting(rule);
            let now = self.now;
            let events = setting.fire(&mut self.case.deadlines[at], now);
            fired.extend(events.into_iter().map(|event| (at, event)));
        }
        fired.sort_by_key(|(_, event)| event.at());
        let last_breach: BTreeSet<usize> = {
            let mut seen = BTreeSet::new();
            let newest = |(place, (at, event)): (usize, &(usize, Fired))| {
                (matches!(event, Fired::Breached { .. }) && seen.insert(*at)).then_some(place)
            };
            let places: Vec<usize> = fired.iter().enumerate().rev().filter_map(newest).collect();
            places.into_iter().collect()
        };
        for (place, (at, event)) in fired.into_iter().enumerate() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            self.tell(rule, event, last_breach.contains(&place));
        }
    }

    /// Writes down what time did; missed repeats are each recorded and notified once.
    fn tell(&mut self, rule: &'a Deadline, event: Fired, notify: bool) {
        match event {
            Fired::Warned { at, warning } => {
                let due = self
                    .case
                    .deadlines
                    .iter()
                    .filter(|d| d.deadline == rule.id && d.status.is_open())
                    .map(|d| d.due_at)
                    .next_back()
                    .unwrap_or(at);
                let why = vec![self.explain("deadline_warned", rule).with("due", due.to_string())];
                self.push_system("warned", &rule.id, at, why);
                self.followups.push(Followup::Notify {
                    message: warning.notify.unwrap_or_else(|| DEADLINE_WARNING.to_owned()),
                    to: warning.to,
                    about: Some(rule.id.clone()),
                });
            }
            Fired::Breached { at, times } => {
                let why = vec![
                    self.explain("deadline_breached", rule)
                        .with("due", at.to_string())
                        .with("times", times),
                ];
                self.push_system("breached", &rule.id, at, why);
                if notify {
                    self.breach(rule);
                }
            }
        }
    }

    /// What an action did to the deadlines: stops first, then pauses, starts, moved dates.
    pub fn settle_deadlines(
        &mut self,
        action: &Action,
        events: &[Trigger],
        entry: usize,
    ) -> Result<(), Refused> {
        let mut why = Vec::new();
        self.stop_deadlines(events, &mut why);
        self.pause_deadlines(&mut why).map_err(|e| self.unknown_year(action, e))?;
        self.start_deadlines(events, &mut why).map_err(|e| self.unknown_year(action, e))?;
        self.move_deadlines(&mut why).map_err(|e| self.unknown_year(action, e))?;
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.why.extend(why);
        }
        Ok(())
    }

    fn unknown_year(&self, action: &Action, (rule, year): (&Deadline, UnknownYear)) -> Refused {
        Box::new(refuse::calendar_unknown(&self.case, &action.id, rule, year.0))
    }

    fn stop_deadlines(&mut self, events: &[Trigger], why: &mut Vec<Why>) {
        let mut annulled = Vec::new();
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let hit = |list: &[Trigger]| list.iter().any(|trigger| events.contains(trigger));
            let (drops, stops) = (hit(&rule.drops), hit(&rule.stops));
            if !(drops || stops) || !self.case.deadlines[at].status.is_open() {
                continue;
            }
            let (setting, occurred) = (self.setting(rule), self.occurred);
            if drops {
                setting.drop_open(&mut self.case.deadlines[at], occurred);
                why.push(self.explain("deadline_dropped", rule));
                continue;
            }
            let stopped = setting.stop(&mut self.case.deadlines[at], occurred);
            let met = stopped.status == DeadlineStatus::Met;
            why.push(self.explain(if met { "deadline_met" } else { "deadline_late" }, rule));
            if stopped.annulled > 0 {
                annulled.push((rule, stopped.annulled));
            }
        }
        for (rule, times) in annulled {
            let step = self.explain("breach_annulled", rule).with("times", times);
            self.push_system("breach_annulled", &rule.id, self.occurred, vec![step]);
        }
    }

    /// Whether the clock of a rule stands still: a named track state, or a kind of state.
    fn stands_still(&self, rule: &Deadline) -> bool {
        self.case.tracks.iter().any(|(track, at)| {
            let full = format!("{track}.{}", at.state);
            let kind = self.process.state(&full).map(|state| kind_name(state.kind));
            rule.pauses.iter().any(|pause| {
                *pause == full
                    || (track == "main" && *pause == at.state)
                    || Some(pause.as_str()) == kind
            })
        })
    }

    fn pause_deadlines(&mut self, why: &mut Vec<Why>) -> Result<(), (&'a Deadline, UnknownYear)> {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            if rule.pauses.is_empty() || !self.case.deadlines[at].status.is_open() {
                continue;
            }
            let still = self.stands_still(rule);
            let (setting, until, occurred) = (self.setting(rule), self.until(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            let paused = state.paused_at.is_some();
            if still && !paused {
                setting.pause(state, occurred);
                if state.paused_at.is_some() {
                    why.push(self.explain("deadline_paused", rule));
                }
            } else if !still && paused {
                setting.resume(state, occurred, until).map_err(|e| (rule, e))?;
                let due = state.due_at.to_string();
                why.push(self.explain("deadline_resumed", rule).with("due", due));
            }
        }
        Ok(())
    }

    fn start_deadlines(
        &mut self,
        events: &[Trigger],
        why: &mut Vec<Why>,
    ) -> Result<(), (&'a Deadline, UnknownYear)> {
        for rule in &self.process.deadlines {
            let starts = rule.starts.iter().any(|trigger| events.contains(trigger));
            let holds = || rule.when.as_ref().is_none_or(|when| when.eval(&self.view).is_true());
            if !starts || !holds() {
                continue;
            }
            let setting = self.setting(rule);
            let mut round = 0;
            let occurred = self.occurred;
            for earlier in self.case.deadlines.iter_mut().filter(|d| d.deadline == rule.id) {
                round = round.max(earlier.round);
                if earlier.status.is_open() {
                    setting.drop_open(earlier, occurred);
                }
            }
            let until = self.until(rule);
            let mut state = setting.start(round + 1, occurred, until).map_err(|e| (rule, e))?;
            if self.stands_still(rule) {
                setting.pause(&mut state, occurred);
            }
            why.push(if state.due_at == Instant::NEVER {
                self.explain("deadline_pending", rule)
            } else {
                self.explain("deadline_started", rule).with("due", state.due_at.to_string())
            });
            self.case.deadlines.push(state);
        }
        Ok(())
    }

    fn move_deadlines(&mut self, why: &mut Vec<Why>) -> Result<(), (&'a Deadline, UnknownYear)> {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            if rule.until.is_none() {
                continue;
            }
            let (setting, until, now) = (self.setting(rule), self.until(rule), self.now);
            let state = &mut self.case.deadlines[at];
            if setting.reset(state, until, now).map_err(|e| (rule, e))? {
                let due = state.due_at.to_string();
                why.push(self.explain("deadline_moved", rule).with("due", due));
            }
        }
        Ok(())
    }

    /// Closing the case stops all.
    pub fn drop_deadlines(&mut self) {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let (setting, occurred) = (self.setting(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            if state.status.is_open() {
                setting.drop_open(state, occurred);
            }
        }
    }
}

/// The name of a kind of state, as `pauses` writes it.
const fn kind_name(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Idle => "idle",
        StateKind::Working => "working",
        StateKind::WaitingCustomer => "waiting_customer",
        StateKind::WaitingParts => "waiting_parts",
        StateKind::WaitingSupplier => "waiting_supplier",
        StateKind::Done => "done",
        StateKind::Cancelled => "cancelled",
    }
}

/// When time next does something to the case; `None` when nothing waits for it.
pub fn next_wake(case: &crate::case::CaseState) -> Option<Instant> {
    case.deadlines.iter().filter_map(crate::case::DeadlineState::next_at).min()
}

/// The rule of a running deadline, for readers.
pub fn rule_of<'p>(process: &'p Process, deadline: &str) -> Option<&'p Deadline> {
    process.deadlines.iter().find(|rule| rule.id == deadline)
}
