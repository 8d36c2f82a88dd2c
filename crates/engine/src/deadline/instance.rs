//! One deadline instance from its start to its end: warn, break, repeat, pause, resume, stop.
//!
//! An instance is one (deadline, round). At the due instant one is still in time; the breach fires
//! after it. Earlier pauses are never forgotten, for the due instant is always computed anew from
//! the start and the sum of the pauses.

use super::clock::{Pauses, days_begun, due_until, due_within, earlier};
use crate::case::{DeadlineState, DeadlineStatus};
use base::calendar::UnknownYear;
use base::time::{SpanUnit, Zone};
use base::{Calendar, Instant};
use rulebook::model::{Deadline, Warning};

/// Most breaches of a repeating deadline recorded one by one at once; the rest are one entry.
const MAX_REPEATS: u32 = 100;

/// What the arithmetic of one deadline stands on.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The rule.
    pub rule: &'a Deadline,
    /// The company's time zone.
    pub zone: &'a Zone,
    /// The calendar of working days it names.
    pub calendar: Option<&'a Calendar>,
}

/// Something time did to an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fired {
    /// A warning was due; its place among the rule's warnings, earliest first.
    Warned {
        /// When.
        at: Instant,
        /// Which.
        warning: Warning,
    },
    /// It broke at its due instant, `times` over when many repeats were missed.
    Breached {
        /// When it was due.
        at: Instant,
        /// How many breaches this stands for.
        times: u32,
    },
}

impl Fired {
    /// When it happened.
    pub const fn at(&self) -> Instant {
        match self {
            Self::Warned { at, .. } | Self::Breached { at, .. } => *at,
        }
    }
}

/// How an instance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Met, late or dropped.
    pub status: DeadlineStatus,
    /// Breaches that had fired and are annulled, because it happened in time after all.
    pub annulled: u32,
}

impl<'a> Setting<'a> {
    /// Starts an instance. With `until` in the rule and no date yet it is pending.
    ///
    /// # Errors
    /// Working days in a year the calendar does not know.
    pub fn start(
        &self,
        round: u32,
        at: Instant,
        until: Option<Instant>,
    ) -> Result<DeadlineState, UnknownYear> {
        let mut state = DeadlineState {
            id: None,
            deadline: self.rule.id.clone(),
            round,
            started_at: at,
            due_at: Instant::NEVER,
            warn_at: None,
            warned: 0,
            paused_at: None,
            paused_seconds: 0,
            paused_days: 0,
            breaches: 0,
            status: DeadlineStatus::Running,
            ended_at: None,
        };
        self.settle(&mut state, until)?;
        Ok(state)
    }

    /// Computes due instant, next warning and status anew from start, date and pauses.
    fn settle(&self, state: &mut DeadlineState, until: Option<Instant>) -> Result<(), UnknownYear> {
        let pauses = Pauses { seconds: state.paused_seconds, days: state.paused_days };
        state.due_at = match (self.rule.span(), until) {
            (Some(within), _) => {
                due_within(state.started_at, within, pauses, self.zone, self.calendar)?
            }
            (None, Some(until)) => {
                due_until(until, self.rule.before, pauses, self.zone, self.calendar)?
            }
            (None, None) => Instant::NEVER,
        };
        Self::settle_status(state);
        self.plan_warning(state)
    }

    fn settle_status(state: &mut DeadlineState) {
        state.status = if state.due_at == Instant::NEVER {
            DeadlineStatus::Pending
        } else if state.paused_at.is_some() {
            DeadlineStatus::Paused
        } else {
            DeadlineStatus::Running
        };
    }

    /// Finds the next warning; one that would lie before the start is passed over.
    fn plan_warning(&self, state: &mut DeadlineState) -> Result<(), UnknownYear> {
        state.warn_at = None;
        if state.due_at == Instant::NEVER {
            return Ok(());
        }
        let warnings = self.warnings(state)?;
        while let Some((at, _)) = warnings.get(usize::try_from(state.warned).unwrap_or(usize::MAX))
        {
            if *at > state.started_at {
                state.warn_at = Some(*at);
                break;
            }
            state.warned += 1;
        }
        Ok(())
    }

    /// The rule's warnings with their instants, earliest first.
    fn warnings(&self, state: &DeadlineState) -> Result<Vec<(Instant, &'a Warning)>, UnknownYear> {
        let mut all = Vec::with_capacity(self.rule.warn.len());
        for warning in &self.rule.warn {
            // A pack whose warning has no length does not compile.
            let Some(before) = warning.before.span else { continue };
            all.push((earlier(state.due_at, before, self.zone, self.calendar)?, warning));
        }
        all.sort_by_key(|(at, _)| *at);
        Ok(all)
    }

