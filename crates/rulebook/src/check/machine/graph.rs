//! Every combination of track states that a case can come to, as far as the work budget reaches.

use super::combination::{Combination, Machine};
use crate::model::{Process, Release};
use std::collections::{BTreeMap, BTreeSet};

/// Most combinations looked at for one process.
pub(super) const MOST_COMBINATIONS: usize = 20_000;

/// The combinations, in the order they are come to, and the moves between them.
pub(super) struct Graph {
    pub all: Vec<Combination>,
    /// How each was first come to: from which, by which action (0 is the start).
    come: Vec<Option<(usize, usize)>>,
    moves: Vec<Vec<(usize, usize)>>,
    /// Whether there are more than were looked at.
    pub cut: bool,
}

impl Graph {
    /// Follows every action from every combination.
    pub fn of(machine: &Machine<'_>) -> Self {
        let mut graph = Self { all: Vec::new(), come: Vec::new(), moves: Vec::new(), cut: false };
        let mut places = BTreeMap::new();
        for first in machine.after(&machine.unopened(), 0, &machine.process.start) {
            graph.place(&mut places, first, None);
        }
        let mut next = 0;
        while next < graph.all.len() && !graph.cut {
            let at = graph.all[next].clone();
            for (number, action) in machine.process.actions.iter().enumerate() {
                for reached in machine.after(&at, number + 1, action) {
                    let Some(to) = graph.place(&mut places, reached, Some((next, number + 1)))
                    else {
                        continue;
                    };
                    graph.moves[next].push((number + 1, to));
                }
            }
            next += 1;
        }
        graph
    }

    fn place(
        &mut self,
        places: &mut BTreeMap<Combination, usize>,
        at: Combination,
        come: Option<(usize, usize)>,
    ) -> Option<usize> {
        if let Some(known) = places.get(&at) {
            return Some(*known);
        }
        if self.all.len() == MOST_COMBINATIONS {
            self.cut = true;
            return None;
        }
        places.insert(at.clone(), self.all.len());
        self.all.push(at);
        self.come.push(come);
        self.moves.push(Vec::new());
        Some(self.all.len() - 1)
    }

    /// The same combinations with what can be done in the machine's present mode.
    pub fn again(&self, machine: &Machine<'_>) -> Self {
        let places: BTreeMap<&Combination, usize> =
            self.all.iter().enumerate().map(|(place, at)| (at, place)).collect();
        let moves = self.all.iter().map(|at| {
            let mut moves = Vec::new();
            for (number, action) in machine.process.actions.iter().enumerate() {
                let reached = machine.after(at, number + 1, action);
                let known = reached.iter().filter_map(|one| places.get(one));
                moves.extend(known.map(|to| (number + 1, *to)));
            }
            moves
        });
        Self {
            all: self.all.clone(),
            come: self.come.clone(),
            moves: moves.collect(),
            cut: self.cut,
        }
    }

    /// Of each combination, whether one that is an `end` can follow it or is it.
    pub fn leads_to(&self, end: impl Fn(&Combination) -> bool) -> Vec<bool> {
        let mut before = vec![Vec::new(); self.all.len()];
        for (from, moves) in self.moves.iter().enumerate() {
            for (_, to) in moves {
                before[*to].push(from);
            }
        }
        let mut leads: Vec<bool> = self.all.iter().map(end).collect();
        let mut waiting: Vec<usize> = (0..leads.len()).filter(|place| leads[*place]).collect();
        while let Some(place) = waiting.pop() {
            for from in &before[place] {
                if !leads[*from] {
                    leads[*from] = true;
                    waiting.push(*from);
                }
            }
        }
        leads
    }

    /// Numbers of the actions that are ever possible.
    pub fn done(&self) -> BTreeSet<usize> {
        self.moves.iter().flatten().map(|(action, _)| *action).collect()
    }

    /// What is done from the opening until it stands there.
    pub fn way<'p>(&self, process: &'p Process, place: usize) -> Vec<&'p str> {
        let mut way = Vec::new();
        let mut at = place;
        while let Some((from, action)) = self.come[at] {
            way.push(process.actions[action - 1].id.as_str());
            at = from;
        }
        way.push("open");
        way.reverse();
        way
    }
}

/// The graph of a process, once all fields count that a possible action fills.
pub(super) fn explore<'p>(machine: &mut Machine<'p>, release: &'p Release) -> Graph {
    let process = machine.process;
    machine.fill(&process.start, release);
    loop {
        let graph = Graph::of(machine);
        let mut news = false;
        for number in graph.done() {
            news |= machine.fill(&process.actions[number - 1], release);
        }
        if !news {
            return graph;
        }
    }
}
