//! Deadlines of a case: what a command starts, stops, pauses, moves and extends.

use super::refuse;
use super::run::{Refused, Run};
use crate::deadline::{DeadlineState, DeadlineStatus, NotExtended, Setting, Stopped, Term};
use crate::decision::Why;
use base::time::Span;
use base::{Calendar, Instant};
use rulebook::expr::{Expr, Value};
use rulebook::model::{Action, ClockEvent, Deadline, Length, Process, StateKind, Trigger};
use rulebook::table::Answer;

impl<'a> Run<'a> {
    /// What the arithmetic of a deadline stands on, as the case now says.
    pub(super) fn setting(&self, rule: &'a Deadline) -> Setting<'a> {
        Setting { length: self.length(rule), ..self.plain(rule) }
    }

    /// The same where its length is not asked: what is due already is due.
    pub(super) fn plain(&self, rule: &'a Deadline) -> Setting<'a> {
        let calendar = self.calendar(&rule.calendar);
        Setting { rule, zone: &self.facts.zone, calendar, length: None }
    }

    /// The calendar of that name; the station's own (`hours@S003`) before the company's.
    fn calendar(&self, name: &str) -> Option<&'a Calendar> {
        if name == "always" {
            return None;
        }
        let (facts, release) = (&self.facts.calendars, &self.release.calendars);
        let code = self.facts.org.get("code").and_then(serde_json::Value::as_str);
        let own = code.map(|code| format!("{name}@{code}"));
        let mut names = own.iter().map(String::as_str).chain([name]);
        names.find_map(|name| facts.get(name).or_else(|| release.get(name)))
    }

    pub(super) fn rule(&self, id: &str) -> Option<&'a Deadline> {
        self.process.deadlines.iter().find(|rule| rule.id == id)
    }

    pub(super) fn explain(&self, code: &'static str, rule: &Deadline) -> Why {
        Why::new(code, format!("{}/{}", self.process.id, rule.id), &rule.clause)
            .with("deadline", rule.id.as_str())
    }

    /// How long a deadline is for the case as it stands; `None` while that is not known.
    fn length(&self, rule: &Deadline) -> Option<Term> {
        let span = |span: Option<Span>| span.map(Term::Span);
        match (&rule.within, &rule.until) {
            (Some(Length::One(within)), _) => span(within.span),
            (Some(Length::Cases(cases)), _) => {
                let holds = |when: &Expr| when.eval(&self.view).is_true();
                let case = cases.iter().find(|case| case.when.as_ref().is_none_or(holds));
                span(case?.span.span)
            }
            (Some(Length::Table(named)), _) => {
                let table = self.release.tables.get(&named.table)?;
                let hit = table.evaluate(&self.view);
                match hit.outputs.get(&named.output).filter(|_| hit.answer == Answer::Decided) {
                    Some(Value::Text(text)) => span(Span::parse(text)),
                    _ => None,
                }
            }
            (None, Some(until)) => match until.eval(&self.view) {
                Value::Instant(at) => Some(Term::At(at)),
                Value::Date(day) => Some(Term::Day(day)),
                _ => None,
            },
            (None, None) => None,
        }
    }