    /// The clock stops while a named track waits.
    pub fn pause(&self, state: &mut DeadlineState, at: Instant) {
        if !state.status.is_open() || state.paused_at.is_some() {
            return;
        }
        if state.status == DeadlineStatus::Breached && self.rule.repeat.is_none() {
            return;
        }
        state.paused_at = Some(at);
        if state.status == DeadlineStatus::Running {
            state.status = DeadlineStatus::Paused;
        }
    }

    /// The clock runs again; the pause is added to the earlier ones.
    ///
    /// # Errors
    /// Working days in a year the calendar does not know.
    pub fn resume(
        &self,
        state: &mut DeadlineState,
        at: Instant,
        until: Option<Instant>,
    ) -> Result<(), UnknownYear> {
        let Some(from) = state.paused_at.take() else { return Ok(()) };
        let seconds = at.seconds_since(from).max(0);
        if state.status == DeadlineStatus::Breached {
            state.due_at = state.due_at.plus_seconds(seconds);
            state.warn_at = Some(state.due_at);
            return Ok(());
        }
        let working = self.rule.span().is_some_and(|span| span.unit == SpanUnit::Workday);
        let calendar = if working { self.calendar } else { None };
        state.paused_seconds = state.paused_seconds.saturating_add(seconds);
        let days = days_begun(from, at, self.zone, calendar)?;
        state.paused_days = state.paused_days.saturating_add(days);
        self.settle(state, until)
    }

    /// The date it runs to may have changed: computes it anew. A breach stays on record, yet the
    /// clock runs again when the new date lies ahead. Answers whether the due instant moved.
    ///
    /// # Errors
    /// Working days in a year the calendar does not know.
    pub fn reset(
        &self,
        state: &mut DeadlineState,
        until: Option<Instant>,
        now: Instant,
    ) -> Result<bool, UnknownYear> {
        if self.rule.within.is_some() || !state.status.is_open() {
            return Ok(false);
        }
        let mut fresh = state.clone();
        fresh.warned = 0;
        self.settle(&mut fresh, until)?;
        if fresh.due_at == state.due_at {
            return Ok(false);
        }
        if state.status == DeadlineStatus::Breached && fresh.due_at <= now {
            return Ok(false);
        }
        *state = fresh;
        Ok(true)
    }

    /// What time did to the instance before `now`, in order. Each missed repeat is one breach.
    pub fn fire(&self, state: &mut DeadlineState, now: Instant) -> Vec<Fired> {
        let mut fired = Vec::new();
        if state.paused_at.is_some() || !state.status.is_open() {
            return fired;
        }
        self.fire_warnings(state, now, &mut fired);
        let mut recorded = 0;
        let mut rest = 0;
        let mut last = state.due_at;
        while state.due_at < now
            && (state.status == DeadlineStatus::Running || state.warn_at.is_some())
        {
            last = state.due_at;
            state.status = DeadlineStatus::Breached;
            state.breaches = state.breaches.saturating_add(1);
            if recorded < MAX_REPEATS {
                fired.push(Fired::Breached { at: last, times: 1 });
                recorded += 1;
            } else {
                rest += 1;
            }
            state.warn_at = self.next_repeat(last);
            let Some(next) = state.warn_at else { break };
            state.due_at = next;
        }
        if rest > 0 {
            fired.push(Fired::Breached { at: last, times: rest });
        }
        fired
    }

    fn fire_warnings(&self, state: &mut DeadlineState, now: Instant, fired: &mut Vec<Fired>) {
        if state.status != DeadlineStatus::Running {
            return;
        }
        // A year that has no calendar was refused when the instance was made.
        let Ok(warnings) = self.warnings(state) else { return };
        while let Some(at) = state.warn_at.filter(|at| *at <= now && *at <= state.due_at) {
            let place = usize::try_from(state.warned).unwrap_or(usize::MAX);
            if let Some((_, warning)) = warnings.get(place) {
                fired.push(Fired::Warned { at, warning: (*warning).clone() });
            }
            state.warned += 1;
            state.warn_at = warnings.get(place.saturating_add(1)).map(|(at, _)| *at);
        }
    }

    /// When a repeating deadline is due next; `None` for one that does not repeat.
    fn next_repeat(&self, due: Instant) -> Option<Instant> {
        let inside = Instant(due.0.saturating_sub(1));
        let repeat = self.rule.repeat?;
        let from = if repeat.seconds().is_some() { due } else { inside };
        let next = due_within(from, repeat, Pauses::default(), self.zone, self.calendar).ok()?;
        (next > due && next != Instant::NEVER).then_some(next)
    }

