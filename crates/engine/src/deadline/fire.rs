//! What time does to an instance: warnings, breaches, repeats, steps of escalation.
//!
//! At the due instant one is still in time; the breach fires after it. In how many goes time passes
//! makes no difference.

use super::instance::Setting;
use super::state::{DeadlineState, DeadlineStatus};
use base::Instant;
use rulebook::model::Warning;

/// Most breaches of a repeating deadline recorded one by one at once; the rest are one entry.
const MAX_REPEATS: u32 = 100;

/// Something time did to an instance.
#[derive(Debug, Clone, PartialEq)]
pub enum Fired {
    /// A warning was due.
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
    /// It stayed broken: a step of escalation was due.
    Escalated {
        /// When.
        at: Instant,
        /// Which step, by its place in the rule.
        place: usize,
    },
}

impl Fired {
    /// When it happened.
    pub const fn at(&self) -> Instant {
        match self {
            Self::Warned { at, .. } | Self::Breached { at, .. } | Self::Escalated { at, .. } => *at,
        }
    }
}

impl Setting<'_> {
    /// What time did to the instance before `now`, in order. Each missed repeat is one breach.
    pub fn fire(&self, state: &mut DeadlineState, now: Instant) -> Vec<Fired> {
        let mut fired = Vec::new();
        if state.next_at().is_none_or(|next| next > now) {
            return fired;
        }
        self.fire_warnings(state, now, &mut fired);
        self.fire_breaches(state, now, &mut fired);
        self.fire_escalations(state, now, &mut fired);
        fired.sort_by_key(Fired::at);
        fired
    }

    fn fire_warnings(&self, state: &mut DeadlineState, now: Instant, fired: &mut Vec<Fired>) {
        if state.status != DeadlineStatus::Running {
            return;
        }
        // A year that has no calendar was refused when the instance was made.
        let warnings = self.warnings(state);
        while let Some(at) = state.warn_at.filter(|at| *at <= now && *at <= state.due_at) {
            let place = usize::try_from(state.warned).unwrap_or(usize::MAX);
            if let Some((_, warning)) = warnings.get(place) {
                fired.push(Fired::Warned { at, warning: (*warning).clone() });
            }
            state.warned += 1;
            state.warn_at = warnings.get(place.saturating_add(1)).map(|(at, _)| *at);
        }
    }

    fn fire_breaches(&self, state: &mut DeadlineState, now: Instant, fired: &mut Vec<Fired>) {
        let broken = state.broken();
        let most = if self.rule.repeat.is_some() { u32::MAX } else { 1 };
        let passed = self.dues_before(state, now, most);
        let missed = passed.saturating_sub(broken);
        if missed == 0 {
            return;
        }
        let single = missed.min(MAX_REPEATS);
        for nth in broken..broken + single {
            let Some(at) = self.due(state, nth) else { break };
            fired.push(Fired::Breached { at, times: 1 });
        }
        if missed > single
            && let Some(at) = self.due(state, passed - 1)
        {
            fired.push(Fired::Breached { at, times: missed - single });
        }
        state.breaches = state.breaches.saturating_add(missed);
        // A warning whose year has no calendar is not given; the rest stands.
        self.plan(state);
    }

    fn fire_escalations(&self, state: &mut DeadlineState, now: Instant, fired: &mut Vec<Fired>) {
        if state.memory.escalate_at.is_none_or(|at| at > now) {
            return;
        }
        let mut steps = self.escalations(state);
        steps.sort_unstable();
        let taken = usize::try_from(state.memory.escalated).unwrap_or(usize::MAX);
        for (at, place) in steps.iter().skip(taken).take_while(|(at, _)| *at <= now) {
            fired.push(Fired::Escalated { at: *at, place: *place });
            state.memory.escalated += 1;
        }
        let taken = usize::try_from(state.memory.escalated).unwrap_or(usize::MAX);
        state.memory.escalate_at = steps.get(taken).map(|(at, _)| *at);
    }
}
