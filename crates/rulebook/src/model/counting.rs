//! Which measures look at which event: an index made once, so that a command no measure looks at
//! pays nothing.

use super::measure::{ClockEvent, Event, Measure};
use std::collections::BTreeMap;

/// Which measures look at which event of a process, found once when a release is compiled.
#[derive(Debug, Clone, Default)]
pub struct Counting(BTreeMap<String, ProcessCounting>);

/// A measure that looks at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The measure.
    pub measure: String,
    /// Whether the event takes back what was counted.
    pub undo: bool,
}

/// The measures that look at one process.
#[derive(Debug, Clone, Default)]
pub struct ProcessCounting {
    actions: BTreeMap<String, Vec<Watch>>,
    clocks: BTreeMap<String, Vec<(ClockEvent, Watch)>>,
    closed: Vec<Watch>,
    late: Vec<Watch>,
    reasons: Vec<Watch>,
    noted: Vec<Watch>,
    self_approved: Vec<Watch>,
}

impl Counting {
    /// Finds it out.
    pub fn of<'a>(
        measures: impl Iterator<Item = &'a Measure>,
        processes: &BTreeMap<String, super::Process>,
    ) -> Self {
        let mut index = Self::default();
        for measure in measures {
            // What takes back stands first: an event that does both counts anew.
            let undone = measure.undo.iter().map(|on| (on, true));
            for (pattern, undo) in undone.chain(measure.on.iter().map(|on| (on, false))) {
                let watch = Watch { measure: measure.id.clone(), undo };
                let meant = |id: &&String| pattern.process.as_ref().is_none_or(|p| p == *id);
                for id in processes.keys().filter(meant) {
                    let deadlines = processes[id].deadlines.iter().map(|d| d.id.as_str());
                    let entry = index.0.entry(id.clone()).or_default();
                    entry.put(&pattern.event, deadlines, &watch);
                }
            }
        }
        index
    }

    /// The measures that look at a process; `None` when none does.
    pub fn process(&self, id: &str) -> Option<&ProcessCounting> {
        self.0.get(id)
    }
}

impl ProcessCounting {
    fn put<'a>(&mut self, event: &Event, deadlines: impl Iterator<Item = &'a str>, watch: &Watch) {
        let list = match event {
            Event::Action(id) => self.actions.entry(id.clone()).or_default(),
            Event::Closed => &mut self.closed,
            Event::LateEntry => &mut self.late,
            Event::ReasonGiven => &mut self.reasons,
            Event::Noted => &mut self.noted,
            Event::SelfApproved => &mut self.self_approved,
            Event::Clock(named, event) => {
                let meant = |id: &&str| named.as_ref().is_none_or(|named| named == id);
                for id in deadlines.filter(meant) {
                    let list = self.clocks.entry(id.to_owned()).or_default();
                    if !list.iter().any(|(e, w)| e == event && w == watch) {
                        list.push((*event, watch.clone()));
                    }
                }
                return;
            }
        };
        if !list.contains(watch) {
            list.push(watch.clone());
        }
    }

    /// Who looks at an action.
    pub fn action(&self, id: &str) -> &[Watch] {
        self.actions.get(id).map_or(&[], Vec::as_slice)
    }

    /// Who looks at what happens to a deadline.
    pub fn clock(&self, id: &str, event: ClockEvent) -> impl Iterator<Item = &Watch> {
        let list = self.clocks.get(id).map_or(&[][..], Vec::as_slice);
        list.iter().filter(move |(known, _)| *known == event).map(|(_, watch)| watch)
    }

    /// Who looks at the closing of the case.
    pub fn closed(&self) -> &[Watch] {
        &self.closed
    }

    /// Who looks at late entries.
    pub fn late_entries(&self) -> &[Watch] {
        &self.late
    }

    /// Who looks at rules passed over with a reason.
    pub fn reasons(&self) -> &[Watch] {
        &self.reasons
    }

    /// Who looks at rules that only note.
    pub fn noted(&self) -> &[Watch] {
        &self.noted
    }

    /// Who looks at acts that the same person checked (自行核准).
    pub fn self_approved(&self) -> &[Watch] {
        &self.self_approved
    }
}
