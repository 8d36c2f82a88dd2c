//! What time does to a case: warnings, breaches, repeats and steps of escalation, as entries and
//! messages.

use super::run::Run;
use crate::deadline::Fired;
use crate::decision::Followup;
use rulebook::model::{ClockEvent, Deadline};
use std::collections::BTreeSet;

/// The message of a warning; its text is the why of the entry.
pub const DEADLINE_WARNING: &str = "deadline_warning";

impl<'a> Run<'a> {
    /// Fires what was due before now, in order: warnings, breaches, missed repeats, escalations.
    pub fn advance(&mut self) {
        let mut fired: Vec<(usize, Fired)> = Vec::new();
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let (setting, now) = (self.plain(rule), self.now);
            let events = setting.fire(&mut self.case.deadlines[at], now);
            fired.extend(events.into_iter().map(|event| (at, event)));
        }
        fired.sort_by_key(|(_, event)| event.at());
        let last_breach: BTreeSet<usize> = {
            let mut seen = BTreeSet::new();
            let newest = |(place, (at, event)): (usize, &(usize, Fired))| {
                (matches!(event, Fired::Breached { .. }) && seen.insert(*at)).then_some(place)
            };
            fired.iter().enumerate().rev().filter_map(newest).collect()
        };
        for (place, (at, event)) in fired.into_iter().enumerate() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            self.tell(rule, at, event, last_breach.contains(&place));
        }
    }

    /// Writes down what time did; missed repeats are each recorded and notified once.
    fn tell(&mut self, rule: &'a Deadline, place: usize, event: Fired, notify: bool) {
        match event {
            Fired::Warned { at, warning } => {
                let state = self.case.deadlines.get(place);
                let due = state.and_then(|d| d.memory.first_due).unwrap_or(at);
                let code = if warning.opens { "deadline_opens" } else { "deadline_warned" };
                let why = vec![self.explain(code, rule).with("due", due.to_string())];
                self.push_system("warned", &rule.id, at, why);
                self.count_clock(rule, place, ClockEvent::Warned, at, 1);
                self.followups.push(Followup::Notify {
                    message: warning.notify.unwrap_or_else(|| DEADLINE_WARNING.to_owned()),
                    to: warning.to,
                    about: Some(rule.id.clone()),
                });
            }
            Fired::Breached { at, times } => {
                let why = self.explain("deadline_breached", rule);
                let why = why.with("due", at.to_string()).with("times", times);
                self.push_system("breached", &rule.id, at, vec![why]);
                self.count_clock(rule, place, ClockEvent::Breached, at, times);
                if notify {
                    self.breach(rule, &rule.breach);
                }
            }
            Fired::Escalated { at, place: step_at } => {
                let Some(step) = rule.escalate.get(step_at) else { return };
                let why = self.explain("deadline_escalated", rule).with("step", step_at + 1);
                let why = match step.after.span {
                    Some(after) => why.with("span", after.to_string()),
                    None => why,
                };
                self.push_system("escalated", &rule.id, at, vec![why]);
                self.count_clock(rule, place, ClockEvent::Escalated, at, 1);
                self.breach(rule, &step.effects);
            }
        }
    }
}