    /// It is done at `at`: in time or late, judged by when it happened.
    pub fn stop(&self, state: &mut DeadlineState, at: Instant) -> Stopped {
        let judged = state.paused_at.map_or(at, |paused| paused.min(at));
        let annulled = self.annulled(state, judged);
        state.breaches -= annulled;
        let in_time = state.breaches == 0 && judged <= self.first_due(state, annulled);
        state.status = if in_time { DeadlineStatus::Met } else { DeadlineStatus::Late };
        state.ended_at = Some(at);
        state.warn_at = None;
        state.paused_at = None;
        Stopped { status: state.status, annulled }
    }

    /// The due instant before `back` breaches moved it on.
    fn first_due(&self, state: &DeadlineState, back: u32) -> Instant {
        (0..back).fold(state.due_at, |due, _| self.previous(due))
    }

    fn previous(&self, due: Instant) -> Instant {
        self.rule
            .repeat
            .and_then(|repeat| earlier(due, repeat, self.zone, self.calendar).ok())
            .unwrap_or(due)
    }

    /// Breaches that lie at or after `at`. Those of an earlier date, since moved, stay.
    fn annulled(&self, state: &DeadlineState, at: Instant) -> u32 {
        if state.status != DeadlineStatus::Breached {
            return 0;
        }
        if self.rule.repeat.is_none() {
            return if at <= state.due_at { state.breaches.min(1) } else { 0 };
        }
        let (mut due, mut count) = (state.due_at, 0);
        while count < state.breaches {
            due = self.previous(due);
            if due < at {
                break;
            }
            count += 1;
        }
        count
    }

    /// It ends without having been done: with the case, or because it starts anew.
    pub fn drop_open(&self, state: &mut DeadlineState, at: Instant) {
        state.status =
            if state.breaches > 0 { DeadlineStatus::Late } else { DeadlineStatus::Dropped };
        state.ended_at = Some(at);
        state.warn_at = None;
        state.paused_at = None;
    }
}

impl DeadlineState {
    /// When time next does something to it; `None` while it stands still or nothing is left.
    pub fn next_at(&self) -> Option<Instant> {
        if !self.status.is_open() || self.paused_at.is_some() || self.due_at == Instant::NEVER {
            return None;
        }
        let breach = Instant(self.due_at.0.saturating_add(1));
        match self.status {
            DeadlineStatus::Running => Some(self.warn_at.map_or(breach, |warn| warn.min(breach))),
            // A broken deadline that repeats names its next breach where a warning would stand.
            DeadlineStatus::Breached => self.warn_at.map(|_| breach),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    fn rule(text: &str) -> Deadline {
        let json = format!(
            r#"{{"id":"d","title":{{"zh":"时限","en":"Deadline"}},"starts":["enter a"],
                "stops":["leave a"],"clause":["T-1"],{text}}}"#
        );
        serde_json::from_str(&json).expect("a deadline of the test")
    }

    fn at(day: i8, hour: i8, minute: i8) -> Instant {
        Zone::default().instant(datetime(2026, 11, day, hour, minute, 0, 0))
    }