    /// What an action did to the deadlines: stops first, then pauses, starts, moved dates.
    pub fn settle_deadlines(&mut self, events: &[Trigger], entry: usize) {
        let mut why = Vec::new();
        let anew = self.restarting(events);
        self.stop_deadlines(events, entry, &mut why);
        self.pause_deadlines(&mut why);
        self.start_deadlines(events, &anew, &mut why);
        self.move_deadlines(&mut why);
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.why.extend(why);
        }
    }

    /// Rules whose clock an event starts anew, unless it is running: who asks twice does not get
    /// a later answer.
    fn restarting(&self, events: &[Trigger]) -> Vec<&'a str> {
        let running = |rule: &Deadline| {
            let last = self.case.deadlines.iter().rev().find(|d| d.deadline == rule.id);
            last.is_some_and(|d| d.status.is_open() && d.paused_at.is_none())
        };
        let rules = self.process.deadlines.iter();
        rules
            .filter(|rule| rule.restarts.iter().any(|trigger| events.contains(trigger)))
            .filter(|rule| !running(rule))
            .map(|rule| rule.id.as_str())
            .collect()
    }

    fn stop_deadlines(&mut self, events: &[Trigger], entry: usize, why: &mut Vec<Why>) {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let hit = |list: &[Trigger]| list.iter().any(|trigger| events.contains(trigger));
            let (drops, stops) = (hit(&rule.drops), hit(&rule.stops));
            if !(drops || stops) || !self.case.deadlines[at].status.is_open() {
                continue;
            }
            let (setting, occurred) = (self.plain(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            let stopped = if drops {
                setting.drop_open(state, occurred)
            } else {
                setting.stop(state, occurred)
            };
            let opens = state.memory.opens_at;
            let code = match (drops, stopped.status) {
                (true, _) | (_, DeadlineStatus::Dropped) => "deadline_dropped",
                (_, DeadlineStatus::Met) => "deadline_met",
                (_, DeadlineStatus::Early) => "deadline_early",
                _ => "deadline_late",
            };
            let step = self.explain(code, rule);
            why.push(match opens {
                Some(opens) if code == "deadline_early" => step.with("opens", opens.to_string()),
                _ => step,
            });
            let ended = match code {
                "deadline_dropped" => None,
                "deadline_met" => Some(ClockEvent::Met),
                "deadline_early" => Some(ClockEvent::Early),
                _ => Some(ClockEvent::Late),
            };
            self.annulled(rule, at, stopped);
            if let Some(ended) = ended {
                self.count_clock_in(entry, rule, at, ended);
            }
        }
    }

    /// Breaches that never happened are annulled by an entry of their own, never deleted.
    fn annulled(&mut self, rule: &'a Deadline, place: usize, stopped: Stopped) {
        if stopped.annulled == 0 {
            return;
        }
        let code = match stopped.status {
            DeadlineStatus::Met | DeadlineStatus::Late | DeadlineStatus::Early => "breach_annulled",
            _ => "breach_paused",
        };
        let step = self.explain(code, rule).with("times", stopped.annulled);
        self.push_system("breach_annulled", &rule.id, self.occurred, vec![step]);
        self.count_annulled(rule, place, stopped.annulled);
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

    fn pause_deadlines(&mut self, why: &mut Vec<Why>) {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            if rule.pauses.is_empty() || !self.case.deadlines[at].status.is_open() {
                continue;
            }
            let still = self.stands_still(rule);
            let (setting, occurred) = (self.setting(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            let paused = state.paused_at.is_some();
            if still && !paused {
                let annulled = setting.pause(state, occurred);
                let stopped = Stopped { status: state.status, annulled };
                if state.paused_at.is_some() {
                    why.push(self.explain("deadline_paused", rule));
                }
                self.annulled(rule, at, stopped);
            } else if !still && paused {
                setting.resume(state, occurred);
                let state = &self.case.deadlines[at];
                why.push(self.due_told("deadline_resumed", rule, state));
            }
        }
    }

    fn start_deadlines(&mut self, events: &[Trigger], anew: &[&str], why: &mut Vec<Why>) {
        for rule in &self.process.deadlines {
            let starts = rule.starts.iter().any(|trigger| events.contains(trigger))
                || anew.contains(&rule.id.as_str());
            let holds = || rule.when.as_ref().is_none_or(|when| when.eval(&self.view).is_true());
            if !starts || !holds() {
                continue;
            }
            let (setting, occurred) = (self.setting(rule), self.occurred);
            let mut round = 0;
            let mut replaced = Vec::new();
            let earlier = self.case.deadlines.iter_mut().enumerate();
            for (at, earlier) in earlier.filter(|(_, d)| d.deadline == rule.id) {
                round = round.max(earlier.round);
                if earlier.status.is_open() {
                    replaced.push((at, setting.drop_open(earlier, occurred)));
                }
            }
            for (at, stopped) in replaced {
                self.annulled(rule, at, stopped);
            }
            let mut state = setting.start(round + 1, occurred);
            if self.stands_still(rule) {
                setting.pause(&mut state, occurred);
            }
            why.push(self.due_told("deadline_started", rule, &state));
            self.case.deadlines.push(state);
        }
    }

    /// What became of a clock, with its due instant, or why that is not known.
    fn due_told(&self, code: &'static str, rule: &Deadline, state: &DeadlineState) -> Why {
        match state.memory.unknown_year {
            Some(year) => self.explain("deadline_waits", rule).with("year", i64::from(year)),
            None if state.due_at == Instant::NEVER => self.explain("deadline_pending", rule),
            None => self.explain(code, rule).with("due", state.due_at.to_string()),
        }
    }

    /// Dates that were moved, and lengths that depend on what has changed.
    fn move_deadlines(&mut self, why: &mut Vec<Why>) {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            if !self.case.deadlines[at].status.is_open() {
                continue;
            }
            let (setting, occurred) = (self.setting(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            if setting.reset(state, occurred) {
                let state = &self.case.deadlines[at];
                why.push(self.due_told("deadline_moved", rule, state));
            }
        }
    }

    /// Extends a running deadline, or refuses: who approved and why stands in the entry.
    pub(super) fn extend(
        &mut self,
        action: &Action,
        id: &str,
        by: Option<Span>,
        reason: &str,
    ) -> Result<(), Refused> {
        let (Some(rule), Some(by)) = (self.rule(id), by) else { return Ok(()) };
        let (setting, occurred) = (self.setting(rule), self.occurred);
        let open = |d: &&mut DeadlineState| d.deadline == *id && d.status.is_open();
        let given = match self.case.deadlines.iter_mut().rev().find(open) {
            Some(state) => setting.extend(state, by, occurred).map(|()| state.due_at),
            None => Err(NotExtended::NotRunning),
        };
        match given {
            Ok(due) => {
                let step = self.explain("deadline_extended", rule);
                let step = step.with("due", due.to_string()).with("span", by.to_string());
                self.why.push(step.with("why", reason));
                Ok(())
            }
            Err(NotExtended::Unknown(year)) => {
                Err(Box::new(refuse::calendar_unknown(&self.case, &action.id, rule, year.0)))
            }
            Err(not) => Err(Box::new(refuse::not_extended(&self.case, action, rule, not))),
        }
    }

    /// Ends open clocks whose rule this release does not have.
    pub(super) fn end_unknown(&mut self, why: &mut Vec<Why>) {
        let occurred = self.occurred;
        for clock in &mut self.case.deadlines {
            let known = self.process.deadlines.iter().any(|rule| rule.id == clock.deadline);
            if known || !clock.status.is_open() {
                continue;
            }
            clock.end_without_rule(occurred);
            let rule = format!("{}/{}", self.process.id, clock.deadline);
            why.push(Why::new("deadline_dropped", rule, []).with("deadline", &*clock.deadline));
        }
    }

    /// After a change of rules: clocks pause, begin and move as they now say.
    pub(super) fn recompute(&mut self, anew: &[&str], why: &mut Vec<Why>) {
        self.pause_deadlines(why);
        self.move_deadlines(why);
        self.start_deadlines(&[], anew, why);
    }

    /// Closing the case stops all.
    pub fn drop_deadlines(&mut self) {
        for at in 0..self.case.deadlines.len() {
            let Some(rule) = self.rule(&self.case.deadlines[at].deadline) else { continue };
            let (setting, occurred) = (self.plain(rule), self.occurred);
            let state = &mut self.case.deadlines[at];
            if state.status.is_open() {
                let stopped = setting.drop_open(state, occurred);
                self.annulled(rule, at, stopped);
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
    case.deadlines.iter().filter_map(crate::deadline::DeadlineState::next_at).min()
}

/// The rule of a running deadline, for readers.
pub fn rule_of<'p>(process: &'p Process, deadline: &str) -> Option<&'p Deadline> {
    process.deadlines.iter().find(|rule| rule.id == deadline)
}
