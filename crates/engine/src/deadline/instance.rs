//! One deadline instance from its start to its end: pause, resume, move, extend, stop.
//!
//! An instance is one (deadline, round). Everything it is due at follows from its start, its
//! length, its pauses and its extensions, computed anew whenever one of them changes; so a late
//! entry of any of them finds out which breaches never happened.

use super::clock::Clock;
use super::state::{DeadlineState, DeadlineStatus, Extension, Memory};
use base::calendar::UnknownYear;
use base::time::{Span, Zone};
use base::{Calendar, Day, Instant};
use rulebook::model::{Deadline, Warning};

/// What the arithmetic of one deadline stands on.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The rule.
    pub rule: &'a Deadline,
    /// The company's time zone.
    pub zone: &'a Zone,
    /// The calendar it names.
    pub calendar: Option<&'a Calendar>,
    /// How long it is for the case as it stands; `None` while the date is not known.
    pub length: Option<Term>,
}

/// How long a deadline is, for one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So long from its start.
    Span(Span),
    /// To an instant.
    At(Instant),
    /// To the end of a day.
    Day(Day),
}

/// How an instance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Met, early, late or dropped.
    pub status: DeadlineStatus,
    /// Breaches that had fired and are annulled, because it happened in time after all.
    pub annulled: u32,
}

/// Why an extension is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExtended {
    /// No clock of that deadline is running.
    NotRunning,
    /// It was extended as often as it may be.
    TooOften(u32),
    /// All extensions together would be longer than allowed.
    TooLong(Span),
    /// Even so it would already be over.
    Over(Instant),
    /// A year the calendar does not know.
    Unknown(UnknownYear),
}

impl<'a> Setting<'a> {
    /// Starts an instance. With `until` in the rule and no date yet it is pending; so it is while
    /// its working days reach a year whose holidays nobody has announced.
    pub fn start(&self, round: u32, at: Instant) -> DeadlineState {
        let mut state = DeadlineState {
            id: None,
            deadline: self.rule.id.clone(),
            round,
            started_at: at,
            due_at: Instant::NEVER,
            warn_at: None,
            warned: 0,
            paused_at: None,
            breaches: 0,
            status: DeadlineStatus::Running,
            ended_at: None,
            memory: Memory::default(),
        };
        self.settle(&mut state);
        state
    }

    pub(super) fn clock<'s>(&'s self, memory: &'s Memory) -> Clock<'s> {
        Clock { zone: self.zone, calendar: self.calendar, pauses: &memory.pauses }
    }

    /// Computes due instant, window, warnings and status anew from start, length, pauses and
    /// extensions. What happened is recorded whatever the calendar knows: where a year is missing
    /// the clock waits for it, as a date would be wrong and a refusal would stop the shop.
    fn settle(&self, state: &mut DeadlineState) {
        let opens = self.rule.not_before.as_ref().and_then(|length| length.span);
        let clock = self.clock(&state.memory);
        let opens = opens.map(|span| clock.opens(state.started_at, span)).transpose();
        let known = self.first_due(state).and_then(|first| Ok((first, opens?)));
        let memory = &mut state.memory;
        memory.unknown_year = known.err().map(|UnknownYear(year)| year);
        let (first, opens) = known.unwrap_or((Instant::NEVER, None));
        memory.first_due = Some(first);
        memory.opens_at = opens;
        self.plan(state);
    }

    /// When it is due before any repeat.
    fn first_due(&self, state: &DeadlineState) -> Result<Instant, UnknownYear> {
        let clock = self.clock(&state.memory);
        let due = match self.length {
            None => return Ok(Instant::NEVER),
            Some(Term::Span(span)) => clock.after(state.started_at, span)?,
            Some(Term::At(at)) => {
                let at = self.before(at)?;
                clock.elapsed(state.started_at, at)
            }
            Some(Term::Day(day)) => {
                let end = self.before(self.zone.end_of(day))?;
                let last = self.zone.day(Instant(end.0.saturating_sub(1)));
                if self.zone.end_of(last) == end {
                    clock.whole_days(state.started_at, last)
                } else {
                    clock.elapsed(state.started_at, end)
                }
            }
        };
        let mut extended = state.memory.extensions.iter();
        let due = extended.try_fold(due, |due, extension| clock.further(due, extension.by))?;
        // A length that became shorter than the time already gone by is due at the change: nobody
        // broke it before it held. A date is a fact and holds as it is.
        let floor = match self.length {
            Some(Term::Span(_)) => state.memory.moved_at,
            _ => None,
        };
        Ok(floor.map_or(due, |moved| due.max(moved)))
    }

    fn before(&self, at: Instant) -> Result<Instant, UnknownYear> {
        let clock = Clock { zone: self.zone, calendar: self.calendar, pauses: &[] };
        self.rule.before.map_or(Ok(at), |span| clock.earlier(at, span))
    }