    fn on(rule: &Deadline, zone: &Zone, run: impl FnOnce(Setting<'_>, DeadlineState)) {
        let setting = Setting { rule, zone, calendar: None };
        let state = setting.start(1, at(21, 9, 0), None).expect("no working days");
        run(setting, state);
    }

    #[test]
    fn at_the_due_instant_one_is_on_time() {
        on(&rule(r#""within":"24 h""#), &Zone::default(), |s, mut d| {
            assert_eq!(s.fire(&mut d, at(22, 9, 0)), vec![]);
            assert_eq!(s.stop(&mut d, at(22, 9, 0)).status, DeadlineStatus::Met);
        });
    }

    #[test]
    fn warnings_come_before_the_breach_and_each_once() {
        let rule = rule(
            r#""within":"24 h","warn":[{"before":"1 h","to":["b"]},{"before":"4 h","to":["a"]}]"#,
        );
        on(&rule, &Zone::default(), |s, mut d| {
            assert_eq!(d.next_at(), Some(at(22, 5, 0)));
            let fired = s.fire(&mut d, at(23, 0, 0));
            let times: Vec<_> = fired.iter().map(Fired::at).collect();
            assert_eq!(times, [at(22, 5, 0), at(22, 8, 0), at(22, 9, 0)]);
            assert_eq!(s.fire(&mut d, at(24, 0, 0)), vec![], "nothing fires twice");
            assert_eq!(d.next_at(), None);
            assert_eq!(s.stop(&mut d, at(24, 0, 0)).status, DeadlineStatus::Late);
        });
    }

    #[test]
    fn a_warning_longer_than_the_deadline_is_passed_over() {
        let rule = rule(r#""within":"5 min","warn":[{"before":"4 h","to":["a"]}]"#);
        on(&rule, &Zone::default(), |s, mut d| {
            let fired = s.fire(&mut d, at(22, 9, 0));
            assert_eq!(fired, vec![Fired::Breached { at: at(21, 9, 5), times: 1 }]);
        });
    }

    #[test]
    fn earlier_pauses_are_not_forgotten() {
        on(&rule(r#""within":"24 h""#), &Zone::default(), |s, mut d| {
            for hour in [10, 12, 14] {
                s.pause(&mut d, at(21, hour, 0));
                assert_eq!(s.fire(&mut d, at(23, 0, 0)), vec![], "a paused clock does not fire");
                s.resume(&mut d, at(21, hour + 1, 0), None).expect("no working days");
            }
            assert_eq!((d.due_at, d.paused_seconds), (at(22, 12, 0), 3 * 3600));
        });
    }

    #[test]
    fn missed_repeats_are_each_recorded_once() {
        on(&rule(r#""within":"1 h","repeat":"1 h""#), &Zone::default(), |s, mut d| {
            assert_eq!(s.fire(&mut d, at(21, 12, 30)).len(), 3);
            assert_eq!((d.breaches, d.due_at), (3, at(21, 13, 0)));
            assert_eq!(s.fire(&mut d, at(21, 12, 30)), vec![]);
            assert_eq!(s.fire(&mut d, at(21, 13, 30)).len(), 1);
            assert_eq!(d.next_at(), Some(Instant(at(21, 14, 0).0 + 1)));
        });
    }

    #[test]
    fn a_year_of_missed_minutes_ends() {
        on(&rule(r#""within":"1 min","repeat":"1 min""#), &Zone::default(), |s, mut d| {
            let fired = s.fire(&mut d, at(30, 9, 0));
            assert_eq!(fired.len(), 101);
            assert_eq!(d.breaches, 9 * 24 * 60 - 1);
        });
    }

    #[test]
    fn what_happened_in_time_annuls_a_breach_that_fired() {
        on(&rule(r#""within":"24 h""#), &Zone::default(), |s, mut d| {
            s.fire(&mut d, at(23, 9, 0));
            let stopped = s.stop(&mut d, at(22, 8, 0));
            assert_eq!(stopped, Stopped { status: DeadlineStatus::Met, annulled: 1 });
        });
        on(&rule(r#""within":"1 h","repeat":"1 h""#), &Zone::default(), |s, mut d| {
            s.fire(&mut d, at(21, 14, 30));
            let stopped = s.stop(&mut d, at(21, 11, 30));
            assert_eq!(stopped, Stopped { status: DeadlineStatus::Late, annulled: 3 });
            assert_eq!(d.breaches, 2);
        });
    }

    #[test]
    fn a_date_that_moves_moves_the_deadline_and_a_breach_stays() {
        let rule = rule(r#""until":"data.promised_at","before":"30 min""#);
        on(&rule, &Zone::default(), |s, mut d| {
            assert_eq!(d.status, DeadlineStatus::Pending);
            assert_eq!(s.reset(&mut d, Some(at(21, 12, 0)), at(21, 9, 0)), Ok(true));
            assert_eq!((d.status, d.due_at), (DeadlineStatus::Running, at(21, 11, 30)));
            s.fire(&mut d, at(21, 11, 40));
            assert_eq!(s.reset(&mut d, Some(at(21, 15, 0)), at(21, 11, 40)), Ok(true));
            let stopped = s.stop(&mut d, at(21, 14, 0));
            assert_eq!(stopped, Stopped { status: DeadlineStatus::Late, annulled: 0 });
        });
    }

    #[test]
    fn day_deadlines_pause_by_whole_days() {
        on(&rule(r#""within":"7 d""#), &Zone::default(), |s, mut d| {
            let due = d.due_at;
            s.pause(&mut d, at(22, 9, 0));
            s.resume(&mut d, at(22, 18, 0), None).expect("no working days");
            assert_eq!(d.due_at, due, "a pause within a day is no day");
            s.pause(&mut d, at(22, 18, 0));
            s.resume(&mut d, at(24, 9, 0), None).expect("no working days");
            assert_eq!(d.due_at, due.plus_seconds(2 * 24 * 3600));
        });
    }
}