    /// When it is due for the `nth` time, 0 the first; `None` when there is no such time.
    pub(super) fn due(&self, state: &DeadlineState, nth: u32) -> Option<Instant> {
        let first = state.memory.first_due.filter(|due| *due != Instant::NEVER)?;
        if nth == 0 {
            return Some(first);
        }
        let again = self.rule.repeat?.times(i64::from(nth));
        let due = self.clock(&state.memory).further(first, again).ok()?;
        (due > first && due != Instant::NEVER).then_some(due)
    }

    /// How many of its due instants lie before `at`, at most `most`.
    pub(super) fn dues_before(&self, state: &DeadlineState, at: Instant, most: u32) -> u32 {
        let lies = |nth: u32| self.due(state, nth).is_some_and(|due| due < at);
        // Due instants only rise: in growing steps to one that does not lie before, then halve.
        let (mut below, mut step) = (0_u32, 1_u32);
        while below.saturating_add(step) < most && lies(below + step - 1) {
            below += step;
            step = step.saturating_mul(2);
        }
        let mut above = below.saturating_add(step).min(most);
        while below < above {
            let middle = below + (above - below) / 2;
            if lies(middle) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        below
    }

    /// Due instant, status, next warning and next step of escalation, from what broke so far.
    pub(super) fn plan(&self, state: &mut DeadlineState) {
        let broken = state.broken();
        let first = state.memory.first_due.unwrap_or(Instant::NEVER);
        state.due_at = self.due(state, broken).unwrap_or(first);
        state.status = if first == Instant::NEVER {
            DeadlineStatus::Pending
        } else if broken > 0 {
            DeadlineStatus::Breached
        } else if state.paused_at.is_some() {
            DeadlineStatus::Paused
        } else {
            DeadlineStatus::Running
        };
        if broken == 0 {
            state.memory.escalated = 0;
        }
        state.memory.escalate_at = (broken > 0).then(|| self.escalation(state)).flatten();
        self.plan_warning(state);
    }

    /// When the next step of escalation is due.
    fn escalation(&self, state: &DeadlineState) -> Option<Instant> {
        let next = usize::try_from(state.memory.escalated).ok()?;
        let mut steps = self.escalations(state);
        steps.sort_unstable();
        steps.get(next).map(|(at, _)| *at)
    }

    /// The steps of escalation with their instants, by their place in the rule.
    pub(super) fn escalations(&self, state: &DeadlineState) -> Vec<(Instant, usize)> {
        let Some(first) = state.memory.first_due else { return Vec::new() };
        let clock = self.clock(&state.memory);
        let at = |span: Option<Span>| clock.further(first, span?).ok();
        let steps = self.rule.escalate.iter().enumerate();
        steps.filter_map(|(place, step)| Some((at(step.after.span)?, place))).collect()
    }

    /// Finds the next warning; one that would lie before the clock began, or before its date was
    /// moved, is passed over.
    fn plan_warning(&self, state: &mut DeadlineState) {
        state.warn_at = None;
        if state.status == DeadlineStatus::Pending || state.broken() > 0 {
            return;
        }
        let since = state.memory.moved_at.unwrap_or(state.started_at).max(state.started_at);
        let warnings = self.warnings(state);
        while let Some((at, _)) = warnings.get(usize::try_from(state.warned).unwrap_or(usize::MAX))
        {
            if *at > since {
                state.warn_at = Some(*at);
                break;
            }
            state.warned += 1;
        }
    }

    /// The rule's warnings with their instants, earliest first. One that lies in a year without a
    /// calendar is not given.
    pub(super) fn warnings(&self, state: &DeadlineState) -> Vec<(Instant, &'a Warning)> {
        let clock = self.clock(&state.memory);
        let due = state.memory.first_due.unwrap_or(Instant::NEVER);
        let mut all = Vec::with_capacity(self.rule.warn.len());
        for warning in &self.rule.warn {
            let before = warning.before.as_ref().and_then(|length| length.span);
            let at = match (before, state.memory.opens_at) {
                (Some(before), _) => clock.earlier(due, before).ok(),
                // A pack whose warning says neither does not compile.
                (None, opens) => opens,
            };
            all.extend(at.map(|at| (at, warning)));
        }
        all.sort_by_key(|(at, _)| *at);
        all
    }

    /// The clock stops while a named track waits. Answers how many breaches never happened, as it
    /// stood still when they fired (a late entry).
    pub fn pause(&self, state: &mut DeadlineState, at: Instant) -> u32 {
        if !state.status.is_open() || state.paused_at.is_some() {
            return 0;
        }
        let annulled = self.annul(state, at);
        let idle = self.rule.repeat.is_none() && state.memory.escalate_at.is_none();
        if state.status == DeadlineStatus::Breached && idle {
            return annulled;
        }
        state.paused_at = Some(at);
        if state.status == DeadlineStatus::Running {
            state.status = DeadlineStatus::Paused;
        }
        annulled
    }

    /// The clock runs again; the pause is added to the earlier ones.
    pub fn resume(&self, state: &mut DeadlineState, at: Instant) {
        let Some(from) = state.paused_at.take() else { return };
        state.memory.pause(from, at.max(from));
        self.settle(state);
    }

    /// Its length or the date it runs to may have changed: computes it anew, with every pause so
    /// far. A breach stays on record, yet the clock runs again when it is now due later. Answers
    /// whether the due instant moved.
    pub fn reset(&self, state: &mut DeadlineState, at: Instant) -> bool {
        if !state.status.is_open() {
            return false;
        }
        let mut fresh = state.clone();
        let first = self.first_due(&fresh).unwrap_or(Instant::NEVER);
        if Some(first) == state.memory.first_due || state.broken() > 0 && first <= at {
            return false;
        }
        fresh.memory.moved_at = Some(at);
        fresh.memory.kept = fresh.breaches;
        fresh.warned = 0;
        self.settle(&mut fresh);
        *state = fresh;
        true
    }

    /// An approved extension.
    ///
    /// # Errors
    /// Why it is not given; nothing changes then.
    pub fn extend(
        &self,
        state: &mut DeadlineState,
        by: Span,
        at: Instant,
    ) -> Result<(), NotExtended> {
        if let Some(year) = state.memory.unknown_year.filter(|_| state.status.is_open()) {
            return Err(NotExtended::Unknown(UnknownYear(year)));
        }
        if !state.status.is_open() || state.status == DeadlineStatus::Pending {
            return Err(NotExtended::NotRunning);
        }
        let limit = self.rule.extension.as_ref();
        let times = limit.map_or(0, |limit| limit.times);
        let mut fresh = state.clone();
        if fresh.memory.extensions.len() >= usize::try_from(times).unwrap_or(usize::MAX) {
            return Err(NotExtended::TooOften(times));
        }
        let plain = DeadlineState {
            memory: Memory { extensions: Vec::new(), ..state.memory.clone() },
            ..state.clone()
        };
        fresh.memory.extensions.push(Extension { by, at });
        let unknown = NotExtended::Unknown;
        let due = self.first_due(&fresh).map_err(unknown)?;
        if let Some(total) = limit.and_then(|limit| limit.total.as_ref()?.span) {
            let plain_due = self.first_due(&plain).map_err(unknown)?;
            let most = self.clock(&plain.memory).further(plain_due, total).map_err(unknown)?;
            if due > most {
                return Err(NotExtended::TooLong(total));
            }
        }
        if due <= at {
            return Err(NotExtended::Over(due));
        }
        fresh.memory.moved_at = Some(at);
        fresh.memory.kept = fresh.breaches;
        fresh.warned = 0;
        self.settle(&mut fresh);
        *state = fresh;
        Ok(())
    }

    /// Takes back the breaches that fired at or after `at`; answers how many.
    fn annul(&self, state: &mut DeadlineState, at: Instant) -> u32 {
        let broken = state.broken();
        let held = self.dues_before(state, at, broken);
        let annulled = broken - held;
        if annulled > 0 {
            state.breaches -= annulled;
            state.memory.annulled = state.memory.annulled.saturating_add(annulled);
            self.plan(state);
        }
        annulled
    }

    /// It is done at `at`: in time, early or late, judged by when it happened. In a year whose
    /// holidays are unknown nobody can tell: then it just ends.
    pub fn stop(&self, state: &mut DeadlineState, at: Instant) -> Stopped {
        let judged = state.paused_at.map_or(at, |paused| paused.min(at));
        let annulled = self.annul(state, judged);
        let due = state.memory.first_due.unwrap_or(Instant::NEVER);
        let early = state.memory.opens_at.is_some_and(|opens| judged < opens);
        let status = if state.breaches > 0 || judged > due {
            DeadlineStatus::Late
        } else if state.memory.unknown_year.is_some_and(|year| year <= self.zone.day(judged).year())
        {
            DeadlineStatus::Dropped
        } else if early {
            DeadlineStatus::Early
        } else {
            DeadlineStatus::Met
        };
        end(state, status, at);
        Stopped { status, annulled }
    }

    /// It ends without having been done: with the case, because it starts anew, or because the
    /// duty passed on. Breaches that fired after that never happened.
    pub fn drop_open(&self, state: &mut DeadlineState, at: Instant) -> Stopped {
        let annulled = self.annul(state, state.paused_at.map_or(at, |paused| paused.min(at)));
        let late = state.breaches > 0;
        end(state, if late { DeadlineStatus::Late } else { DeadlineStatus::Dropped }, at);
        Stopped { status: state.status, annulled }
    }
}

impl DeadlineState {
    /// Its rule is gone: it ends, late where it was broken.
    pub fn end_without_rule(&mut self, at: Instant) {
        let late = self.breaches > 0;
        end(self, if late { DeadlineStatus::Late } else { DeadlineStatus::Dropped }, at);
    }
}

fn end(state: &mut DeadlineState, status: DeadlineStatus, at: Instant) {
    if let Some(from) = state.paused_at.take() {
        state.memory.pause(from, at.max(from));
    }
    state.status = status;
    state.ended_at = Some(at);
    state.warn_at = None;
    state.memory.escalate_at = None;
}
